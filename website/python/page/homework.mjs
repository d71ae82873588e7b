// The homework as a page: its notebook, edited and run here, kept in this browser, handed in as a file.

import { makeBar } from "./bar.mjs";
import { ABOVE, makeCell, RESET } from "./cells.mjs";
import { explain, makeScore } from "./checks.mjs";
import { button, make } from "./elements.mjs";
import { filled, namesOf, text, unfilled } from "./notebook_file.mjs";
import { makePython } from "./python.mjs";
import { isPrivate, openStore } from "./store.mjs";

const KINDS = { given: "Given code", solution: "Your code", check: "Check", answer: "Your answer" };
const NOT_KEPT = "This browser keeps nothing for this page: download your work before you leave.";
const PRIVATE = "This looks like a private window: download your work before you close it.";

const place = document.getElementById("homework-notebook");
const { bundles, megabytes } = document.querySelector("script[data-bundles]").dataset;
const notebook = await (await fetch(place.dataset.notebook)).json();
const homework = notebook.metadata.homework;
const key = `${homework.id}, seed ${homework.seed}, edition ${place.dataset.edition}`;
const page = { cells: [], bundles: bundles.split(" ") };
const answers = [];
const parts = () => new Map([...page.cells, ...answers].map((each) => [each.id, each]));

// ---- cells -------------------------------------------------------------------------------------

function makeCells() {
  const counts = {};
  for (const data of notebook.cells) {
    data.source = text(data.source);
    const element = document.getElementById(data.id);
    if (!element) continue;
    const { tags: [kind], question } = data.metadata;
    counts[kind] = (counts[kind] ?? 0) + 1;
    const label = `${KINDS[kind]}${question ? `, question ${question}` : ` ${counts[kind]}`}`;
    if (kind === "answer") answers.push(makeAnswer(element, data, label));
    else addCell(element, data, { label, mayFail: kind === "check", tools: [ABOVE, RESET, ADD] });
  }
}

const ADD = ["Add a cell", (cell) => makeOwn(cell).focus()];
const REMOVE = ["Remove", remove];

function addCell(element, data, options) {
  const { id, source } = data;
  const cell = makeCell(page, element, { id, source, ...options });
  Object.assign(cell, { kind: data.metadata.tags?.[0], question: data.metadata.question });
  const order = notebook.cells.map((each) => each.id);
  page.cells.push(cell);
  page.cells.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  return cell;
}

// Add a cell of the student's own after another one.
function makeOwn(after, source = "", id = `own-${Date.now().toString(36)}`) {
  const data = { cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: null };
  const code = make("div", { class: "highlight" }, make("pre"));
  const element = make("div", { class: "cell" }, make("div", { class: "cell_input" }, code));
  notebook.cells.splice(notebook.cells.findIndex((each) => each.id === after.id) + 1, 0, data);
  after.element.after(element);
  return addCell(element, data, { label: "Your own cell", tools: [ABOVE, ADD, REMOVE] });
}

function remove(cell) {
  notebook.cells = notebook.cells.filter((each) => each.id !== cell.id);
  page.cells.splice(page.cells.indexOf(cell), 1);
  cell.element.remove();
  save();
}

function makeAnswer(element, data, label) {
  const area = make("textarea", { rows: "6", "aria-label": label, placeholder: "Write here." });
  area.addEventListener("input", save);
  element.replaceChildren(area);
  return {
    id: data.id,
    element,
    source: () => filled(data.source, area.value),
    write(source) {
      area.value = unfilled(data.source, source);
      save();
    },
  };
}

// ---- what happens ------------------------------------------------------------------------------

Object.assign(page, {
  changed(cell) {
    if (cell.kind === "solution") score.set(cell.question, false);
    save();
  },
  ended(cell, answer) {
    if (cell.kind === "check") {
      score.set(cell.question, answer.ok);
      if (answer.error) explain(cell, answer.error, cell.element.querySelector(".notebook-chapter a"));
    }
    save();
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

// ---- what is kept, handed in, opened ------------------------------------------------------------

let store = null;
let timer;
const kept = make("span", { class: "notebook-kept" });

function exported() {
  const whole = structuredClone(notebook);
  const now = parts();
  for (const data of whole.cells.filter((each) => now.has(each.id))) {
    const { source, outputs, number } = now.get(data.id);
    data.source = source();
    if (outputs) Object.assign(data, { outputs, execution_count: number });
  }
  return whole;
}

function save() {
  if (!store) return;
  kept.textContent = "Saving …";
  clearTimeout(timer);
  timer = setTimeout(saveNow, 300);
}

async function saveNow() {
  clearTimeout(timer);
  timer = null;
  try {
    await store.put(key, exported());
    kept.textContent = "Saved in this browser";
  } catch {
    kept.textContent = NOT_KEPT;
  }
}

function download(whole = exported(), name = homework.id) {
  const blob = new Blob([`${JSON.stringify(whole, null, 1)}\n`], { type: "application/x-ipynb+json" });
  const link = make("a", { href: URL.createObjectURL(blob), download: `${name}.ipynb` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Go on with a notebook. Of another edition only what the student wrote is taken: its given code
// and its checks are not those of this one.
function takeOver(whole, { sameEdition = false } = {}) {
  const names = namesOf(whole);
  const ours = new Map(namesOf(notebook).map((name, at) => [name, notebook.cells[at].id]));
  const now = parts();
  let last = page.cells[0];
  for (const [at, data] of whole.cells.entries()) {
    const { source, cell_type, outputs = [], execution_count } = data;
    const isOwn = !names[at] && cell_type === "code";
    const each = isOwn ? makeOwn(last, text(source), data.id) : now.get(ours.get(names[at]));
    if (!each) continue;
    last = each;
    const written = ["solution", "answer"].includes(data.metadata.tags?.[0]);
    if (written || sameEdition) each.write(text(source));
    if (sameEdition && cell_type === "code") each.show(outputs, execution_count);
  }
}

async function openFile(chosen) {
  try {
    const whole = JSON.parse(await chosen.text());
    if (whole.metadata.homework.id !== homework.id) throw new Error("it is another homework's");
    for (const cell of page.cells.filter((each) => !each.kind)) remove(cell);
    takeOver(whole);
    page.say(`${chosen.name} is open: run it from the top.`);
  } catch (error) {
    page.say(`${chosen.name} is not a notebook of this homework: ${error.message}`);
  }
}

// Show what was kept; say so where nothing can be.
async function restore() {
  try {
    store = await openStore();
  } catch {
    kept.textContent = NOT_KEPT;
    return;
  }
  if (await isPrivate()) place.append(make("p", { class: "notebook-message" }, PRIVATE));
  const mine = await store.get(key);
  if (mine) return takeOver(mine, { sameEdition: true });
  const earlier = (await store.keys()).filter((each) => each.startsWith(`${homework.id}, `));
  for (const name of earlier) await offer(name);
}

// Work on another edition is still there, and can be had.
async function offer(name) {
  const whole = await store.get(name);
  const take = button("Go on with it here", () => takeOver(whole));
  const fetchIt = button("Download it", () => download(whole, name));
  const words = `This browser holds work on another edition of this homework (${name}). `;
  place.append(make("p", { class: "notebook-message" }, words, take, " ", fetchIt));
}

// ---- the page ----------------------------------------------------------------------------------

const file = make("input", { type: "file", accept: ".ipynb", hidden: "" });
file.addEventListener("change", async () => {
  if (file.files[0]) await openFile(file.files[0]);
  file.value = "";
});
const bar = makeBar(
  [
    ["Run all", () => page.python.run(page.cells)],
    ["Stop", () => page.python.stop()],
    ["Restart", () => page.python.restart()],
    ["Download to hand in", () => download()],
    ["Open a notebook", () => file.click()],
  ],
  megabytes,
);
const { say, progress, state } = bar;
Object.assign(page, { say, progress, state });
page.python = makePython(page);
place.closest("article").append(bar.element, file);
makeCells();
const score = makeScore(
  page.cells.filter((each) => each.kind === "check").map((each) => each.question),
  showPassed,
);
bar.line.after(score.element);
bar.line.append(kept);
await restore();
if (store) await saveNow();
addEventListener("visibilitychange", () => document.hidden && timer && saveNow());
document.querySelector(".notebook-cannot").remove();
place.dataset.ready = "";
