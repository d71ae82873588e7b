// The views of single chapters.

import { drawnDeltas } from "../page/sentences.mjs";
import { mark } from "./plot.mjs";
import { largest, View } from "./view.mjs";
import { tr } from "../../words/words.mjs";

// The pseudocount against delta: a line for the formula, a point for each shifted gene.
export class Pseudocount extends View {
  constructor() {
    super(tr`Delta against expression in Control`, ["line", "curve", "tp"], 0.55, true);
  }

  draw(width, { result, settings: { shift_size, pseudocount } }) {
    const nominal = shift_size / Math.LN2;
    const delta = drawnDeltas(result);
    const top = 1.12 * Math.max(nominal, 1, ...delta);
    this.plot.axes(width, { range: [0.5, 50], log: true, label: tr`expression in Control` },
      { range: [Math.min(0, ...delta.map((v) => v - top / 16)), top], label: tr`delta (log2 scale)` });
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
    super(tr`Genes by missingness`, ["kept", "fp", "line"], 0.5);
  }

  draw(width, { result, settings: { n_samples, max_missing } }) {
    const genes = new Array(n_samples + 1).fill(0);
    for (const missing of result.missing) genes[missing]++;
    this.plot.axes(width, { range: [-0.11, 1.11], label: tr`missingness (fraction of samples)` },
      { range: [0, 1.08 * largest(genes, 10)], label: tr`number of genes` });
    this.plot.describe(tr`Genes by missing samples`,
      genes.map((count, k) => count && tr`${count} with ${k}`));
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
