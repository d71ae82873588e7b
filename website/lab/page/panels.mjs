// The parts of a lab around its plots: legend, the guess, the buttons of a study.

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

// The form asks for the number of false positives before the truth is shown; the build has made it.
export function makeGuess(form, answer, reveal) {
  let [guess, asked] = [null, false];
  const done = (value) => {
    [guess, asked] = [value, true];
    reveal();
  };
  form.lastElementChild.addEventListener("click", () => done(null));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(Number(form.guess.value));
  });
  // The guess was for the data that were shown then: the answer is written once, and returned. To
  // somebody who comes by a link that shows the truth there is nothing to answer.
  return ({ decided, settings, truth }) => {
    form.hidden = truth;
    if (!truth) [asked, answer.textContent] = [false, ""];
    if (!asked) return "";
    asked = false;
    return (answer.textContent = readGuess(guess, decided, settings));
  };
}

export function makeStudyButtons(add, clear) {
  return html("div", { class: "lab-buttons" }, button("Draw one data set", () => add(1)),
    button("Draw 100", () => add(100)), button("Stop", () => add(0)), button("Start over", clear));
}
