// Compute away from the page: in a worker made from the engine's own text or, where there is none,
// on the page, a few milliseconds at a time.

import { analyze } from "../engine/simulation.mjs";

const SLICE = 6; // milliseconds

async function inSlices(steps) {
  for (;;) {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await new Promise((resume) => setTimeout(resume));
  }
}

function startWorker(engineText) {
  const text = `const { analyze, finish } = (${engineText})(), cache = {};
onmessage = ({ data }) => postMessage(finish(analyze(data, cache)));`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(address);
}

// Return `run(settings)`, which promises a result. Calls must not overlap.
export function makeRunner(engineText) {
  const cache = {};
  const here = (settings) => inSlices(analyze(settings, cache));
  let worker = null;
  try {
    if (engineText) worker = startWorker(engineText);
  } catch {
    worker = null; // a browser that refuses workers
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
