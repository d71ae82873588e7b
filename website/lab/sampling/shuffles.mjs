// The labels Control and Treatment of one gene, dealt out again and again: what chance alone does
// to the difference of the two means.

import { RandomState } from "../engine/random.mjs";
import { drawnGenes, geneValues } from "../engine/simulation.mjs";
import { density, log10p } from "../engine/ttest.mjs";
import { plural } from "../page/sentences.mjs";
import { formatP, geneName } from "../plots/gene_reader.mjs";
import { tr } from "../../words/words.mjs";

const SEED = 1; // the chapter's: its thousand shuffles are the first thousand here
const COLUMNS = 45;
const MANY = 1000;

function shown(value) {
  return value.toFixed(3).replace("-", "−");
}

// The chapter's two genes: the first of those drawn to be shifted, and the first of the others.
function chosenGene({ gene }, drawn) {
  if (gene === "shifted") return drawn[0];
  let g = 0;
  while (drawn.includes(g)) g++;
  return g;
}

export class Shuffles {
  label = tr`Histogram of the differences after shuffling`;
  unit = tr`shuffles`;
  digits = 3;
  uses = ["gene"];
  most = 10_000;
  steps = [[tr`1 shuffle`, 1], ["10", 10], ["1000", 1000]];
  extra = tr`Student’s curve`; // a button for what is laid over the pile
  key = {
    near: tr`nearer to zero than the gene’s own difference`,
    far: tr`at least as far from zero`,
    line: tr`the gene’s own difference and its mirror image`,
  };

  // Return whether the pile has to start anew.
  set(settings) {
    if (settings.gene === this.settings?.gene) return false;
    this.settings = settings;
    const cache = {};
    this.g = chosenGene(settings, drawnGenes(settings, cache));
    this.take(geneValues(this.g, settings, cache));
    return true;
  }

  // Values of one gene, samples in order, the second half treated, NaN where missing.
  take(values) {
    const half = Math.floor(values.length / 2);
    const there = [...values.keys()].filter((i) => !Number.isNaN(values[i]));
    this.gene = there.map((i) => values[i]);
    this.treated = there.map((i) => i >= half);
    const n = there.length;
    const m = this.treated.filter(Boolean).length;
    const mean = this.gene.reduce((sum, value) => sum + value, 0) / n;
    const squares = this.gene.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const weight = 1 / m + 1 / (n - m);
    // `sd` is that of the difference over all ways to deal out the labels.
    Object.assign(this, { m, mean, dof: n - 2, bound: squares * weight, sd: Math.sqrt((squares * weight) / (n - 1)) });
    this.delta = this.difference(this.treated);
    this.clear();
  }

  clear() {
    this.random = new RandomState(SEED);
    this.values = [];
  }

  get count() {
    return this.values.length;
  }

  // The mean of the values with the label Treatment minus that of the others.
  difference(treated) {
    let sum = 0;
    this.gene.forEach((value, i) => { if (treated[i]) sum += value - this.mean; });
    return sum * (1 / this.m + 1 / (this.gene.length - this.m));
  }

  async next() {
    const order = this.random.permutation(this.gene.length);
    this.values.push(this.difference(Array.from(order, (i) => this.treated[i])));
  }

  isFar(value) {
    return Math.abs(value) >= Math.abs(this.delta) * (1 - 1e-12);
  }

  // Student's t of a difference: for given values the one follows from the other, since the
  // squares within the groups are those of all values less what the difference takes.
  t(difference) {
    return (difference * Math.sqrt(this.dof)) / Math.sqrt(this.bound - difference ** 2);
  }

  // The density of the t distribution, put on the axis of differences.
  density(difference) {
    const left = this.bound - difference ** 2;
    if (left <= 0) return 0;
    return (density(this.t(difference), this.dof) * this.bound * Math.sqrt(this.dof)) / left ** 1.5;
  }

  picture(withCurve) {
    const size = Math.abs(this.delta);
    const reach = Math.max(4.2 * this.sd, 1.1 * size);
    const wide = (2 * reach) / COLUMNS;
    // The gene's own difference is the edge of a column, unless it is very small.
    const step = size > wide / 2 ? size / Math.round(size / wide) : wide;
    const at = (i) => (i / 100 - 1) * reach;
    const curve = withCurve ? Array.from({ length: 201 }, (_, i) => [at(i), this.density(at(i))]) : [];
    return {
      values: this.values, step, origin: 0, isFar: (value) => this.isFar(value), curve,
      range: [-reach, reach], lines: [-this.delta, this.delta],
      label: tr`difference of means (log2), Treatment − Control`,
    };
  }

  words(withCurve) {
    const { count } = this;
    const own = tr`${geneName(this.g)}’s own difference is ${shown(this.delta)}.`;
    if (!count) return tr`${own} No shuffle yet.`;
    const far = this.values.filter((value) => this.isFar(value)).length;
    const last = count < 30 ? tr` The last shuffle gave ${shown(this.values.at(-1))}.` : "";
    const share = tr`${own}${last} ${plural(count, "shuffle")}, ${far || tr`none`} of them at least as far from zero, to either side: a share of ${far}/${count} = ${(far / count).toFixed(3)}.`;
    const p = count < MANY ? "" : far ? tr` This share is called the p-value.`
        : tr` The p-value is about one in ${count}, or less.`;
    const curve = withCurve ? tr` Student’s curve with ${this.dof} degrees of freedom says ${formatP(log10p(this.t(this.delta), this.dof))}.` : "";
    return share + p + curve;
  }
}
