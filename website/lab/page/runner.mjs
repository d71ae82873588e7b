// Compute away from the page: in a worker made from the script's own text or, where there is none,
// on the page.

import { answer } from "../engine/gene.mjs";

// In the worker: answer each message, the settings, with a result.
export function computeHere() {
  const cache = {};
  globalThis.onmessage = ({ data }) => postMessage(answer(data, cache));
}

function startWorker() {
  const text = new Blob([`(${lab})()`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(text));
}

// Return `run(settings)`, which promises a result. Calls must not overlap.
export function makeRunner() {
  const cache = {};
  const here = async (settings) => answer(settings, cache);
  let worker = null;
  try {
    worker = startWorker();
  } catch {
    // a browser that refuses workers
  }
  return (settings) => {
    if (!worker) return here(settings);
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => {
        worker = null;
        resolve(here(settings));
      };
      worker.postMessage(settings);
    });
  };
}
