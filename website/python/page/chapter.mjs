// One button makes the code of a chapter editable, one more each exercise; nothing is fetched before.

import { tr } from "../../words/words.mjs";

const { dataset } = document.querySelector("script[data-bundles]");

function makeDoor(text) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "notebook-door";
  element.textContent = text;
  return element;
}

function hang(door, open) {
  door.addEventListener("click", async () => {
    door.disabled = true;
    const script = await import("./open_page.mjs").catch(() => null);
    if (script) {
      open(script);
      door.remove();
    } else {
      door.disabled = false;
      door.textContent = tr`This could not be fetched: try again, or load the page again`;
    }
  });
}

// The build has made the chapter's.
const chapter = document.querySelector("h1 + .notebook-door");
if (chapter) hang(chapter, ({ openChapter }) => openChapter(dataset));
for (const exercise of document.querySelectorAll(".pycell")) {
  const open = ({ openExercise }) => openExercise(exercise, dataset);
  const door = makeDoor(tr`Write and run it here`);
  hang(door, open);
  exercise.querySelector(".cell").after(door);
  const hints = [...exercise.querySelectorAll("details.pycell-hint")];
  for (const [place, hint] of hints.entries()) {
    hint.hidden = place > 0;
    hint.addEventListener("toggle", () => {
      if (hints[place + 1]) hints[place + 1].hidden = false;
    });
  }
}
