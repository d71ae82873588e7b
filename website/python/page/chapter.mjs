// One button makes the code of a chapter editable, one more each exercise; nothing is fetched before.

const { dataset } = document.querySelector("script[data-bundles]");

function door(text, open) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "notebook-door";
  element.textContent = text;
  element.addEventListener("click", async () => {
    element.disabled = true;
    open(await import("./open_page.mjs"));
    element.remove();
  });
  return element;
}

if (document.querySelector("div.cell:not(.pycell *):not(.notebook-lacking) > .cell_input"))
  document
    .querySelector("article h1")
    .after(door("Run this chapter’s code here", ({ openChapter }) => openChapter(dataset)));
for (const exercise of document.querySelectorAll(".pycell")) {
  const open = ({ openExercise }) => openExercise(exercise, dataset);
  exercise.querySelector(".cell").after(door("Write and run it here", open));
  const hints = [...exercise.querySelectorAll("details.pycell-hint")];
  for (const [place, hint] of hints.entries()) {
    hint.hidden = place > 0;
    hint.addEventListener("toggle", () => {
      if (hints[place + 1]) hints[place + 1].hidden = false;
    });
  }
}
