// Find the page's labs and start them.

import { followAddress } from "./address.mjs";
import { Lab } from "./lab.mjs";
import { makeRunner } from "./runner.mjs";

function mount(root) {
  const { lab, settings, own } = root.dataset;
  const written = root.querySelector(".lab-made");
  const find = (part) => written.querySelector(`.lab-${part}`).cloneNode(true);
  const [known, changed] = [settings, own].map(JSON.parse);
  const made = new Lab({ name: lab, known, own: changed, find }, makeRunner());
  made.mount(root, written);
  return made;
}

export function startLabs() {
  const go = followAddress([...document.querySelectorAll("[data-lab]")].map(mount));
  // A button in the text puts the first lab into a state. (A link would do, but the theme's script
  // stumbles over a link whose fragment is not a name.)
  for (const starter of document.querySelectorAll("[data-state]")) {
    starter.addEventListener("click", () => go(`#lab?${starter.dataset.state}`));
  }
}
