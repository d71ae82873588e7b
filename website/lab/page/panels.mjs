// The parts of a lab around its plots: legend, table of counts, the guess, the buttons of a study.

import { button, html, svg } from "./elements.mjs";
import { CLASSES, shownClass } from "./decisions.mjs";
import { mark } from "./plot.mjs";
import { readGuess } from "./sentences.mjs";

const DECISION = ["not called", "called"];
const TRUTH = ["not shifted", "shifted"];

// A gene's class in words.
export function wordsOf(kind, truth) {
  return (truth ? `${TRUTH[kind >> 1]}, ` : "") + DECISION[kind & 1];
}

export function makeLegend() {
  const list = html("ul", { class: "lab-legend" });
  const entry = (kind, truth) => {
    const name = CLASSES[shownClass(kind, truth)];
    const picture = svg("path", { class: name, d: mark(name, 8, 8) });
    const around = { viewBox: "0 0 16 16", class: "lab-layers lab-dots", "aria-hidden": "true" };
    return html("li", {}, svg("svg", around, picture), wordsOf(kind, truth));
  };
  const show = (truth, shift) => {
    const kinds = truth && shift ? [0, 1, 2, 3] : [0, 1];
    list.replaceChildren(...kinds.map((kind) => entry(kind, truth)));
  };
  return { box: list, show };
}

export function makeTable() {
  const cells = {};
  const cell = (name) => (cells[name] = html("td", { "data-count": name }));
  const head = (words, scope) => html("th", { scope }, words);
  const table = html("table", { class: "table lab-table" },
    html("caption", {}, "Decision against truth: number of genes"),
    html("thead", {}, html("tr", {}, html("td"), head("called significant", "col"), head("not called", "col"))),
    html("tbody", {},
      html("tr", {}, head("shifted", "row"), cell("tp"), cell("fn")),
      html("tr", {}, head("not shifted", "row"), cell("fp"), cell("tn"))));
  const show = (counts) => {
    for (const name of Object.keys(cells)) cells[name].textContent = counts[name];
  };
  return { box: table, show };
}

// Ask for the number of false positives before the truth is shown.
export function makeGuess(reveal) {
  const done = () => {
    form.remove();
    reveal();
  };
  const input = html("input", { type: "number", min: 0, max: 1000, step: 1, name: "guess", required: "" });
  const form = html("form", { class: "lab-guess" },
    html("label", {}, "Guess first: how many unshifted genes will be called significant? ", input),
    html("button", {}, "Show the truth"), button("Just show it", done));
  const answer = html("p", { class: "lab-answer", "aria-live": "polite" });
  let guess = null;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    guess = Number(input.value);
    done();
  });
  // The guess was for the data that were shown then: the answer is written once.
  const show = ({ decided, settings }) => {
    if (!answer.textContent) answer.textContent = readGuess(guess, decided, settings);
  };
  return { parts: [form, answer], show };
}

export function makeStudyButtons(add, clear) {
  return html("div", { class: "lab-buttons" }, button("Draw one data set", () => add(1)),
    button("Draw 100", () => add(100)), button("Stop", () => add(0)), button("Start over", clear));
}
