// The service worker: register it, for Python's folder and for this page alone; what it keeps.

const scopes = (root) => [new URL("python/", root).href, location.href.replace(/[?#].*$/, "")];

function active(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  return new Promise((done) => {
    const look = () => ["activated", "redundant"].includes(worker.state) && done();
    worker.addEventListener("statechange", look);
    look();
  });
}

// True from the page's next load on; where the browser refuses, "Stop" starts Python anew.
export async function isolate(root) {
  const script = new URL("service-worker.js", root);
  try {
    for (const scope of scopes(root)) {
      if (scope.endsWith("/") && !scope.endsWith("/python/")) continue; // a whole folder
      await active(await navigator.serviceWorker.register(script, { scope }));
    }
    return true;
  } catch {
    return false;
  }
}

// Say whether all that Python and these bundles need was kept at an earlier visit.
export async function isKept(root, bundles) {
  const folder = new URL("python/", root).href;
  try {
    if (!(await caches.has(`python ${folder}`))) return false;
    const manifest = await (await fetch(`${folder}python.json`, { cache: "no-cache" })).json();
    const { core, stdlib, bundles: packs } = manifest;
    const needed = [stdlib, ...["own", ...bundles].map((name) => packs[name])];
    const names = [`${core.folder}pyodide.asm.wasm`, ...needed.map(({ file }) => file)];
    const kept = (await (await caches.open(`python ${folder}`)).keys()).map(({ url }) => url);
    return names.every((name) => kept.includes(new URL(`files/${name}`, folder).href));
  } catch {
    return false; // storage is blocked, or there is no network
  }
}

// The service worker came after this page and its files: keep them as well, for a visit without a
// network.
export async function keepPage(root) {
  const { origin, href } = location;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = files.filter((name) => name.startsWith(`${origin}/`) && !name.includes("/python/files/"));
  try {
    const cache = await caches.open(`pages ${new URL("python/", root).href}`);
    const urls = new Set([href.replace(/#.*/, ""), ...own]);
    await Promise.allSettled([...urls].map((url) => cache.add(url)));
  } catch {} // it is a gain, not a need
}
