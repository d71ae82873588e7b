// What an experiment shows. A view has `parts`, its elements, and `draw`, which takes the width in
// pixels and what there is to show: { result, decided, settings, truth, rates }.

import { band, pmf } from "../engine/binomial.mjs";
import { CLASSES, isCalled, shownClass } from "../engine/decisions.mjs";
import { html } from "../page/elements.mjs";
import { drawnDeltas } from "../page/sentences.mjs";
import { GeneReader } from "./gene_reader.mjs";
import { makeLegend, wordsOf } from "./legend.mjs";
import { mark, Plot } from "./plot.mjs";

const BINS = 20;

function largest(numbers, least) {
  let found = least;
  for (const value of numbers) if (value > found && value < Infinity) found = value;
  return found;
}

// The p-value below which genes are called: alpha, or the largest p-value that
// Benjamini and Hochberg's procedure calls (none: no line).
function lineAt({ raw, judged }, settings) {
  if (settings.adjust !== "bh") return Math.log10(settings.alpha);
  let line = -Infinity;
  raw.forEach((value, g) => { if (isCalled(judged[g], settings) && value > line) line = value; });
  return line;
}

class View {
  constructor(label, layers, share, dots) {
    this.plot = new Plot(label, layers, share, dots);
    this.parts = [this.plot.root];
  }
}

export class Volcano extends View {
  constructor() {
    super("Gene, in order of p-value", ["zero", ...CLASSES, "line"], 0.58, true);
    this.reader = new GeneReader(this.plot);
    this.legend = makeLegend(true);
    this.parts = [html("div", { class: "lab-frame" }, this.plot.root, this.reader.tip), this.legend.box];
  }

  draw(width, { result, decided, settings, truth }) {
    const { kind, raw } = decided;
    const inView = (g) => kind[g] >= 0 && Number.isFinite(raw[g]) && (!settings.zoom || kind[g] < 2);
    const genes = [...kind.keys()].filter(inView);
    const across = 1.08 * largest(genes.map((g) => Math.abs(result.delta[g])), 0.1);
    const up = 1.06 * largest(genes.map((g) => -raw[g]), -Math.log10(settings.alpha));
    this.plot.axes(width,
      { range: [-across, across], label: "log2 fold change (Treatment − Control)" },
      { range: [-0.02 * up, up], label: "−log10(p-value)" });
    const paths = CLASSES.map(() => "");
    const places = new Map();
    for (const g of genes) {
      const place = [this.plot.x(result.delta[g]), this.plot.y(-raw[g])];
      const shown = shownClass(kind[g], truth);
      paths[shown] += mark(CLASSES[shown], ...place);
      places.set(g, place);
    }
    CLASSES.forEach((name, i) => this.plot.set(name, paths[i]));
    this.plot.set("zero", this.plot.upright(0));
    const line = lineAt(decided, settings);
    this.plot.set("line", line > -Infinity ? this.plot.level(-line) : "");
    this.legend.show(truth, settings.shift_size);
    this.reader.update(result, raw, places, (g) => wordsOf(kind[g], truth));
  }
}

export class PValues extends View {
  constructor() {
    super("Histogram of the p-values", [...CLASSES, "line"], 0.42);
    this.legend = makeLegend(false);
    this.parts.push(this.legend.box);
  }

  draw(width, { decided, settings, truth }) {
    const bins = CLASSES.map(() => new Array(BINS).fill(0));
    decided.raw.forEach((value, g) => {
      const bin = Math.min(BINS - 1, Math.floor(10 ** value * BINS));
      if (bin >= 0) bins[shownClass(decided.kind[g], truth)][bin]++;
    });
    const heights = bins[0].map((_, b) => bins.reduce((sum, each) => sum + each[b], 0));
    this.plot.describe("Genes in equal steps from 0 to 1", heights.map(String));
    const { fp, tn, tp, fn } = decided.counts;
    const even = (truth ? fp + tn : fp + tn + tp + fn) / BINS;
    this.plot.axes(width, { range: [0, 1], label: "p-value" },
      { range: [0, 1.08 * largest(heights, Math.max(even, 1))], label: "number of genes" });
    const base = new Array(BINS).fill(0);
    for (const i of [3, 4, 2, 1, 0]) {
      let path = "";
      bins[i].forEach((count, b) => {
        if (count) path += this.plot.bar(b / BINS, (b + 1) / BINS, base[b], base[b] + count);
        base[b] += count;
      });
      this.plot.set(CLASSES[i], path);
    }
    this.plot.set("line", this.plot.level(even));
    this.legend.show(truth, settings.shift_size);
  }
}

// The false positive rates of many data sets, with the binomial distribution behind them.
export class Rates extends View {
  constructor() {
    super("Histogram of the false positive rates", ["band", "count", "curve", "line"], 0.5);
  }

  draw(width, { rates, settings: { alpha, n_genes } }) {
    const { low, high, sd } = band(alpha, n_genes);
    const wide = Math.max(1, Math.round((sd * n_genes) / 3)); // genes a bar
    const places = rates.map((rate) => Math.floor(Math.round(rate * n_genes) / wide));
    const first = Math.min(...places, Math.max(0, Math.floor((alpha - 5 * sd) * n_genes / wide)));
    const last = Math.max(...places, Math.ceil(((alpha + 5 * sd) * n_genes) / wide));
    const bars = new Array(last - first + 1).fill(0);
    for (const place of places) bars[place - first]++;
    const expected = bars.map((_, i) => {
      let sum = 0;
      for (let k = 0; k < wide; k++) sum += pmf((first + i) * wide + k, n_genes, alpha);
      return sum * rates.length;
    });
    const edge = (i) => ((first + i) * wide - 0.5) / n_genes;
    this.plot.axes(width,
      { range: [Math.max(0, edge(0)), edge(bars.length)], label: "false positive rate of a data set" },
      { range: [0, 1.1 * largest([...bars, ...expected], 4)], label: "data sets" });
    this.plot.describe("Data sets",
      bars.map((n, i) => n && `${n} from ${edge(i).toFixed(4)} to ${edge(i + 1).toFixed(4)}`));
    const [top, x] = [this.plot.top, this.plot.x];
    this.plot.set("band", `M${x(low)} ${top}H${x(high)}V${this.plot.bottom}H${x(low)}z`);
    this.plot.set("count", bars.map((n, i) => (n ? this.plot.bar(edge(i), edge(i + 1), 0, n) : "")).join(""));
    const curve = expected.map((n, i) => `${i ? "L" : "M"}${x(edge(i + 0.5))} ${this.plot.y(n)}`);
    this.plot.set("curve", curve.join(""));
    this.plot.set("line", this.plot.upright(alpha));
  }
}

// The pseudocount against delta: a line for the formula, a point for each shifted gene.
export class Pseudocount extends View {
  constructor() {
    super("Delta against expression in Control", ["line", "curve", "tp"], 0.55, true);
  }

  draw(width, { result, settings: { shift_size, pseudocount } }) {
    const nominal = shift_size / Math.LN2;
    const delta = drawnDeltas(result);
    const top = 1.12 * Math.max(nominal, 1, ...delta);
    this.plot.axes(width, { range: [0.5, 50], log: true, label: "expression in Control" },
      { range: [Math.min(0, ...delta.map((v) => v - top / 16)), top], label: "delta (log2 scale)" });
    const measured = (x) => Math.log2((Math.exp(shift_size) * x + pseudocount) / (x + pseudocount));
    const points = [];
    for (let i = 0; i <= 60; i++) points.push(0.5 * 100 ** (i / 60));
    const curve = points.map((x) => `${this.plot.x(x)} ${this.plot.y(measured(x))}`);
    this.plot.set("curve", `M${curve.join("L")}`);
    this.plot.set("line", this.plot.level(nominal));
    let path = "";
    result.drawnGenes.forEach((g, i) => {
      const control = result.control[i];
      if (control >= 0.5 && control <= 50) path += mark("tp", this.plot.x(control), this.plot.y(result.delta[g]));
    });
    this.plot.set("tp", path);
  }
}

// How many genes are missing in how many samples, and which of them the filter keeps.
export class Missingness extends View {
  constructor() {
    super("Genes by missingness", ["kept", "fp", "line"], 0.5);
  }

  draw(width, { result, settings: { n_samples, max_missing } }) {
    const genes = new Array(n_samples + 1).fill(0);
    for (const missing of result.missing) genes[missing]++;
    this.plot.axes(width, { range: [-0.11, 1.11], label: "missingness (fraction of samples)" },
      { range: [0, 1.08 * largest(genes, 10)], label: "number of genes" });
    this.plot.describe("Genes by missing samples",
      genes.map((count, k) => count && `${count} with ${k}`));
    const paths = { kept: "", fp: "" };
    genes.forEach((count, k) => {
      const [from, to] = [(k - 0.4) / n_samples, (k + 0.4) / n_samples];
      const side = k / n_samples <= max_missing ? "kept" : "fp";
      if (count) paths[side] += this.plot.bar(from, to, 0, count);
    });
    this.plot.set("kept", paths.kept);
    this.plot.set("fp", paths.fp);
    this.plot.set("line", this.plot.upright(max_missing));
  }
}
