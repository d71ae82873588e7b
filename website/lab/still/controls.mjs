// A labelled control for each setting: native inputs, so that mouse, touch and keys all work.

import { html } from "../page/elements.mjs";
import { SETTINGS } from "../page/settings.mjs";
import { tr } from "../../words/words.mjs";

const LABELS = {
  shift_size: tr`Shift size`,
  noise_sd: tr`Noise (sd)`,
  n_samples: tr`Samples`,
  n_shift: tr`Shifted genes`,
  missing_p: tr`Missing`,
  alpha: tr`Threshold alpha`,
  pseudocount: tr`Pseudocount`,
  max_missing: "max_missing",
  seed: tr`Seed`,
  test: tr`Test`,
  adjust: tr`P-values`,
  gene: tr`Gene`,
  zoom: tr`Zoom to the unshifted genes`,
};
const OPTIONS = {
  student: "Student",
  welch: "Welch",
  raw: tr`raw`,
  bh: "Benjamini–Hochberg",
  unshifted: tr`one that is not shifted`,
  shifted: tr`one that is shifted`,
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

const BUTTONS = { again: tr`Draw again`, start: tr`Back to the start`, copy: tr`Copy link`, home: tr`The homework’s data` };

function makeButtons({ opening }) {
  const acts = Object.keys(BUTTONS).filter((act) => act !== "home" || opening);
  const buttons = acts.map((value) => html("button", { type: "button", value }, BUTTONS[value]));
  return html("div", { class: "lab-buttons" }, ...buttons);
}

export function makeControls(lab, experiment) {
  const { controls, brief, sampled } = experiment;
  const panel = html("div", { class: "lab-controls", role: "group", "aria-label": tr`Settings` });
  panel.append(...controls.map((name) => makeControl(name, lab)));
  if (!brief && !sampled) panel.append(makeButtons(experiment));
  return panel;
}
