// A plot: axes, and one path for each class of marks. It is laid out for the width that it has, so
// its text is as large on a phone as on a desk.

import { svg } from "../page/elements.mjs";

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
    this.root = svg("svg", { class: "lab-plot", role: "img", "aria-label": label });
    this.root.append(this.grid, svg("g", { class: kind }, ...Object.values(this.layers)));
  }

  // Lay out for a width in pixels; `x` and `y` are { range, label, log }.
  axes(width, x, y) {
    const height = Math.round(Math.min(380, Math.max(210, width * this.share)));
    const [left, top, right, bottom] = [56, 12, width - 14, height - 44];
    Object.assign(this, { width, height, left, top, right, bottom });
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const scale = x.log ? Math.log10 : (value) => value;
    const [low, high] = x.range.map(scale);
    this.x = (v) => left + ((scale(v) - low) / (high - low)) * (right - left);
    this.y = (v) => bottom - ((v - y.range[0]) / (y.range[1] - y.range[0])) * (bottom - top);
    const marks = x.log ? [0.5, 1, 2, 5, 10, 20, 50].filter((v) => v >= x.range[0] && v <= x.range[1])
      : ticks(x.range, width / 90);
    const children = [];
    for (const v of marks) {
      children.push(svg("path", { d: `M${this.x(v)} ${bottom}v5` }));
      children.push(this.text(signed(v), this.x(v), bottom + 18));
    }
    for (const v of ticks(y.range, height / 60)) {
      children.push(svg("path", { d: `M${left} ${this.y(v)}H${right}`, class: "lab-grid" }));
      children.push(this.text(signed(v), left - 6, this.y(v) + 4, "end"));
    }
    children.push(this.text(x.label, (left + right) / 2, height - 6));
    const turned = this.text(y.label, 0, 0);
    turned.setAttribute("transform", `translate(14 ${(top + bottom) / 2}) rotate(-90)`);
    this.grid.replaceChildren(...children, turned);
  }

  // Say the values of a histogram to a reader who does not see it.
  describe(what, values) {
    this.root.setAttribute("aria-label", `${this.label}. ${what}: ${values.filter(Boolean).join(", ")}.`);
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

  level(y) {
    return `M${this.left} ${this.y(y)}H${this.right}`;
  }

  upright(x) {
    return `M${this.x(x)} ${this.top}V${this.bottom}`;
  }
}
