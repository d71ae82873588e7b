// Sentences that read a result. FPR is over the unshifted genes, FNR over the shifted ones, the
// false discovery proportion over the calls.

import { tr } from "../../words/words.mjs";

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

function part(count, of) {
  return `${count}/${of} = ${(count / of).toFixed(3)}`;
}

// Two decimals, without a minus before zero.
export function fixed(value) {
  return (Number(value.toFixed(2)) + 0).toFixed(2);
}

// The measured deltas of the genes that were drawn to be shifted.
export function drawnDeltas({ drawnGenes, delta }) {
  return [...drawnGenes].map((g) => delta[g]).filter(Number.isFinite);
}

export function readCalls({ counts }, settings) {
  const { tp, fp, tn, fn, untested, blind, dropped } = counts;
  const { alpha, adjust, shift_size, n_shift } = settings;
  const [calls, unshifted, shifted] = [tp + fp, fp + tn, tp + fn];
  const bh = adjust === "bh";
  const rule = bh ? tr`Benjamini–Hochberg adjusted p-value at most` : tr`p-value below`;
  const said = [tr`${plural(calls, "gene is", "genes are")} called significant (${rule} ${alpha}).`];
  if (!shifted) {
    said.push(tr`${shift_size && n_shift ? tr`The filter left no shifted gene` : tr`No gene is shifted`}: there is no false negative rate${calls ? tr`, and every call is false` : ""}.`);
  }
  if (unshifted) {
    said.push(tr`False positives: ${fp} of ${plural(unshifted, "unshifted gene")}, a false positive rate of ${part(fp, unshifted)}.`);
    const even = `alpha × ${unshifted} = ${Number((alpha * unshifted).toFixed(4))}`;
    if (!bh) said.push(tr`If their p-values were exactly uniform, ${even} would be expected on average.`);
  } else said.push(tr`No unshifted gene was tested: there is no false positive rate.`);
  if (shifted) {
    const unread = blind ? tr` (${blind} could not be tested)` : "";
    said.push(tr`Missed: ${fn} of ${plural(shifted, "shifted gene")}${unread}, a false negative rate of ${part(fn, shifted)}.`);
  }
  said.push(calls ? tr`False discovery proportion: ${part(fp, calls)} of the calls.`
    : tr`Without a call there is no false discovery proportion.`);
  if (bh) {
    said.push(tr`Benjamini–Hochberg bounds its mean over many data sets of independent genes with exact p-values, the false discovery rate, by ${alpha}; one data set may exceed it.`);
  }
  if (untested) said.push(tr`${plural(untested, "unshifted gene")} could not be tested and cannot be called.`);
  if (dropped) said.push(tr`The filter dropped ${plural(dropped, "gene")}.`);
  return said.join(" ");
}

export function readBriefly({ counts: { tp, fp, tn, fn } }) {
  const found = tp + fn ? tr`${tp} of ${plural(tp + fn, "shifted gene")} found; ` : tr`No gene is shifted; `;
  return tr`${found}${fp} of ${plural(fp + tn, "unshifted gene")} called significant.`;
}

export function readPseudocount(result, { shift_size, pseudocount }) {
  const nominal = (shift_size / Math.LN2).toFixed(2);
  const delta = drawnDeltas(result);
  if (!delta.length) return tr`No gene to measure.`;
  const [low, high] = [Math.min(...delta), Math.max(...delta)].map((v) => fixed(v).replace("-", "−"));
  const genes = shift_size ? plural(delta.length, "shifted gene")
    : tr`${plural(delta.length, "drawn gene")} (no gene is shifted)`;
  return tr`With a pseudocount of ${pseudocount} the measured delta of the ${genes} lies between ${low} and ${high}. The nominal log2 fold change is ${shift_size} / ln 2 = ${nominal}.`;
}

export function readFilter(result, { n_samples, max_missing }) {
  const kept = result.missing.filter((missing) => missing / n_samples <= max_missing).length;
  const edge = result.missing.filter((missing) => missing / n_samples === max_missing).length;
  const total = result.missing.length;
  const ties = edge ? tr` ${plural(edge, "of those kept is", "of those kept are")} exactly at the threshold.` : "";
  return tr`The filter keeps ${kept} of ${plural(total, "gene")} and drops ${total - kept}.${ties}`;
}
