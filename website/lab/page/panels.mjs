// The parts of a lab around its plots: the guess, the buttons of a study.

import { button, html } from "./elements.mjs";
import { readGuess } from "./sentences.mjs";

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
