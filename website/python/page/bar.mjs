// The bar at the foot of the page: what Python is doing, and the buttons that act on all cells.

import { button, html as make } from "../../lab/page/elements.mjs";
import { tr } from "../../words/words.mjs";

const HINT = tr`Shift-Enter runs a cell, Ctrl-Space completes a name. Escape, then Tab, leaves it.`;

export const HINT_ID = "notebook-hint";

// `actions` are pairs of a text and what it does; "Stop" can be pressed while something runs.
export function makeBar(actions, megabytes) {
  const first = tr`The first run fetches Python, ${megabytes} MB, once.`;
  const said = make("span", { role: "status" }, first);
  const loaded = make("progress", { "aria-label": tr`Python is fetched`, max: "1", value: "0" });
  const buttons = make("div", { class: "notebook-buttons" });
  for (const [text, act] of actions) buttons.append(button(text, act));
  const stop = [...buttons.children].find((each) => each.textContent === tr`Stop`);
  const line = make("div", { class: "notebook-line" }, loaded, said);
  const hint = make("p", { id: HINT_ID, class: "notebook-hint" }, HINT);
  const element = make("section", { class: "notebook-bar", "aria-label": tr`Run the code` });
  element.append(line, buttons, hint);
  loaded.hidden = true;
  stop.disabled = true;
  document.documentElement.classList.add("has-notebook-bar");
  return {
    element,
    line,
    buttons,
    say: (text) => {
      said.textContent = text;
    },
    progress: (done, total) => {
      loaded.value = done / total;
    },
    state: (name) => {
      loaded.hidden = name !== "loading";
      stop.disabled = name !== "running" && name !== "loading";
      element.dataset.state = name;
      if (name === "loading") said.textContent = tr`Python is fetched, ${megabytes} MB`;
    },
  };
}
