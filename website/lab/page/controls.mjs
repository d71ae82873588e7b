// What the controls of a lab do; the build has made them.

import { limits, parse, SETTINGS } from "./settings.mjs";
import { tr } from "../../words/words.mjs";

function readInput(input, name) {
  const setting = SETTINGS[name];
  if (setting.flag) return Number(input.checked);
  return setting.stops ? setting.stops[Number(input.value)] : parse(name, input.value);
}

// Let one control act: `change(value, held)` is called when the reader moves it, `release()` when
// the hand lets go; return `show(settings)`, which shows a state. A typed number that is out of
// range changes nothing, and the control says so: no other words of a control are read out, beside
// the slider's own value.
export function useControl(input, name, change, release) {
  const setting = SETTINGS[name];
  const output = input.parentNode.lastChild;
  const isRange = input.type === "range";
  input.addEventListener("input", () => {
    try {
      const value = readInput(input, name);
      input.removeAttribute("aria-invalid");
      change(value, isRange);
    } catch {
      input.setAttribute("aria-invalid", "true");
      output.textContent = tr`from ${limits(setting).join(tr` to `)}`;
    }
  });
  input.addEventListener("change", release);
  return (settings) => {
    const value = settings[name];
    if (setting.flag) input.checked = Boolean(value);
    else if (document.activeElement !== input || !setting.typed) {
      input.value = setting.stops ? setting.stops.findIndex((stop) => stop >= value) : value;
    }
    input.removeAttribute("aria-invalid");
    const words = setting.text?.(value, settings) ?? "";
    output.textContent = words;
    if (isRange) input.setAttribute("aria-valuetext", words);
  };
}
