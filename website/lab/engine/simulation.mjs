// The homework's data, as `simulate_dataset` makes them, and every gene's test.

import { RandomState } from "./random.mjs";
import { compare } from "./ttest.mjs";

// What chance contributes. It depends on the seed and the two sizes alone; shift, noise and
// missing fraction are applied later. A gene's values lie side by side.
function draw({ seed, n_samples, n_genes }) {
  const random = new RandomState(seed);
  const baseline = Float64Array.from({ length: n_genes }, () => 1.5 + 0.6 * random.gauss());
  const noise = new Float64Array(n_samples * n_genes);
  const uniforms = new Float64Array(n_samples * n_genes);
  for (let i = 0; i < n_samples; i++) {
    for (let g = 0; g < n_genes; g++) noise[g * n_samples + i] = random.gauss();
  }
  const order = random.permutation(n_genes);
  for (let i = 0; i < n_samples; i++) {
    for (let g = 0; g < n_genes; g++) uniforms[g * n_samples + i] = random.uniform();
  }
  return { baseline, noise, order, uniforms };
}

function takeLogs(drawn, { noise_sd, pseudocount, n_samples, n_genes }) {
  const logs = new Float64Array(n_samples * n_genes);
  for (let g = 0; g < n_genes; g++) {
    for (let k = g * n_samples; k < (g + 1) * n_samples; k++) {
      logs[k] = Math.log2(Math.exp(drawn.baseline[g] + noise_sd * drawn.noise[k]) + pseudocount);
    }
  }
  return logs;
}

// Write one gene's log2 values, samples in order, NaN where missing; return how many are missing.
function fillGene(values, g, shifted, { drawn, logs }, settings) {
  const { n_samples, noise_sd, shift_size, pseudocount, missing_p } = settings;
  const half = Math.floor(n_samples / 2);
  const factor = Math.exp(shift_size);
  let missing = 0;
  for (let i = 0, k = g * n_samples; i < n_samples; i++, k++) {
    if (drawn.uniforms[k] < missing_p) {
      values[i] = NaN;
      missing++;
    } else if (shifted && i >= half) {
      const expression = Math.exp(drawn.baseline[g] + noise_sd * drawn.noise[k]) * factor;
      values[i] = Math.log2(expression + pseudocount);
    } else values[i] = logs[k];
  }
  return missing;
}

function medianControl(values, { n_samples, pseudocount }) {
  const half = values.slice(0, Math.floor(n_samples / 2)).filter((v) => !Number.isNaN(v)).sort();
  const low = half[Math.floor((half.length - 1) / 2)];
  const high = half[Math.floor(half.length / 2)];
  return (2 ** low + 2 ** high) / 2 - pseudocount;
}

// Draw what the settings need, and return the genes that are to be shifted. `cache` keeps what the
// next call may use again.
export function drawnGenes(settings, cache) {
  const { n_samples, n_genes, n_shift, noise_sd, pseudocount } = settings;
  const drawnFor = [settings.seed, n_samples, n_genes].join();
  if (cache.drawnFor !== drawnFor) {
    const drawn = draw(settings);
    Object.assign(cache, { drawnFor, drawn, logsFor: "" });
  }
  const logsFor = [noise_sd, pseudocount].join();
  if (cache.logsFor !== logsFor) {
    const logs = takeLogs(cache.drawn, settings);
    Object.assign(cache, { logsFor, logs });
  }
  return cache.drawn.order.slice(0, n_shift);
}

// One gene's log2 values, samples in order, NaN where missing.
export function geneValues(g, settings, cache = {}) {
  const values = new Float64Array(settings.n_samples);
  fillGene(values, g, drawnGenes(settings, cache).includes(g), cache, settings);
  return values;
}

// Simulate and test every gene.
export function analyze(settings, cache = {}) {
  const { n_samples, n_genes, n_shift } = settings;
  const drawn = drawnGenes(settings, cache);
  const isDrawn = new Uint8Array(n_genes);
  for (const g of drawn) isDrawn[g] = 1;
  const result = { drawnGenes: drawn, control: new Float64Array(n_shift) };
  for (const column of ["delta", "t", "log10p", "missing"]) result[column] = new Float64Array(n_genes);
  const values = new Float64Array(n_samples);
  for (let g = 0; g < n_genes; g++) {
    result.missing[g] = fillGene(values, g, isDrawn[g], cache, settings);
    const tested = compare(values, Math.floor(n_samples / 2), settings.test);
    for (const column of ["delta", "t", "log10p"]) result[column][g] = tested[column];
    if (isDrawn[g] && settings.medians) {
      result.control[drawn.indexOf(g)] = medianControl(values, settings);
    }
  }
  return result;
}
