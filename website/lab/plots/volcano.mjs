// The volcano plot: a hand drags its line, brushes genes, and opens one of them.

import { CLASSES, shownClass } from "../engine/decisions.mjs";
import { SETTINGS } from "../page/settings.mjs";
import { GeneReader } from "./gene_reader.mjs";
import { follow, Grip, tidyAlpha } from "./hand.mjs";
import { makeLegend, wordsOf } from "./legend.mjs";
import { mark } from "./plot.mjs";
import { alphaFor, holds, largest, lineAt, View } from "./view.mjs";
import { tr } from "../../words/words.mjs";

const FAR = 5; // pixels: a press that moves as far is a brush
const bright = (name) => `${name} lit`;

export class Volcano extends View {
  // `lab` takes what the hand does: change, light, point, open.
  constructor(lab) {
    super(tr`Gene, in order of p-value`, ["zero", ...CLASSES, ...CLASSES.map(bright), "line", "brush"], 0.58, true);
    this.lab = lab;
    this.reader = new GeneReader(this.plot, this.frame, lab);
    this.legend = makeLegend(true);
    this.grip = new Grip(this.frame, "level", ([, y], end) => this.drag(y, end));
    follow(this.frame, this.frame, (event, from) => this.press(event, from));
    this.parts.push(this.legend.box);
  }

  drag(y, end) {
    const { decided, settings } = this.shown;
    this.lab.change("alpha", tidyAlpha(alphaFor(-this.plot.yAt(y), decided, settings)), !end);
  }

  // A press opens the gene below it and puts the brush away; a mouse that moves on brushes, or drags
  // the line.
  press({ pointerType, target }, from) {
    if (target.closest("form, .lab-card")) return null;
    let moves = false;
    const act = Math.abs(from[1] - this.grip.at) < FAR ? ([, y], end) => this.drag(y, end)
      : (to) => this.lab.light(this.brushOf(from, to));
    return (to, end, isLost) => {
      moves ||= pointerType !== "touch" && Math.hypot(to[0] - from[0], to[1] - from[1]) > FAR;
      if (moves) act(to, end);
      else if (end && !isLost) {
        this.lab.light(null);
        this.lab.open(this.reader.nearest(to));
      }
    };
  }

  brushOf(...corners) {
    const ascending = (a, b) => a - b;
    const delta = corners.map(([x]) => this.plot.xAt(x)).sort(ascending);
    return { delta, p: corners.map(([, y]) => -this.plot.yAt(y)).sort(ascending), drawn: true };
  }

  draw(width, shown) {
    const { result, decided, settings, truth, motion, lit } = this.shown = shown;
    const { kind, raw } = decided;
    const inView = (g) => kind[g] >= 0 && Number.isFinite(raw[g]) && (!settings.zoom || kind[g] < 2);
    const genes = [...kind.keys()].filter(inView);
    const across = 1.08 * largest(genes.map((g) => Math.abs(result.delta[g])), 0.1);
    const up = 1.06 * largest(genes.map((g) => -raw[g]), -Math.log10(settings.alpha));
    this.plot.axes(width,
      { range: [-across, across], label: tr`log2 fold change (Treatment − Control)` },
      { range: [-0.02 * up, up], label: tr`−log10(p-value)` }, motion);
    const paths = {};
    const places = new Map();
    for (const g of genes) {
      const place = [this.plot.x(result.delta[g]), this.plot.y(-raw[g])];
      const name = CLASSES[shownClass(kind[g], truth)];
      const layer = lit && holds(lit, result.delta[g], raw[g]) ? bright(name) : name;
      paths[layer] = (paths[layer] ?? "") + mark(name, ...place);
      places.set(g, place);
    }
    for (const name of CLASSES) for (const layer of [name, bright(name)]) this.plot.set(layer, paths[layer] ?? "");
    this.plot.set("zero", this.plot.upright(0));
    this.plot.set("brush", lit?.drawn ? this.plot.box(lit.delta, lit.p.map((p) => -p)) : "");
    const line = lineAt(decided, settings);
    this.plot.set("line", line > -Infinity ? this.plot.level(-line) : "");
    this.grip.place(this.plot.y(-line), SETTINGS.alpha.text(settings.alpha, settings));
    this.legend.show(truth, settings.shift_size);
    this.reader.update(result, raw, places, (g) => wordsOf(kind[g], truth));
  }
}
