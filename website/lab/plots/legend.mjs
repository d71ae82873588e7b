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

// An entry of a key: a small picture of a class, `d` its path, and what it means.
export function entry(words, name, d, kind) {
  const around = { viewBox: "0 0 16 16", class: `lab-layers ${kind}`, "aria-hidden": "true" };
  return html("li", {}, svg("svg", around, svg("path", { class: name, d })), words);
}

// The key of a plot: its marks, or the colors of its bars.
export function makeLegend(dots) {
  const list = html("ul", { class: "lab-legend" });
  const shown = (kind, truth) => {
    const name = CLASSES[shownClass(kind, truth)];
    const d = dots ? mark(name, 8, 8) : "M3 3h10v10h-10z";
    return entry(wordsOf(kind, truth), name, d, dots ? "lab-dots" : "");
  };
  const show = (truth, shift) => {
    const kinds = truth && shift ? [0, 1, 2, 3] : [0, 1];
    list.replaceChildren(...kinds.map((kind) => shown(kind, truth)));
  };
  return { box: list, show };
}
