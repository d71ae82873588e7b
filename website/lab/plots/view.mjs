// What all views share. A view has `parts`, its elements, and `draw`, which takes the width in
// pixels and what there is to show: { result, decided, settings, truth, motion, lit, pointed }.

import { isCalled } from "../engine/decisions.mjs";
import { html } from "../page/elements.mjs";
import { Plot } from "./plot.mjs";

export class View {
  constructor(label, layers, share, dots) {
    this.plot = new Plot(label, layers, share, dots);
    this.frame = html("div", { class: "lab-frame" }, this.plot.root);
    this.parts = [this.frame];
  }
}

export function largest(numbers, least) {
  let found = least;
  for (const value of numbers) if (value > found && value < Infinity) found = value;
  return found;
}

// The p-value below which genes are called, in log10: alpha, or the largest p-value that
// Benjamini and Hochberg's procedure calls (none: no line).
export function lineAt({ raw, judged }, settings) {
  if (settings.adjust !== "bh") return Math.log10(settings.alpha);
  let line = -Infinity;
  raw.forEach((value, g) => { if (isCalled(judged[g], settings) && value > line) line = value; });
  return line;
}

// The alpha, in log10, that calls all genes up to a p-value.
export function alphaFor(log10p, { raw, judged }, { adjust }) {
  if (adjust !== "bh") return log10p;
  let alpha = -Infinity;
  raw.forEach((value, g) => { if (value <= log10p && judged[g] > alpha) alpha = judged[g]; });
  return alpha;
}

// Whether a brush, { delta: [low, high], p: [low, high] } with p in log10, holds a gene.
export function holds(brush, delta, log10p) {
  const [left, right] = brush.delta;
  const [low, high] = brush.p;
  return delta >= left && delta <= right && log10p >= low && log10p < high;
}
