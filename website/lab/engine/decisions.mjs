// Which genes are called significant, and how often that is wrong.

// The classes of genes; "called" is for a reader who may not know the truth yet.
export const CLASSES = ["unshifted", "fp", "missed", "tp", "called"];

export function shownClass(kind, truth) {
  return truth || kind < 1 ? kind : 4 * (kind & 1);
}

// Benjamini and Hochberg's adjusted p-values, in log10; NaN (not tested) is left out.
export function adjust(log10p) {
  const tested = [...log10p.keys()].filter((g) => !Number.isNaN(log10p[g]));
  tested.sort((g, h) => log10p[h] - log10p[g]); // largest first
  const adjusted = new Float64Array(log10p.length).fill(NaN);
  let smallest = 0;
  tested.forEach((g, i) => {
    const rank = tested.length - i;
    smallest = Math.min(smallest, log10p[g] + Math.log10(tested.length / rank));
    adjusted[g] = smallest;
  });
  return adjusted;
}

// A plain p-value calls a gene when it is below alpha, an adjusted one when it is at most alpha: so
// says the homework of the one, and so Benjamini and Hochberg of the other.
export function isCalled(log10p, { alpha, adjust }) {
  return adjust === "bh" ? log10p <= Math.log10(alpha) : log10p < Math.log10(alpha);
}

// Decide each gene and count, as `filter_genes` and `error_rates` do. `kind[g]` is an index into
// CLASSES, or -1 for a gene that the filter dropped. With a shift of 0 no gene is shifted. Of the
// misses `blind` could not be tested.
export function decide(result, settings) {
  const { shift_size, n_samples, max_missing } = settings;
  const kept = result.missing.map((count) => count / n_samples <= max_missing);
  const shifted = new Uint8Array(kept.length);
  if (shift_size !== 0) for (const g of result.drawnGenes) shifted[g] = 1;
  const raw = result.log10p.map((value, g) => (kept[g] ? value : NaN));
  const judged = settings.adjust === "bh" ? adjust(raw) : raw;
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0, untested: 0, blind: 0, dropped: 0 };
  const kind = new Int8Array(kept.length);
  for (let g = 0; g < kind.length; g++) {
    const called = isCalled(judged[g], settings);
    kind[g] = kept[g] ? 2 * shifted[g] + called : -1;
    const untested = Number.isNaN(raw[g]);
    if (!kept[g]) counts.dropped++;
    else if (shifted[g]) {
      counts[called ? "tp" : "fn"]++;
      counts.blind += untested;
    } else counts[called ? "fp" : untested ? "untested" : "tn"]++;
  }
  return { kind, raw, judged, counts };
}
