// For Python in the page, and nothing else: its hashed files are kept across visits, a page that asked
// for it can be opened without a network, and is isolated, so that "Stop" can share memory with
// Python's worker. isolation.mjs registers it for python/ and for each such page; no other page is in
// its scope.
const FOLDER = new URL("python/", location).href;
const HASHED = /\.[0-9a-f]{12}[./]/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET") event.respondWith(answered(request, event));
});

async function answered(request, event) {
  if (HASHED.test(request.url)) return kept(request, event);
  const answer = await fresh(request, event);
  return request.mode === "navigate" || request.destination === "worker" ? isolated(answer) : answer;
}

async function put(cache, request, answer) {
  try {
    await cache.put(request.url, answer);
  } catch {} // no room: it is fetched again
}

async function kept(request, event) {
  const cache = await caches.open(`python ${FOLDER}`);
  const old = await cache.match(request.url);
  if (old) return old;
  const answer = await fetch(request);
  if (answer.ok) event.waitUntil(put(cache, request, answer.clone()));
  return answer;
}

// What has no hash comes from its host; where that is not reached, as it was at the last visit.
async function fresh(request, event) {
  const cache = await caches.open(`pages ${FOLDER}`);
  try {
    const answer = await fetch(request);
    const ours = answer.ok && answer.type === "basic" && !answer.redirected;
    if (ours) event.waitUntil(put(cache, request, answer.clone()));
    return answer;
  } catch {
    return (await cache.match(request.url)) ?? Response.error();
  }
}

function isolated(answer) {
  if (!answer.ok || answer.redirected) return answer; // the browser deals with it as ever
  const headers = new Headers(answer.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
