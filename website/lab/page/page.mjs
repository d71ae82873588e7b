// Find the page's labs, put each in the place of its figure, and start them.
// The bundle defines `engineText`, the text of the modules that compute (see website/extensions/blocks/lab_files.py).

import { Lab } from "./lab.mjs";
import { makeRunner } from "./runner.mjs";

function mount(root, isFirst) {
  const figure = document.getElementById(root.dataset.figure);
  figure.after(root);
  const { experiment } = new Lab(root, makeRunner(engineText), isFirst);
  // Last: after an error the figure is still there. Beside a study, which starts empty, it stays.
  if (!experiment.study) figure.classList.add("lab-replaced");
}

// A button in the text that puts the first lab into a state. (A link would do, but the theme's script
// stumbles over a link whose fragment is no name.)
for (const starter of document.querySelectorAll("[data-state]")) {
  starter.hidden = false;
  starter.addEventListener("click", () => { location.hash = `#lab?${starter.dataset.state}`; });
}

document.querySelectorAll("[data-lab]").forEach((root, i) => mount(root, i === 0));
