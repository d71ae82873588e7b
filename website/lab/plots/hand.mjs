// What a pointer does on a plot: it is followed from its press to its release, and drags a line.

import { html } from "../page/elements.mjs";

// Where a pointer is, in the pixels of an element.
export function placeIn(element, { clientX, clientY }) {
  const box = element.getBoundingClientRect();
  return [clientX - box.left, clientY - box.top];
}

// `start(event, place)` returns what follows the pointer, if anything: a function of the place in
// the frame, of whether it is the release, and of whether the browser took the pointer away.
export function follow(element, frame, start) {
  let move = null;
  element.addEventListener("pointerdown", (event) => {
    move = event.button ? null : start(event, placeIn(frame, event));
    if (move) element.setPointerCapture(event.pointerId);
  });
  for (const type of ["pointermove", "pointerup", "pointercancel"]) {
    element.addEventListener(type, (event) => {
      const end = type !== "pointermove";
      move?.(placeIn(frame, event), end, type === "pointercancel");
      if (end) move = null;
    });
  }
}

// A value that a hand can set: two digits, within the limits of alpha.
export function tidyAlpha(log10) {
  return Number(Math.min(0.5, Math.max(0.0001, 10 ** log10)).toPrecision(2));
}

// The handle of the threshold's line, level or upright; for the keyboard there is the slider.
export class Grip {
  constructor(frame, kind, drag) {
    this.side = kind === "level" ? "top" : "left";
    this.box = html("div", { class: `lab-grip ${kind}`, "aria-hidden": "true" });
    this.box.hidden = true;
    follow(this.box, frame, (event) => {
      event.stopPropagation();
      return drag;
    });
    frame.append(this.box);
  }

  place(at, words) {
    this.at = at;
    this.box.hidden = !Number.isFinite(at);
    this.box.style[this.side] = `${at}px`;
    this.box.textContent = words;
  }
}
