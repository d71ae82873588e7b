// A labelled control for each setting: native inputs, so that mouse, touch and keys all work.

import { html } from "../page/elements.mjs";
import { SETTINGS } from "../page/settings.mjs";

const LABELS = {
  shift_size: "Shift size",
  noise_sd: "Noise (sd)",
  n_samples: "Samples",
  n_shift: "Shifted genes",
  missing_p: "Missing",
  alpha: "Threshold alpha",
  pseudocount: "Pseudocount",
  max_missing: "max_missing",
  seed: "Seed",
  test: "Test",
  adjust: "P-values",
  gene: "Gene",
  zoom: "Zoom to the unshifted genes",
};
const OPTIONS = {
  student: "Student",
  welch: "Welch",
  raw: "raw",
  bh: "Benjamini–Hochberg",
  unshifted: "one that is not shifted",
  shifted: "one that is shifted",
};

function makeInput(id, name, { options, flag, typed, stops, range }) {
  const attributes = { id, name };
  if (options) return html("select", attributes, ...options.map((value) => html("option", { value }, OPTIONS[value])));
  if (flag) return html("input", { ...attributes, type: "checkbox" });
  const [min, max, step] = stops ? [0, stops.length - 1, 1] : range;
  return html("input", { ...attributes, type: typed ? "number" : "range", min, max, step });
}

function makeControl(name, lab) {
  const setting = SETTINGS[name];
  const id = `lab-${lab}-${name}`;
  const input = makeInput(id, name, setting);
  const output = html("span", { class: "lab-value", ...(setting.typed && { role: "status" }) });
  const kind = input.attributes.type ?? "select";
  return html("div", { class: `lab-control lab-${kind}` }, html("label", { for: id }, LABELS[name]), input, output);
}

const BUTTONS = { again: "Draw again", start: "Back to the start", copy: "Copy link", home: "The homework’s data" };

function makeButtons({ opening }) {
  const acts = Object.keys(BUTTONS).filter((act) => act !== "home" || opening);
  const buttons = acts.map((value) => html("button", { type: "button", value }, BUTTONS[value]));
  return html("div", { class: "lab-buttons" }, ...buttons);
}

export function makeControls(lab, experiment) {
  const { controls, brief, sampled } = experiment;
  const panel = html("div", { class: "lab-controls", role: "group", "aria-label": "Settings" });
  panel.append(...controls.map((name) => makeControl(name, lab)));
  if (!brief && !sampled) panel.append(makeButtons(experiment));
  return panel;
}
