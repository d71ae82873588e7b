// Make code on a page of the book editable in place: a chapter's cells, and exercises to write.

import { makeBar } from "./bar.mjs";
import { makeCell, RESET } from "./cells.mjs";
import { messageOf } from "./checks.mjs";
import { button, html as make } from "../../lab/page/elements.mjs";
import { makePython } from "./python.mjs";
import { tr } from "../../words/words.mjs";

const LACKS = tr`This cell stays as it is: Python in the page lacks a package that it needs.`;
const article = document.querySelector("article");
let page = null;

// Return what all cells of the page share: one Python and one bar, made when first asked for.
function shared({ bundles, megabytes }) {
  if (page) return page;
  const [cells, exercises] = [[], []];
  const anew = () => [...cells, ...exercises].forEach((cell) => cell.forget());
  page = { cells, exercises, bundles: bundles.split(" "), anew };
  const stop = [tr`Stop`, () => page.python.stop()];
  const restart = [tr`Restart`, () => page.python.restart()];
  const bar = makeBar([stop, restart], megabytes);
  Object.assign(page, { buttons: bar.buttons, say: bar.say, progress: bar.progress, state: bar.state });
  page.python = makePython(page);
  article.append(bar.element);
  return page;
}

// The chapter's own outputs stay until a cell has run.
export function openChapter(settings) {
  const { cells, buttons } = shared(settings);
  buttons.prepend(button(tr`Run all`, () => page.python.run(cells)));
  const all = article.querySelectorAll("div.cell:not(.pycell *):has(> .cell_input, > details > .cell_input)");
  for (const [place, element] of all.entries()) {
    if (element.classList.contains("notebook-lacking")) {
      element.prepend(make("p", { class: "notebook-message" }, LACKS));
      continue;
    }
    const mayFail = element.classList.contains("tag_raises-exception");
    cells.push(makeCell(page, element, { label: tr`Code ${place + 1}`, mayFail }));
  }
  cells[0]?.focus();
}

// Code to write, and a check that says what is wrong with it.
export function openExercise(element, settings) {
  const check = element.querySelector(".pycell-check pre");
  const told = make("div", { class: "pycell-told" });
  const label = tr`Your code, exercise in the page ${element.id.split("-").at(-1)}`;
  const options = { label, tools: [RESET] };
  if (check) options.check = checkOf(check.textContent, told);
  const cell = makeCell(shared(settings), element.querySelector(".cell"), options);
  page.exercises.push(cell);
  cell.element.after(told);
  cell.focus();
}

function checkOf(source, told) {
  const printed = [];
  return {
    source: () => source,
    mayFail: true,
    wait: () => told.replaceChildren(), // what was said of other code
    begin: () => printed.splice(0),
    add: ({ text = "" }) => printed.push(text),
    end({ ok, error }) {
      const right = make("div", { class: "notebook-message right" }, make("strong", {}, tr`Right. `));
      right.append(printed.join("").trim());
      told.replaceChildren(ok ? right : messageOf(error));
      page.say(told.textContent);
    },
  };
}
