// Find the page's labs, put each in the place of its figure, and start them.
// The bundle defines `engineText`, the text of the modules that compute (see site_ext/lab_files.py).

import { Lab } from "./lab.mjs";
import { makeRunner } from "./runner.mjs";

function mount(root, isFirst) {
  const figure = document.getElementById(root.dataset.figure);
  figure.after(root);
  new Lab(root, makeRunner(engineText), isFirst);
  figure.classList.add("lab-replaced"); // last: after an error the figure is still there
}

document.querySelectorAll("[data-lab]").forEach((root, i) => mount(root, i === 0));
