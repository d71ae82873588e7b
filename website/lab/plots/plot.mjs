// A plot: axes, and one path for each class of marks. It is laid out for the width that it has, so
// its text is as large on a phone as on a desk.

import { fill, svg } from "../page/elements.mjs";

// About `count` round numbers between two limits.
export function ticks([low, high], count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) * power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high + 1e-9 * step; i++) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

function signed(value) {
  return String(value).replace("-", "−");
}

const SETTLING = 250; // milliseconds

const MARKS = {
  dot: (x, y) => `M${x} ${y}h0`,
  cross: (x, y) => `M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`,
  diamond: (x, y) => `M${x} ${y - 5}l5 5-5 5-5-5z`,
  triangle: (x, y) => `M${x} ${y - 5}l5 9h-10z`,
};
const MARK_OF = { unshifted: "dot", fp: "cross", missed: "diamond", tp: "triangle",
  called: "triangle" };

export function mark(name, x, y) {
  return MARKS[MARK_OF[name]](Math.round(10 * x) / 10, Math.round(10 * y) / 10);
}

export class Plot {
  // `layers` are the classes of the paths, the lowest first; `share` is height over width; in a
  // plot of dots a mark is drawn by its outline.
  constructor(label, layers, share, dots = false) {
    Object.assign(this, { label, share });
    this.grid = svg("g", { class: "lab-axes" });
    this.layers = Object.fromEntries(layers.map((name) => [name, svg("path", { class: name })]));
    const kind = dots ? "lab-layers lab-dots" : "lab-layers";
    const style = `aspect-ratio: 1 / ${share}`;
    this.root = svg("svg", { class: "lab-plot", role: "img", "aria-label": label, style });
    this.marks = svg("svg", { class: kind, "aria-hidden": "true" }, ...Object.values(this.layers));
    this.root.append(this.grid, this.marks);
  }

  // The ranges to show: while something is `held` those of before, then for a short time those on
  // the way to the new ones (`still`: at once).
  settle(wanted, motion) {
    const now = performance.now();
    if (!motion || !this.ranges) this.wanted = this.ranges = wanted;
    else if (!motion.held) {
      if (String(wanted) !== String(this.wanted)) Object.assign(this, { wanted, from: this.ranges, since: now });
      const way = motion.still ? 1 : Math.min(1, (now - this.since) / SETTLING);
      const between = (from, to) => from + (to - from) * way * (2 - way);
      if (this.from) this.ranges = wanted.map((to, i) => to.map((v, j) => between(this.from[i][j], v)));
      if (way === 1) this.from = null;
    }
    this.moving = Boolean(this.from && !motion?.held);
    return this.ranges;
  }

  // Lay out for a width in pixels, and the height that the style gives; `x` and `y` are { range,
  // label, log }, where `y` may have { words: place } for ticks. With a `motion`, { held, still }, the axes hold still and settle.
  axes(width, x, y, motion) {
    const [xRange, yRange] = this.settle([x.range, y.range], motion);
    const height = this.root.clientHeight || Math.round(width * this.share);
    const [left, top, right, bottom] = [y.words ? 72 : 56, 12, width - 14, height - 44];
    Object.assign(this, { width, height, left, top, right, bottom });
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const scale = x.log ? Math.log10 : (value) => value;
    const [low, high] = xRange.map(scale);
    this.x = (v) => left + ((scale(v) - low) / (high - low)) * (right - left);
    this.xAt = (place) => low + ((place - left) / (right - left)) * (high - low);
    this.y = (v) => bottom - ((v - yRange[0]) / (yRange[1] - yRange[0])) * (bottom - top);
    this.yAt = (place) => yRange[0] + ((bottom - place) / (bottom - top)) * (yRange[1] - yRange[0]);
    const window = [left - 7, top - 7, right - left + 14, bottom - top + 14];
    const [wx, wy, ww, wh] = window; // marks that are outside are cut off
    fill(this.marks, { x: wx, y: wy, width: ww, height: wh, viewBox: window.join(" ") });
    const marks = x.log ? [0.5, 1, 2, 5, 10, 20, 50].filter((v) => v >= xRange[0] && v <= xRange[1])
      : ticks(xRange, width / 90);
    const children = [];
    for (const v of marks) {
      children.push(svg("path", { d: `M${this.x(v)} ${bottom}v5` }));
      children.push(this.text(signed(v), this.x(v), bottom + 18));
    }
    const rows = y.words ?? Object.fromEntries(ticks(yRange, height / 60).map((v) => [signed(v), v]));
    for (const [words, v] of Object.entries(rows)) {
      children.push(svg("path", { d: `M${left} ${this.y(v)}H${right}`, class: "lab-grid" }));
      children.push(this.text(words, left - 6, this.y(v) + 4, "end"));
    }
    children.push(this.text(x.label, (left + right) / 2, height - 6));
    const turned = this.text(y.label, 0, 0);
    turned.setAttribute("transform", `translate(14 ${(top + bottom) / 2}) rotate(-90)`);
    this.grid.replaceChildren(...children, turned);
  }

  // Say the values of a histogram to a reader who does not see it.
  describe(what, values) {
    this.root.setAttribute("aria-label", `${this.label}. ${what}: ${values.filter(Boolean).join(", ") || 0}.`);
  }

  text(words, x, y, anchor = "middle") {
    return svg("text", { x, y, "text-anchor": anchor }, words);
  }

  set(layer, path) {
    this.layers[layer].setAttribute("d", path);
  }

  bar(from, to, low, high) {
    const [left, right] = [this.x(from) + 0.5, Math.max(this.x(from) + 1, this.x(to) - 0.5)];
    return `M${left} ${this.y(low)}H${right}V${this.y(high)}H${left}z`;
  }

  box([left, right], [low, high]) {
    return `M${this.x(left)} ${this.y(low)}H${this.x(right)}V${this.y(high)}H${this.x(left)}z`;
  }

  level(y) {
    return `M${this.left} ${this.y(y)}H${this.right}`;
  }

  upright(x) {
    return `M${this.x(x)} ${this.top}V${this.bottom}`;
  }
}
