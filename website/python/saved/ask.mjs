// Ask before something that a student wrote is replaced.

import { button, html as make } from "../../lab/page/elements.mjs";
import { tr } from "../../words/words.mjs";

const TITLE = "notebook-question";
const WORDS = "notebook-question-words";

// Return whether the reader says yes; Escape says no. `downloads` are pairs of a text and what saves a
// file: they leave the question open.
export function asked({ title, words, yes, no, downloads }) {
  const named = { "aria-labelledby": TITLE, "aria-describedby": WORDS };
  const dialog = make("dialog", { class: "notebook-dialog", ...named });
  const said = make("p", { role: "status" });
  const buttons = make("div", { class: "notebook-buttons" });
  buttons.append(button(no, () => dialog.close(), { autofocus: "" }));
  for (const [text, act] of downloads) {
    const saves = () => {
      act();
      said.textContent = tr`The file is on its way to your downloads.`;
    };
    buttons.append(button(text, saves));
  }
  buttons.append(button(yes, () => dialog.close("yes")));
  const heading = make("p", { id: TITLE, class: "notebook-question" }, title);
  dialog.append(heading, make("p", { id: WORDS }, words), buttons, said);
  document.querySelector("article").append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    });
  });
}
