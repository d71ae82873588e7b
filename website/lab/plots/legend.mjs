// The key of a plot, and the classes of genes in words.

import { CLASSES, shownClass } from "../engine/decisions.mjs";
import { html, svg } from "../page/elements.mjs";
import { mark } from "./plot.mjs";
import { tr } from "../../words/words.mjs";

const DECISION = [tr`not called`, tr`called`];
const TRUTH = [tr`not shifted`, tr`shifted`];

// A gene's class in words.
export function wordsOf(kind, truth) {
  return (truth ? `${TRUTH[kind >> 1]}, ` : "") + DECISION[kind & 1];
}

// The key of a plot: its marks, or the colors of its bars.
export function makeLegend(dots) {
  const list = html("ul", { class: "lab-legend" });
  const entry = (kind, truth) => {
    const name = CLASSES[shownClass(kind, truth)];
    const picture = svg("path", { class: name, d: dots ? mark(name, 8, 8) : "M3 3h10v10h-10z" });
    const layers = dots ? "lab-layers lab-dots" : "lab-layers";
    const around = { viewBox: "0 0 16 16", class: layers, "aria-hidden": "true" };
    return html("li", {}, svg("svg", around, picture), wordsOf(kind, truth));
  };
  const show = (truth, shift) => {
    const kinds = truth && shift ? [0, 1, 2, 3] : [0, 1];
    list.replaceChildren(...kinds.map((kind) => entry(kind, truth)));
  };
  return { box: list, show };
}
