// What an experiment shows. A view has `parts`, its elements, and `draw`, which takes the width in
// pixels and what there is to show: { result, decided, settings, truth }.

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
