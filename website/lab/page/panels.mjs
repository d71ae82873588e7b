// The form of a lab that asks for a guess.

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
