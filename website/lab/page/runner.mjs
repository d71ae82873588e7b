// Compute away from the page: in a worker made from the engine's own text or, where there is none,
// on the page.

import { analyze } from "../engine/simulation.mjs";

function startWorker(engineText) {
  const text = `const { analyze } = (${engineText})(), cache = {};
onmessage = ({ data }) => postMessage(analyze(data, cache));`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(address);
}

// Return `run(settings)`, which promises a result. Calls must not overlap.
export function makeRunner(engineText) {
  const cache = {};
  const here = async (settings) => {
    await new Promise((resume) => setTimeout(resume)); // lets the page move between data sets
    return analyze(settings, cache);
  };
  let worker = null;
  try {
    if (engineText) worker = startWorker(engineText);
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
