// The marker's work: which answer is shown, what a key does, and what goes into the file.

import { openKept } from "./kept.mjs";
import { EMPTY, inPart, markOf, pointsOf, toggled } from "./marks.mjs";
import { fileName, fromTable, toTable } from "./table.mjs";
import { filled, gettext } from "./words.mjs";
import { at, say, showAnswer, showComments, showMark, showProgress, showQuestion, showQuestions } from "./view.mjs";

const data = JSON.parse(at("data").textContent);
const kept = openKept(`marking/${data.homework}/${data.first}`);
const settings = { marker: "", part: 1, parts: 1, savedAt: "", ...kept.get("settings") };
let asked = 0; // which question
let shown = 0; // which of its answers

const keyOf = (question, answer) => `${question.question}/${answer.code}`;
const question = () => data.questions[asked];
const answersOf = (each) =>
  each.answers.filter(({ place }) => inPart(place, settings.part, settings.parts));
const answer = () => answersOf(question())[shown] ?? null;

// Return what this marker gave, or else what the grader knows of.
function markAt(each, to) {
  const own = to && kept.get(keyOf(each, to));
  return own ?? (to?.given ? markOf(to.given, each) : EMPTY);
}

function change(mark) {
  if (!answer()) return;
  const { version } = answer();
  kept.put(keyOf(question(), answer()), { ...mark, version, saved: new Date().toISOString() });
  at("old").hidden = true;
  showMark(question(), mark);
  progress();
}

const current = () => markAt(question(), answer());
const tick = (number) => question().rubric[number] && change(toggled(current(), question(), number));

function all() {
  return data.questions.flatMap((each) => each.answers.map((to) => [each, to, kept.get(keyOf(each, to))]));
}

function progress() {
  const here = answersOf(question());
  const every = data.questions.flatMap((each) => answersOf(each).map((to) => markAt(each, to)));
  showProgress({
    marked: here.filter((to) => markAt(question(), to).marked).length,
    count: here.length,
    allMarked: every.filter(({ marked }) => marked).length,
    all: every.length,
    unsaved: all().filter(([, , own]) => own && own.saved > settings.savedAt).length,
    whole: kept.whole,
  });
}

function show() {
  if (!question()) return say(gettext("No free text is here to be marked."));
  const count = answersOf(question()).length;
  shown = Math.max(0, Math.min(shown, count - 1));
  showQuestion(question(), tick);
  showAnswer(question(), answer(), current(), { number: shown + 1, count });
  showComments(question().answers.map((to) => markAt(question(), to)), useComment);
  progress();
}

function turn(toQuestion, toAnswer) {
  [asked, shown] = [toQuestion, toAnswer];
  say("");
  show();
}

// Go to an answer, and bring the keys and a screen reader there.
function go(toQuestion, toAnswer) {
  at("answer").focus();
  turn(toQuestion, toAnswer);
  at("answer").scrollIntoView({ block: "nearest" });
}

// Return the places of all answers of this part: which question, which of its answers, and the mark.
const places = () =>
  data.questions.flatMap((each, q) => answersOf(each).map((to, a) => [q, a, markAt(each, to)]));
const isAfter = ([q, a]) => q > asked || (q === asked && a > shown);
const isBefore = ([q, a]) => q < asked || (q === asked && a < shown);

function goTo(place, words) {
  place ? go(place[0], place[1]) : say(words);
}

function nextUnmarked() {
  const open = places().filter(([, , mark]) => !mark.marked);
  goTo(open.find(isAfter) ?? open[0], gettext("All is marked. Save the file."));
}

function useComment(words) {
  const { comment } = current();
  at("answer").focus();
  change({ ...current(), comment: comment ? `${comment}\n${words}` : words });
}

function save() {
  if (!settings.marker.trim()) {
    at("marker").focus();
    return say(gettext("Write your name first: it goes into the file."));
  }
  const rows = all().filter(([, , own]) => own && (own.marked || own.takenBack));
  const table = rows.map(([each, to, own]) => ({
    student: to.label,
    question: each.question,
    points: own.marked ? pointsOf(own, each) : "",
    comment: own.comment,
    earned: own.earned.join("\n"),
    version: own.version,
    marker: settings.marker.trim(),
    saved: own.saved,
  }));
  const name = fileName(settings.marker, settings.part, settings.parts);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([toTable(table)], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  set({ savedAt: new Date().toISOString() });
  progress();
  const words = gettext("{count} marks are in {file}. Move it next to scores.csv, or send it to whoever grades.");
  say(filled(words, { count: rows.length, file: name }));
}

async function open(file) {
  try {
    const rows = fromTable(await file.text());
    let taken = 0;
    for (const row of rows) {
      const each = data.questions.find((one) => one.question === row.question);
      const to = each?.answers.find(({ label }) => label === row.student);
      if (!to || (kept.get(keyOf(each, to))?.saved ?? "") > row.saved) continue;
      const given = { ...row, points: Number(row.points), earned: row.earned.split("\n") };
      const mark = row.points === "" ? { ...EMPTY, takenBack: true } : markOf(given, each);
      kept.put(keyOf(each, to), { ...mark, version: row.version, saved: row.saved });
      taken += 1;
    }
    if (rows[0]?.marker && !settings.marker) set({ marker: rows[0].marker });
    start();
    const words = gettext("{taken} of {count} marks taken from {file}.");
    say(filled(words, { taken, count: rows.length, file: file.name }));
  } catch (error) {
    say(filled(gettext("{file} can't be read. {why}"), { file: file.name, why: error.message }));
  }
}

function set(changed) {
  Object.assign(settings, changed);
  kept.put("settings", settings);
}

const KEYS = {
  n: () => goTo(places().find(isAfter), gettext("This is the last answer.")),
  p: () => goTo(places().findLast(isBefore), gettext("This is the first answer.")),
  u: nextUnmarked,
  q: () => goTo(places().find(([q]) => q > asked), gettext("This is the last question.")),
  Q: () => goTo(places().findLast(([q, a]) => q < asked && a === 0), gettext("This is the first question.")),
  0: () => change({ ...current(), earned: [], adjust: 0, marked: true }),
  f: () => change({ ...current(), earned: question().rubric.map(({ what }) => what), adjust: 0, marked: true }),
  x: () => change({ ...EMPTY, takenBack: true }),
  a: () => (at("adjust").focus(), at("adjust").select()),
  c: () => at("comment").focus(),
  r: () => at("comments").firstChild?.focus(),
  s: save,
};

function press(event) {
  const { key, target } = event;
  if (key === "Escape") return at("answer").focus();
  if (target === at("adjust") && key === "Enter") return at("answer").focus();
  const writes = target.matches("textarea, select, input:not([type=checkbox])");
  if (writes || !at("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const inComments = at("comments").contains(target);
  const digit = /^[1-9]$/.test(key) ? Number(key) : 0;
  const act = digit
    ? () => (inComments ? at("comments").children[digit - 1]?.click() : tick(digit - 1))
    : Object.hasOwn(KEYS, key) && KEYS[key];
  if (!act || (digit && !answer())) return;
  event.preventDefault();
  act();
}

function start() {
  showQuestions(data.questions);
  for (const name of ["marker", "part", "parts"]) at(name).value = settings[name];
  show();
}

function choosePart() {
  const parts = Math.max(1, Math.min(50, Math.floor(Number(at("parts").value)) || 1));
  const part = Math.max(1, Math.min(parts, Math.floor(Number(at("part").value)) || 1));
  set({ part, parts });
  shown = 0;
  start();
}

at("title").textContent = document.title;
// The list keeps the keyboard: an arrow key chooses the next question, and then the one after it.
at("question").onchange = () => turn(data.questions.findIndex((each) => each.question === at("question").value), 0);
at("marker").oninput = () => set({ marker: at("marker").value });
at("part").onchange = choosePart;
at("parts").onchange = choosePart;
at("adjust").oninput = () => change({ ...current(), adjust: Number(at("adjust").value) || 0, marked: true });
at("comment").oninput = () => change({ ...current(), comment: at("comment").value });
at("open").onchange = ({ target }) => target.files[0] && open(target.files[0]);
for (const button of document.querySelectorAll("button[data-key]")) {
  button.onclick = () => KEYS[button.dataset.key]();
}
document.addEventListener("keydown", press);
asked = places()[0]?.[0] ?? 0;
addEventListener("storage", show); // another tab of this page has marked
start();
