// The parts of a lab that show a state in words and numbers, as the page gets them.

import { html } from "../page/elements.mjs";
import { tr } from "../../words/words.mjs";

function makeTile(color, name, among) {
  const numbers = html("dd", {}, html("b"), html("span"), html("small", {}, among), html("i"));
  return html("div", { class: color }, html("dt", {}, name), numbers);
}

export function makeTiles() {
  return html("dl", { class: "lab-tiles" },
    makeTile("fp", tr`False positive rate`, tr`of the unshifted genes`),
    makeTile("missed", tr`False negative rate`, tr`of the shifted genes`),
    makeTile("tp", tr`False discovery proportion`, tr`of the called genes`));
}

// Asks how many of the calls are false, on a bar as long as the calls; below it guess and truth.
export function makeGuess() {
  const label = html("label", {}, html("span"), html("input", { type: "range", name: "guess", min: 0 }));
  const form = html("form", {}, label, html("output"), html("button", {}, tr`Show the truth`),
    html("button", { type: "button" }, tr`Just show it`));
  return html("div", { class: "lab-guess" }, form, html("div"));
}

// The data behind one gene's p-value, in words and in a small plot.
export function makeCard() {
  const shut = html("button", { type: "button", "aria-label": tr`Close the gene` }, "×");
  const attributes = { class: "lab-card", role: "group", "aria-label": tr`One gene`, hidden: "" };
  return html("div", attributes, shut, html("p"), html("div", { "aria-hidden": "true" }));
}

// The chapter's table of decision against truth.
export function makeTable({ decided: { counts }, truth }) {
  const head = (scope, words) => html("th", { scope }, words);
  const cell = (name) => html("td", { "data-count": name }, counts[name]);
  const row = (words, ...names) => html("tr", {}, head("row", words), ...names.map(cell));
  const table = html("table", { class: "table lab-table" },
    html("caption", {}, tr`Decision against truth: number of genes`),
    html("thead", {}, html("tr", {}, html("td"), head("col", tr`called significant`), head("col", tr`not called`))),
    html("tbody", {}, row(tr`not shifted`, "fp", "tn"), row(tr`shifted`, "tp", "fn")));
  table.hidden = !truth;
  return table;
}
