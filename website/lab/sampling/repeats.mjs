// The experiment without a shift, drawn again and again: how the false positive rate scatters.

import { band, pmf } from "../engine/binomial.mjs";
import { plural } from "../page/sentences.mjs";
import { makeRunner } from "../page/runner.mjs";
import { tr } from "../../words/words.mjs";

const ENOUGH = 20; // data sets before the band is laid behind them
const NEW_DATA = ["n_samples", "n_genes", "noise_sd", "missing_p", "max_missing", "test", "pseudocount"];

// log10 of the p-values of the genes that passed the filter and were tested, smallest first.
export function testedGenes({ log10p, missing }, { n_samples, max_missing }) {
  const tested = log10p.filter((p, g) => p === p && missing[g] / n_samples <= max_missing);
  return tested.sort();
}

// Of the sorted p-values, the fraction below alpha or, with Benjamini and Hochberg, called by them.
export function rateOf(tested, { alpha, adjust }) {
  let called = 0;
  const line = Math.log10(alpha);
  tested.forEach((p, i) => {
    const isCalled = adjust === "bh" ? p <= line + Math.log10((i + 1) / tested.length) : p < line;
    if (isCalled) called = i + 1;
  });
  return called / tested.length;
}

export class Repeats {
  label = tr`Histogram of the false positive rates`;
  unit = tr`data sets`;
  digits = 4;
  uses = [...NEW_DATA, "alpha", "adjust"];
  most = 1000;
  steps = [[tr`Draw one`, 1], ["10", 10], ["100", 100]];
  key = {
    near: tr`a data set inside the band`,
    far: tr`outside`,
    line: tr`alpha`,
    band: tr`two standard deviations to each side`,
    curve: tr`binomial distribution`,
  };

  constructor() {
    this.clear();
  }

  set(settings) {
    const isNew = NEW_DATA.some((name) => settings[name] !== this.settings?.[name]);
    this.settings = settings;
    if (isNew) this.clear();
    else this.decide();
    return isNew;
  }

  clear() {
    this.sets = [];
    this.values = [];
  }

  decide() {
    this.values = this.sets.map((tested) => rateOf(tested, this.settings));
  }

  get count() {
    return this.sets.length;
  }

  // Draw the data set of the next seed: 0, 1, 2, ...
  async next() {
    this.run ??= makeRunner();
    const { sets, settings } = this;
    const result = await this.run({ ...settings, shift_size: 0, medians: false, seed: sets.length });
    if (sets !== this.sets) return; // cleared meanwhile
    sets.push(testedGenes(result, settings));
    this.values.push(rateOf(sets.at(-1), this.settings));
  }

  // How many genes are tested in a data set, about.
  get genes() {
    const sum = this.sets.reduce((total, { length }) => total + length, 0);
    return Math.round(sum / this.count) || this.settings.n_genes;
  }

  picture() {
    const { alpha, adjust } = this.settings;
    const n = this.genes;
    const values = this.values.filter((rate) => rate === rate);
    const { low, high, sd } = band(alpha, n);
    const wide = Math.max(1, Math.round((sd * n) / 4)); // genes per column
    const [step, origin] = [wide / n, -0.5 / n];
    const inColumn = (rate) => Math.floor((rate - origin) / step);
    const first = Math.min(...values.map(inColumn), inColumn(Math.max(0, alpha - 5 * sd)));
    const last = Math.max(...values.map(inColumn), inColumn(alpha + 5 * sd)) + 1;
    const withBand = this.count >= ENOUGH && adjust !== "bh";
    const curve = [];
    for (let at = first; withBand && at < last; at++) {
      let sum = 0;
      for (let k = at * wide; k < (at + 1) * wide; k++) sum += pmf(k, n, alpha);
      curve.push([origin + (at + 0.5) * step, sum / step]);
    }
    return {
      values, step, origin, curve, lines: [alpha], band: withBand ? [low, high] : null,
      isFar: (rate) => withBand && (rate < low || rate > high),
      range: [Math.max(0, origin + first * step), origin + last * step],
      label: tr`false positive rate of a data set`,
    };
  }

  words() {
    const { alpha, adjust } = this.settings;
    const rates = this.values.filter((rate) => rate === rate);
    if (!this.count) return tr`No data set yet. Each one is a new experiment with these settings, but without a shift.`;
    if (!rates.length) return tr`No gene could be tested.`;
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const said = tr`${plural(rates.length, "data set")} without a shift: mean false positive rate ${mean.toFixed(4)}, alpha ${alpha}. The last one: ${rates.at(-1).toFixed(4)}.`;
    if (this.count < ENOUGH || adjust === "bh") return said;
    const { low, high, probability } = band(alpha, this.genes);
    const inside = rates.filter((rate) => rate >= low && rate <= high).length;
    return tr`${said} In the band from ${low.toFixed(4)} to ${high.toFixed(4)}: ${inside}/${rates.length} = ${(inside / rates.length).toFixed(3)} of them; a binomial distribution expects ${probability.toFixed(3)}.`;
  }
}
