// Find the page's labs, put each in the place of its figure, and start them.

import { followAddress } from "./address.mjs";
import { Lab } from "./lab.mjs";
import { makeRunner } from "./runner.mjs";

function mount(root) {
  const figure = document.getElementById(root.dataset.figure);
  figure.after(root);
  const lab = new Lab(root, makeRunner());
  // Last: after an error the figure is still there.
  figure.classList.add("lab-replaced");
  return lab;
}

export function startLabs() {
  const go = followAddress([...document.querySelectorAll("[data-lab]")].map(mount));
  // A button in the text puts the first lab into a state. (A link would do, but the theme's script
  // stumbles over a link whose fragment is not a name.)
  for (const starter of document.querySelectorAll("[data-state]")) {
    starter.hidden = false;
    starter.addEventListener("click", () => go(`#lab?${starter.dataset.state}`));
  }
}
