// Name a gene of the volcano plot: by pointer, by touch, or with the arrow keys, by p-value.
// For a screen reader the plot is a slider whose value is the gene.

import { placeIn } from "./hand.mjs";
import { fill, html, svg } from "../page/elements.mjs";
import { fixed } from "../page/sentences.mjs";
import { tr } from "../../words/words.mjs";

const REACH = 24; // pixels
export const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 50, PageUp: -50 };

export function geneName(g) {
  return `Gene${String(g + 1).padStart(5, "0")}`;
}

// A p-value as Python prints it, also one that is too small for a number of the computer.
export function formatP(log10p) {
  if (log10p > -4) return (10 ** log10p).toPrecision(3);
  let power = Math.floor(log10p);
  let digits = (10 ** (log10p - power)).toFixed(2);
  if (digits === "10.00") [digits, power] = ["1.00", power + 1];
  return `${digits}e-${String(-power).padStart(2, "0")}`;
}

export class GeneReader {
  // `lab` hears which gene is pointed at, and opens one.
  constructor(plot, frame, lab) {
    Object.assign(this, { plot, lab, shown: -1 });
    this.ring = svg("circle", { class: "lab-ring", r: 8, visibility: "hidden" });
    this.tip = html("div", { class: "lab-tip", hidden: "", "aria-hidden": "true" });
    plot.root.append(this.ring);
    frame.append(this.tip);
    fill(plot.root, { role: "slider", tabindex: 0, "aria-valuemin": 1 });
    const leave = ({ pointerType }) => pointerType === "touch" || this.hide();
    const acts = { pointermove: this.point, pointerdown: this.point, pointerleave: leave, blur: leave,
      keydown: this.press };
    for (const type in acts) plot.root.addEventListener(type, acts[type].bind(this));
    this.hide();
  }

  // `places` holds x and y in pixels for each gene that is drawn; `describe` says more of a gene.
  update(result, raw, places, describe) {
    const genes = [...places.keys()].sort((g, h) => raw[g] - raw[h]);
    Object.assign(this, { result, raw, places, describe, genes });
    const { shown } = this; // a gene that is named stays so while the settings move
    this.go(Math.max(0, genes.indexOf(shown)));
    if (places.has(shown)) this.show(shown);
    else this.hide();
  }

  // The gene nearest to a place in the plot, or -1.
  nearest([x, y]) {
    let nearest = -1;
    let least = REACH ** 2;
    for (const [g, [gx, gy]] of this.places) {
      const distance = (gx - x) ** 2 + (gy - y) ** 2;
      if (distance < least) [nearest, least] = [g, distance];
    }
    return nearest;
  }

  words(g) {
    const { delta, t } = this.result;
    const numbers = tr`delta ${fixed(delta[g])}, t ${fixed(t[g])}, p ${formatP(this.raw[g])}`;
    return `${geneName(g)}: ${numbers}, ${this.describe(g)}`.replaceAll("-", "−").replace("e−", "e-");
  }

  go(rank) {
    this.rank = Math.max(0, Math.min(this.genes.length - 1, rank));
    const g = this.genes[this.rank];
    fill(this.plot.root, {
      "aria-valuemax": this.genes.length,
      "aria-valuenow": this.rank + 1,
      "aria-valuetext": g === undefined ? tr`no gene` : this.words(g),
    });
    return g;
  }

  show(g) {
    const [x, y] = this.places.get(g);
    const { width, height } = this.plot;
    this.note(g);
    fill(this.ring, { cx: x, cy: y, visibility: "visible" });
    this.tip.textContent = this.words(g);
    this.tip.hidden = false;
    const room = width - this.tip.offsetWidth - 4;
    const left = Math.min(Math.max(4, x - this.tip.offsetWidth / 2), Math.max(4, room));
    const above = y > this.tip.offsetHeight + 16;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${above ? y - this.tip.offsetHeight - 12 : Math.min(y + 14, height)}px`;
  }

  note(g) {
    if (g === this.shown) return;
    this.shown = g;
    this.lab.point(g);
  }

  hide() {
    this.note(-1);
    this.ring.setAttribute("visibility", "hidden");
    this.tip.hidden = true;
  }

  point(event) {
    const g = this.nearest(placeIn(this.plot.root, event));
    if (g < 0) return this.hide();
    this.go(this.genes.indexOf(g));
    this.show(g);
  }

  press(event) {
    if (event.key === "Escape") {
      this.lab.open(-1);
      return this.hide();
    }
    if (event.key === "Enter") return this.lab.open(this.shown);
    const ends = { Home: -Infinity, End: Infinity };
    const step = STEPS[event.key] ?? ends[event.key];
    if (step === undefined || !this.genes.length) return;
    event.preventDefault();
    this.show(this.go(this.tip.hidden && Math.abs(step) === 1 ? this.rank : this.rank + step));
  }
}
