// The homework as a page: its notebook, edited and run here, kept in this browser, handed in as a file.

import { makeBar } from "./bar.mjs";
import { ABOVE, makeCell, RESET } from "./cells.mjs";
import { explain, makeScore } from "./checks.mjs";
import { button, html as make } from "../../lab/page/elements.mjs";
import { filled, text, unfilled } from "./notebook_file.mjs";
import { makePython } from "./python.mjs";
import { makeWork } from "../saved/work.mjs";
import { tr } from "../../words/words.mjs";

const KINDS = { given: tr`Given code`, solution: tr`Your code`, check: tr`Check`, answer: tr`Your answer` };
addEventListener("error", () => document.documentElement.classList.add("notebook-fails"));
const place = document.getElementById("homework-notebook");
const { bundles, megabytes } = document.querySelector("script[data-bundles]").dataset;
const notebook = await (await fetch(place.dataset.notebook, { cache: "no-cache" })).json(); // not an older one
const homework = notebook.metadata.homework;
const key = `${homework.id}, seed ${homework.seed}, edition ${place.dataset.edition}`;
const page = { notebook, cells: [], answers: [], bundles: bundles.split(" "), makeOwn, remove };

// ---- cells -------------------------------------------------------------------------------------

function makeCells() {
  const counts = {};
  for (const data of notebook.cells) {
    data.source = text(data.source);
    const element = document.getElementById(data.id);
    if (!element) continue;
    const { tags: [kind], question } = data.metadata;
    counts[kind] = (counts[kind] ?? 0) + 1;
    const label = question ? tr`${KINDS[kind]}, question ${question}` : `${KINDS[kind]} ${counts[kind]}`;
    if (kind === "answer") page.answers.push(makeAnswer(element, data, label));
    else addCell(element, data, { label, mayFail: kind === "check", tools: [ABOVE, RESET, ADD] });
  }
}

const ADD = [tr`Add a cell`, (cell) => makeOwn(cell).focus()];
const REMOVE = [tr`Remove`, remove];

function addCell(element, data, options) {
  const { id, source } = data;
  const cell = makeCell(page, element, { id, source, ...options });
  const { tags, question } = data.metadata;
  Object.assign(cell, { kind: tags?.[0], question, isOwn: !tags });
  const order = notebook.cells.map((each) => each.id);
  page.cells.push(cell);
  page.cells.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  return cell;
}

// Add a cell of the student's own after another one. What was written elsewhere may have no `id`.
function makeOwn(after, source = "", id = "") {
  while (!id || notebook.cells.some((each) => each.id === id)) id = `own-${Math.random().toString(36).slice(2)}`;
  const data = { cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: null };
  const code = make("div", { class: "highlight" }, make("pre"));
  const element = make("div", { class: "cell" }, make("div", { class: "cell_input" }, code));
  notebook.cells.splice(notebook.cells.findIndex((each) => each.id === after.id) + 1, 0, data);
  after.element.after(element);
  return addCell(element, data, { label: tr`Your own cell`, tools: [ABOVE, ADD, REMOVE] });
}

function remove(cell) {
  notebook.cells = notebook.cells.filter((each) => each.id !== cell.id);
  page.cells.splice(page.cells.indexOf(cell), 1);
  cell.element.remove();
  work.save();
}

function makeAnswer(element, data, label) {
  const area = make("textarea", { rows: "6", "aria-label": label, placeholder: tr`Write here.` });
  area.addEventListener("input", () => work.save());
  element.replaceChildren(area);
  return {
    id: data.id,
    given: data.source,
    source: () => filled(data.source, area.value),
    write(source) {
      area.value = unfilled(data.source, source);
      work.save();
    },
  };
}

// ---- what happens ------------------------------------------------------------------------------

Object.assign(page, {
  changed(cell) {
    if (cell.kind === "solution") score.set(cell.question, false);
    work.save();
  },
  ended(cell, answer) {
    if (cell.kind === "check") {
      score.set(cell.question, answer.ok);
      if (answer.error) explain(cell, answer.error, cell.element.querySelector(".notebook-chapter a"));
    }
    work.save();
  },
  anew() {
    for (const cell of page.cells) cell.forget();
    score.forget();
  },
});
const showPassed = (question, yes) => {
  for (const cell of page.cells.filter((each) => each.question === question))
    cell.element.classList.toggle("passed", yes);
};

// ---- the page ----------------------------------------------------------------------------------

const file = make("input", { type: "file", accept: ".ipynb", hidden: "" });
file.addEventListener("change", async () => {
  if (file.files[0]) await work.openFile(file.files[0]);
  file.value = "";
});
const bar = makeBar(
  [
    [tr`Run all`, () => page.python.run(page.cells)],
    [tr`Stop`, () => page.python.stop()],
    [tr`Restart`, () => page.python.restart()],
    [tr`Download to hand in`, () => work.download()],
    [tr`Open a notebook`, () => file.click()],
  ],
  megabytes,
);
const { say, progress, state } = bar;
Object.assign(page, { say, progress, state });
page.python = makePython(page);
place.closest("article").append(bar.element, file);
const work = makeWork(page, { key, name: homework.id, place, bar: bar.element });
makeCells();
const score = makeScore(
  page.cells.filter((each) => each.kind === "check").map((each) => each.question),
  showPassed,
);
bar.line.after(score.element);
bar.line.append(work.kept);
await work.restore();
document.querySelector(".notebook-cannot").remove();
dispatchEvent(new Event("grown")); // book/_static/heading.js goes to the heading once more
place.dataset.ready = "";
