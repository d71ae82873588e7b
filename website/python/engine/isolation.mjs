// Register the service worker, for Python's folder and for this page alone; or take it away.

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

export async function forget(root) {
  const mine = new URL("service-worker.js", root).href;
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? [])
    if (each.active?.scriptURL === mine) await each.unregister();
  await globalThis.caches?.delete(`python ${new URL("python/", root).href}`);
}
