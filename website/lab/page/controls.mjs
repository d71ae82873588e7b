// A labelled control for each setting: native inputs, so that mouse, touch and keys all work.

import { html } from "./elements.mjs";
import { limits, parse, SETTINGS } from "./settings.mjs";

let made = 0;

function makeInput(setting) {
  if (setting.options) {
    const entries = Object.entries(setting.options);
    return html("select", {}, ...entries.map(([value, words]) => html("option", { value }, words)));
  }
  if (setting.flag) return html("input", { type: "checkbox" });
  const [min, max, step] = setting.stops ? [0, setting.stops.length - 1, 1] : setting.range;
  return html("input", { type: setting.typed ? "number" : "range", min, max, step });
}

function readInput(input, name) {
  const setting = SETTINGS[name];
  if (setting.flag) return Number(input.checked);
  return setting.stops ? setting.stops[Number(input.value)] : parse(name, input.value);
}

// Make one control; `change(value)` is called when the reader moves it, `show(settings)` shows a
// state. A typed number that is out of range changes nothing, and the control says so: no other
// words of a control are read out, beside the slider's own value.
export function makeControl(name, change) {
  const setting = SETTINGS[name];
  const id = `lab-${++made}`;
  const input = makeInput(setting);
  input.id = id;
  input.name = name;
  const output = html("span", { class: "lab-value", ...(setting.typed && { role: "status" }) });
  const label = html("label", { for: id }, setting.label);
  const box = html("div", { class: `lab-control lab-${input.type}` }, label, input, output);
  input.addEventListener("input", () => {
    try {
      const value = readInput(input, name);
      input.removeAttribute("aria-invalid");
      change(value);
    } catch {
      input.setAttribute("aria-invalid", "true");
      output.textContent = `from ${limits(setting).join(" to ")}`;
    }
  });
  const show = (settings) => {
    const value = settings[name];
    if (setting.flag) input.checked = Boolean(value);
    else if (document.activeElement !== input || !setting.typed) {
      input.value = setting.stops ? setting.stops.findIndex((stop) => stop >= value) : value;
    }
    input.removeAttribute("aria-invalid");
    const words = setting.text?.(value, settings) ?? "";
    output.textContent = words;
    if (input.type === "range") input.setAttribute("aria-valuetext", words);
  };
  return { box, show };
}
