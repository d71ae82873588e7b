// The histogram of the p-values: a hand drags the threshold, and lights the genes of a bar.

import { CLASSES, shownClass } from "../engine/decisions.mjs";
import { fill, html } from "../page/elements.mjs";
import { plural } from "../page/sentences.mjs";
import { SETTINGS } from "../page/settings.mjs";
import { STEPS } from "./gene_reader.mjs";
import { follow, Grip, placeIn, tidyAlpha } from "./hand.mjs";
import { makeLegend, wordsOf } from "./legend.mjs";
import { alphaFor, holds, largest, lineAt, View } from "./view.mjs";
import { tr } from "../../words/words.mjs";

const BINS = 20;

function binOf(log10p) {
  return Math.min(BINS - 1, Math.floor(10 ** log10p * BINS));
}

// The genes of a bar, as a brush.
function brushOf(bin) {
  const high = bin === BINS - 1 ? Infinity : Math.log10((bin + 1) / BINS);
  return { delta: [-Infinity, Infinity], p: [Math.log10(bin / BINS), high] };
}

export class PValues extends View {
  constructor(lab) {
    super(tr`Histogram of the p-values`, [...CLASSES, "lights", "spot", "line", "cut"], 0.42);
    Object.assign(this, { lab, bin: -1, kept: false });
    this.legend = makeLegend(false);
    this.bars = html("div", { class: "lab-bars", role: "slider", tabindex: 0, "aria-label": tr`Bar of the histogram`,
      "aria-valuemin": 1, "aria-valuemax": BINS, "aria-valuenow": 1 });
    this.tip = html("div", { class: "lab-tip", "aria-hidden": "true" });
    this.tip.hidden = true;
    this.frame.append(this.bars, this.tip);
    this.grip = new Grip(this.frame, "upright", ([x], end) => this.drag(x, end));
    this.parts.push(this.legend.box);
    this.listen();
  }

  // A bar lights while the pointer is on it; a press keeps it lit, another puts it out.
  listen() {
    const at = (event) => Math.floor(this.plot.xAt(placeIn(this.frame, event)[0]) * BINS);
    follow(this.bars, this.frame, (event) => {
      const same = this.kept && this.bin === at(event);
      this.kept = !same;
      this.choose(same ? -1 : at(event));
    });
    const on = (type, act) => this.bars.addEventListener(type, act);
    on("pointermove", (event) => { if (!this.kept) this.choose(at(event)); });
    on("pointerleave", () => { if (!this.kept) this.choose(-1); });
    on("blur", () => this.choose(-1));
    on("keydown", (event) => {
      if (event.key === "Escape") return this.choose(-1);
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      this.choose(Math.max(0, Math.min(BINS - 1, this.bin < 0 ? 0 : this.bin + step)));
    });
  }

  choose(bin) {
    const found = bin >= 0 && bin < BINS ? bin : -1;
    if (found < 0) this.kept = false;
    if (found === this.bin) return;
    this.bin = found;
    this.lab.light(found < 0 ? null : brushOf(found));
  }

  drag(x, end) {
    const { decided, settings } = this.shown;
    const log10p = Math.log10(Math.max(1e-4, this.plot.xAt(x)));
    this.lab.change("alpha", tidyAlpha(alphaFor(log10p, decided, settings)), !end);
  }

  draw(width, shown) {
    const { result, decided, settings, truth, motion, lit, pointed } = this.shown = shown;
    const bins = CLASSES.map(() => new Array(BINS).fill(0));
    const lights = new Array(BINS).fill(0);
    decided.raw.forEach((value, g) => {
      const bin = binOf(value);
      if (!(bin >= 0)) return;
      bins[shownClass(decided.kind[g], truth)][bin]++;
      if (lit && holds(lit, result.delta[g], value)) lights[bin]++;
    });
    const heights = bins[0].map((_, b) => bins.reduce((sum, each) => sum + each[b], 0));
    this.plot.describe(tr`Genes in equal steps from 0 to 1`, heights.map(String));
    const { fp, tn, tp, fn } = decided.counts;
    const even = (truth ? fp + tn : fp + tn + tp + fn) / BINS;
    this.plot.axes(width, { range: [0, 1], label: tr`p-value` },
      { range: [0, 1.08 * largest(heights, Math.max(even, 1))], label: tr`number of genes` }, motion);
    const bar = (b, low, high) => (high > low ? this.plot.bar(b / BINS, (b + 1) / BINS, low, high) : "");
    const base = new Array(BINS).fill(0);
    for (const i of [3, 4, 2, 1, 0]) {
      this.plot.set(CLASSES[i], bins[i].map((n, b) => bar(b, base[b], (base[b] += n))).join(""));
    }
    this.plot.set("lights", lights.map((n, b) => bar(b, 0, n)).join(""));
    const spot = this.bin < 0 ? binOf(decided.raw[pointed]) : this.bin;
    this.plot.set("spot", spot >= 0 ? bar(spot, 0, heights[spot]) : "");
    this.plot.set("line", this.plot.level(even));
    const line = lineAt(decided, settings);
    this.plot.set("cut", line > -Infinity ? this.plot.upright(10 ** line) : "");
    this.grip.place(this.plot.x(10 ** line), SETTINGS.alpha.text(settings.alpha, settings));
    this.legend.show(truth, settings.shift_size);
    this.tell(bins, heights);
  }

  // Say what the chosen bar holds.
  tell(bins, heights) {
    const at = Math.max(0, this.bin);
    const kinds = bins.map((each, i) => each[at] && `${each[at]} ${wordsOf(i === 4 ? 1 : i, this.shown.truth)}`);
    const words = tr`p from ${(at / BINS).toFixed(2)} to ${((at + 1) / BINS).toFixed(2)}: ${plural(heights[at], "gene")}${heights[at] ? `, ${kinds.filter(Boolean).join("; ")}` : ""}`;
    fill(this.bars, { "aria-valuenow": at + 1, "aria-valuetext": words });
    this.tip.hidden = this.bin < 0;
    this.tip.textContent = words;
  }
}
