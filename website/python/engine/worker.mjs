// The page's Python, in a worker. It handles one message at a time, in order:
//   load {bundles, interrupt}           once; answers progress {done, total} and ready {}
//   run {number, source}                answers output {output}, then done {ok, error}
//   complete {source, position}         answers names {from, names}
// `fetching {bundle}` says that a cell waits for a bundle that `load` did not name; `broken {text}`
// that this worker is of no more use. Outputs are in the notebook's form (runner.py). To stop a
// cell, the page writes 2 into `interrupt`, a Uint8Array over shared memory, and 0 after it;
// or it ends the worker.
import { startPython } from "./engine.mjs";

let engine;
let queue = Promise.resolve();

async function fetched(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer;
}

function fetchedNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${url} answers ${request.status}`);
  return new Uint8Array(request.response);
}

// Kept files that this build no longer has would only take room.
async function forgetOld(manifest) {
  const now = JSON.stringify(manifest);
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    if (name !== `python ${new URL("./", import.meta.url)}`) continue;
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const [hash] = /[0-9a-f]{12}/.exec(url.slice(url.lastIndexOf("files/"))) ?? [];
      if (!now.includes(hash)) await cache.delete(url);
    }
  }
}

const answers = {
  async load(message) {
    const list = new URL("python.json", import.meta.url);
    const manifest = await (await fetched(list, { cache: "no-cache" })).json(); // not an older build's
    const files = new URL("files/", import.meta.url).href;
    engine = await startPython({
      manifest, files, bundles: message.bundles, interrupt: message.interrupt,
      open: async (name) => (await fetched(files + name)).body,
      openNow(name, bundle) {
        postMessage({ type: "fetching", bundle });
        return fetchedNow(files + name);
      },
      progress: (done, total) => postMessage({ type: "progress", done, total }),
    });
    postMessage({ type: "ready" });
    forgetOld(manifest).catch(() => {});
  },
  run({ number, source }) {
    let error;
    try {
      error = engine.run(source, number, (output) => postMessage({ type: "output", output }));
    } catch (problem) {
      if (problem.type !== "KeyboardInterrupt") throw problem;
      error = { ename: problem.type, evalue: "" }; // it came as the cell ended
    }
    postMessage({ type: "done", ok: !error, error });
  },
  complete: ({ source, position }) =>
    postMessage({ type: "names", ...engine.complete(source, position) }),
};

addEventListener("message", ({ data }) => {
  queue = queue
    .then(() => answers[data.type](data))
    .catch((problem) => postMessage({ type: "broken", text: String(problem) }));
});
