// What the checks of a page say: a message for each that fails, a tick and a count for those that pass.

import { html as make } from "../../lab/page/elements.mjs";
import { tr } from "../../words/words.mjs";

const IN_WORDS = ["AssertionError", "NotImplementedError"]; // their text is written for the student

// Return what is wrong, in words, with the chapter to read; the error itself is one click away.
export function messageOf({ ename, evalue }, chapter = null) {
  const words = IN_WORDS.includes(ename) ? evalue : `${ename}: ${evalue}`;
  const box = make("div", { class: "notebook-message" }, make("strong", {}, tr`Not yet. `), words);
  if (ename === "NameError") box.append(tr` Run the cells above first.`);
  if (chapter) box.append(make("p", {}, tr`Read `, chapter.cloneNode(true), "."));
  return box;
}

// Show the message above a failed check's outputs, and fold its traceback.
export function explain(cell, error, chapter) {
  cell.out.prepend(messageOf(error, chapter));
  const block = cell.out.querySelector(".traceback");
  if (!block) return;
  const more = make("details", {}, make("summary", {}, tr`The error as Python shows it`));
  block.replaceWith(more);
  more.append(block);
}

// Count the questions that pass: `set(question, yes)`, `forget()`; `element` shows how many.
export function makeScore(questions, show) {
  const passed = new Set();
  const words = make("span", {});
  const meter = make("progress", { "aria-label": tr`Questions that pass their check` });
  meter.max = questions.length;
  const shown = () => {
    meter.value = passed.size;
    words.textContent = tr`${passed.size} of ${questions.length} checks pass`;
    for (const question of questions) show(question, passed.has(question));
  };
  shown();
  return {
    element: make("div", { class: "notebook-score" }, meter, words),
    set(question, yes) {
      passed[yes ? "add" : "delete"](question);
      shown();
    },
    forget() {
      passed.clear();
      shown();
    },
  };
}
