// One gene's values, and the test behind its p-value.

import { analyze, geneValues } from "./simulation.mjs";
import { compare, log10p } from "./ttest.mjs";

const LEVEL = 0.95;

// The t that is exceeded, to both sides, with probability 1 - LEVEL: by halving.
export function criticalT(dof) {
  let [low, high] = [0, 1];
  const isBelow = (t) => log10p(t, dof) > Math.log10(1 - LEVEL);
  while (isBelow(high)) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return high;
}

// The gene's log2 values, samples in order, its test, and the interval for delta.
export function inspect(g, settings, cache) {
  const values = geneValues(g, settings, cache);
  const tested = compare(values, Math.floor(values.length / 2), settings.test);
  const reach = tested.error ? criticalT(tested.dof) * tested.error : NaN;
  return { g, values, ...tested, low: tested.delta - reach, high: tested.delta + reach };
}

// A result, and the one gene that is picked, if any.
export function answer({ picked, ...settings }, cache) {
  const result = analyze(settings, cache);
  return picked >= 0 ? { ...result, picked: inspect(picked, settings, cache) } : result;
}
