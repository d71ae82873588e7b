// A cell on a page: its code in an editor, its buttons, its outputs.

import { HINT_ID } from "./bar.mjs";
import { makeEditor } from "./editor.mjs";
import { button, html as make } from "../../lab/page/elements.mjs";
import { drawn, joinedTo } from "./outputs.mjs";
import { tr } from "../../words/words.mjs";

export const RESET = [tr`Reset`, (cell) => cell.write(cell.given)];
export const ABOVE = [tr`Run all above`, (cell, { python, cells }) => python.run(cells.slice(0, cells.indexOf(cell)))];

// Make a block of code editable in place. `page` has the `cells` and the `python` that they share,
// hears `say(text)`, and may want to hear `changed(cell)` and `ended(cell, answer)`. `tools` are more
// buttons: pairs of a text and what it does with the cell. `check` runs after the cell.
export function makeCell(page, element, { id, label, source, mayFail = false, check = null, tools = [ABOVE, RESET] }) {
  const block = element.querySelector(".cell_input pre");
  const given = source ?? block.textContent.replace(/\n$/, "");
  const out = element.querySelector(".cell_output") ?? make("div", { class: "cell_output" });
  const mark = make("span", { class: "notebook-mark" });
  const cell = {
    id, label, element, given, mayFail, out,
    outputs: [],
    number: null,
    source: () => editor.read(),
    write: (text) => editor.write(text),
    focus: () => editor.focus(),
    wait(yes) {
      mark.textContent = yes ? tr`waiting` : "";
    },
    begin(number) {
      cell.number = number;
      cell.outputs = [];
      out.replaceChildren();
      element.dataset.state = "running";
      mark.textContent = tr`[${number}] running`;
    },
    add(output) {
      if (joinedTo(cell.outputs, output)) out.lastChild.replaceWith(drawn(cell.outputs.at(-1)));
      else out.append(drawn(output));
    },
    end(answer) {
      element.dataset.state = answer.ok ? "ok" : "failed";
      mark.textContent = answer.ok ? tr`[${cell.number}] ran` : tr`[${cell.number}] stopped`;
      page.say(summary(cell, answer));
      page.ended?.(cell, answer);
    },
    // Show outputs that were kept, of a Python that is gone.
    show(outputs, number) {
      Object.assign(cell, { outputs, number });
      out.replaceChildren(...outputs.map(drawn));
    },
    forget() {
      delete element.dataset.state;
      mark.textContent = "";
    },
  };
  const run = (on) => {
    page.python.run(check ? [cell, check] : [cell]);
    const place = page.cells.indexOf(cell); // an exercise has none
    if (on && place >= 0) page.cells[place + 1]?.focus();
  };
  const editor = makeEditor({
    block,
    source: given,
    label,
    describedBy: HINT_ID,
    run,
    enter: () => page.python.warm(),
    complete: (...asked) => page.python.complete(...asked),
    change: () => {
      element.classList.toggle("edited", cell.source() !== given);
      page.changed?.(cell);
    },
  });
  const named = (text) => ({ "aria-label": `${text}: ${label}` });
  const buttons = make("div", { class: "notebook-tools" });
  buttons.append(button(tr`Run`, () => run(false), named(tr`Run`)));
  for (const [text, act] of tools) buttons.append(button(text, () => act(cell, page), named(text)));
  buttons.append(mark);
  element.querySelector(".cell_input").after(buttons);
  if (!out.isConnected) buttons.after(out);
  element.classList.add("notebook-cell");
  return cell;
}

function summary(cell, { ok, error }) {
  if (error?.ename === "KeyboardInterrupt") return tr`Stopped. What was computed before is kept.`;
  if (error?.ename === "Stopped") return tr`Stopped. ${error.evalue}`;
  if (error) return `${cell.label}: ${error.ename}: ${error.evalue}`;
  const last = cell.outputs.findLast((output) => output.output_type === "stream");
  return ok && last ? last.text.trim().slice(-200) : tr`${cell.label} has run.`;
}
