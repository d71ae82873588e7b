// A pile of dots over an axis: one dot per drawn value, in columns, later in bars.

import { html, svg } from "../page/elements.mjs";
import { entry } from "../plots/legend.mjs";
import { Plot } from "../plots/plot.mjs";
import { tr } from "../../words/words.mjs";

const LEAST = 20; // the height of the axis while the pile is low
const SMALL = 1.5; // pixels: below this radius dots become bars
const FALL = 220; // milliseconds
const LAYERS = ["band", "near", "far", "curve", "line"];

// The next round number for the top of an axis, so that it moves now and then, not at each dot.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 1.5, 2, 3, 4, 6, 8, 10].find((each) => each * power >= value);
}

// What the colors and lines mean: { far: "words", line: "words", ... }
export function makeKey(meanings) {
  const paths = { line: "M8 0V16", curve: "M1 14C6 14 5 3 8 3s2 11 7 11", band: "M1 2h14v12h-14z" };
  const entries = Object.entries(meanings)
    .map(([name, words]) => entry(words, name, paths[name] ?? "M8 8h0", "lab-pile"));
  return html("ul", { class: "lab-legend" }, ...entries);
}

export class Pile {
  constructor(label) {
    this.plot = new Plot(label, LAYERS, 0.5);
    this.root = this.plot.root;
    this.plot.layers.near.parentNode.classList.add("lab-pile");
  }

  // Draw `values` in columns of width `step` that begin at `origin`; `isFar` tells their colors.
  // `curve` holds points [x, density], `band` two limits; both may be missing.
  draw(width, { values, step, origin, isFar, range, label, unit, lines, band, curve = [] }) {
    const { plot } = this;
    const columns = new Map();
    for (const value of values) {
      const at = Math.floor((value - origin) / step + 1e-9);
      if (!columns.has(at)) columns.set(at, [0, 0]);
      columns.get(at)[Number(isFar(value))]++;
    }
    const heights = [...columns.values()].map(([near, far]) => near + far);
    const points = curve.map(([x, density]) => [x, density * values.length * step]);
    const top = roundUp(Math.max(LEAST, ...heights, ...points.map(([, y]) => y)));
    plot.axes(width, { range, label }, { range: [0, top], label: unit });
    const unitHeight = (plot.bottom - plot.top) / top;
    const radius = 0.46 * Math.min(unitHeight, plot.x(origin + step) - plot.x(origin));
    Object.assign(this, { columns, step, origin, unitHeight, radius: Math.max(radius, 2), isFar });
    const paths = ["", ""];
    for (const [at, [near, far]] of columns) {
      paths[0] += this.column(at, 0, near, radius);
      paths[1] += this.column(at, near, near + far, radius);
    }
    ["near", "far"].forEach((name, i) => {
      plot.set(name, paths[i]);
      plot.layers[name].style.strokeWidth = radius < SMALL ? 0 : 2 * radius;
    });
    plot.set("band", band ? plot.box(band, [0, top]) : "");
    plot.set("curve", points.map(([x, y], i) => `${i ? "L" : "M"}${plot.x(x)} ${plot.y(y)}`).join(""));
    plot.set("line", lines.map((x) => plot.upright(x)).join(""));
  }

  // Say the columns to a reader who does not see them.
  describe(unit, digits) {
    const edge = (at) => (this.origin + at * this.step).toFixed(digits).replace("-", "−");
    const said = ([at, [near, far]]) => tr`${near + far} from ${edge(at)} to ${edge(at + 1)}`;
    this.plot.describe(unit, [...this.columns].sort(([a], [b]) => a - b).map(said));
  }

  middle(at) {
    return this.plot.x(this.origin + (at + 0.5) * this.step);
  }

  column(at, from, to, radius) {
    if (from === to) return "";
    const left = this.origin + at * this.step;
    if (radius < SMALL) return this.plot.bar(left, left + this.step, from, to);
    let path = "";
    const x = this.middle(at).toFixed(1);
    for (let i = from; i < to; i++) path += `M${x} ${this.plot.y(i + 0.5).toFixed(1)}h0`;
    return path;
  }

  // Let a dot fall onto its column; the next `draw` shows it there.
  async fall(value) {
    const { plot, radius } = this;
    const at = Math.floor((value - this.origin) / this.step + 1e-9);
    const [near, far] = this.columns.get(at) ?? [0, 0];
    const y = plot.y(near + far + 0.5);
    const dot = svg("circle", { class: this.isFar(value) ? "far" : "near", cx: this.middle(at), cy: y, r: radius });
    plot.layers.near.parentNode.append(dot);
    const path = { transform: [`translateY(${plot.top - y}px)`, "none"] };
    await dot.animate(path, { duration: FALL, easing: "cubic-bezier(0.5, 0, 1, 0.6)" }).finished;
    dot.remove();
  }
}
