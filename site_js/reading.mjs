// Sentences that read a result. FPR is over the unshifted genes, FNR over the shifted ones, the
// false discovery proportion over the calls.

import { band } from "./binomial.mjs";

function some(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

function part(count, of) {
  return `${count}/${of} = ${(count / of).toFixed(3)}`;
}

export function readCalls({ counts }, settings) {
  const { tp, fp, tn, fn, untested, dropped } = counts;
  const { alpha, adjust } = settings;
  const [calls, unshifted, shifted] = [tp + fp, fp + tn, tp + fn];
  const bh = adjust === "bh";
  const measure = bh ? "Benjamini–Hochberg adjusted p-value" : "p-value";
  const said = [`${some(calls, "gene is", "genes are")} called significant (${measure} below ${alpha}).`];
  if (!shifted) {
    said.push(`No gene is shifted${calls ? ", so every call is false" : ""}.`);
  }
  if (unshifted) {
    said.push(`False positives: ${fp} of ${some(unshifted, "unshifted gene")}, `
      + `a false positive rate of ${part(fp, unshifted)}.`);
    if (!bh) said.push(`On average alpha × ${unshifted} = ${Number((alpha * unshifted).toFixed(1))} are expected.`);
  }
  if (shifted) {
    said.push(`Missed: ${fn} of ${some(shifted, "shifted gene")}, `
      + `a false negative rate of ${part(fn, shifted)}.`);
  }
  said.push(calls ? `False discovery proportion: ${part(fp, calls)} of the calls.`
    : "Without a call there is no false discovery proportion.");
  if (bh) {
    said.push("Benjamini–Hochberg bounds its mean over many data sets of independent genes, the "
      + `false discovery rate, by ${alpha}; one data set may exceed it.`);
  }
  if (untested) said.push(`${some(untested, "unshifted gene")} could not be tested and cannot be called.`);
  if (dropped) said.push(`The filter dropped ${some(dropped, "gene")}.`);
  return said.join(" ");
}

export function readBriefly({ counts: { tp, fp, tn, fn } }) {
  const found = tp + fn ? `${tp} of ${some(tp + fn, "shifted gene")} found; ` : "No gene is shifted; ";
  return `${found}${fp} of ${some(fp + tn, "unshifted gene")} called significant.`;
}

export function readGuess(guess, { counts: { fp, tn } }) {
  if (guess === null) return `There are ${fp} false positives among ${fp + tn} unshifted genes.`;
  const verdict = guess === fp ? "Exactly right" : `You guessed ${guess}`;
  return `${verdict}: there are ${fp} false positives among ${fp + tn} unshifted genes.`;
}

export function readRates(rates, { alpha, n_genes }) {
  const { low, high, probability } = band(alpha, n_genes);
  if (!rates.length) return "No data set yet.";
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const inside = rates.filter((rate) => rate >= low && rate <= high).length;
  return `${some(rates.length, "data set")}: mean false positive rate ${mean.toFixed(4)}, alpha ${alpha}. `
    + `In the band from ${low.toFixed(3)} to ${high.toFixed(3)}: ${part(inside, rates.length)} of them; `
    + `a binomial distribution expects ${probability.toFixed(3)}.`;
}

export function readPseudocount(result, { shift_size, pseudocount }) {
  const nominal = (shift_size / Math.LN2).toFixed(2);
  const delta = [...result.drawnGenes].map((g) => result.delta[g]).filter(Number.isFinite);
  if (!delta.length) return "No gene to measure.";
  const [low, high] = [Math.min(...delta), Math.max(...delta)].map((v) => v.toFixed(2));
  return `With a pseudocount of ${pseudocount} the measured delta of the ${some(delta.length, "shifted gene")} `
    + `lies between ${low} and ${high}. The nominal log2 fold change is ${shift_size} / ln 2 = ${nominal}.`
      .replaceAll("-", "−");
}

export function readFilter(result, { n_samples, max_missing }) {
  const kept = result.missing.filter((missing) => missing / n_samples <= max_missing).length;
  const edge = result.missing.filter((missing) => missing / n_samples === max_missing).length;
  const total = result.missing.length;
  const ties = edge ? ` ${some(edge, "of those kept is", "of those kept are")} exactly at the threshold.` : "";
  return `The filter keeps ${kept} of ${some(total, "gene")} and drops ${total - kept}.${ties}`;
}
