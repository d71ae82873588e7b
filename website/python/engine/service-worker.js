// Two things for Python in the page, and nothing else: its hashed files are kept across visits, and
// a page that asked for it is isolated, so that "Stop" can share memory with Python's worker.
// isolation.mjs registers it for python/ and for each such page; no other page is in its scope.
const FOLDER = new URL("python/", location).href;
const HASHED = /\.[0-9a-f]{12}[./]/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const page = request.mode === "navigate" || request.destination === "worker";
  if (request.method !== "GET") return;
  if (page) event.respondWith(isolated(request));
  else if (HASHED.test(request.url)) event.respondWith(kept(request, event));
});

async function kept(request, event) {
  const cache = await caches.open(`python ${FOLDER}`);
  const old = await cache.match(request.url);
  if (old) return old;
  const answer = await fetch(request);
  if (answer.ok) event.waitUntil(cache.put(request.url, answer.clone()).catch(() => {}));
  return answer;
}

async function isolated(request) {
  const answer = await fetch(request);
  if (!answer.ok || answer.redirected) return answer; // the browser deals with it as ever
  const headers = new Headers(answer.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
