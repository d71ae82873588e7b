// The settings that a reader or a link can change: their limits and the words for their values.

import { plural } from "./sentences.mjs";
import { tr } from "../../words/words.mjs";

const plain = (value) => String(Number(value.toFixed(4)));

export const SETTINGS = {
  shift_size: {
    stops: [0, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5],
    text: (v) => tr`${plain(v)} natural-log units`,
  },
  noise_sd: { range: [0.05, 2, 0.05], text: (v) => tr`${plain(v)} natural-log units` },
  n_samples: { range: [4, 200, 2], whole: true, text: (v) => tr`${v} samples` },
  n_shift: {
    stops: [0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 500], whole: true,
    text: (v, { n_genes }) => `${plain((100 * v) / n_genes)} %, ${plural(v, "gene")}`,
  },
  missing_p: { range: [0, 0.9, 0.05], text: (v) => tr`${plain(v)} of the values` },
  alpha: {
    stops: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08,
      0.1, 0.15, 0.2, 0.3, 0.5],
    text: (v, { adjust }) => (adjust === "bh" ? tr`adjusted p ≤ ${v}` : `p < ${v}`),
  },
  pseudocount: { range: [0, 10, 0.1], text: (v) => tr`${plain(v)} added` },
  max_missing: { range: [0, 1, 0.05], text: (v) => tr`≤ ${plain(v)} of the samples` },
  seed: { range: [0, 2 ** 32 - 1, 1], whole: true, typed: true },
  test: { options: ["student", "welch"] },
  adjust: { options: ["raw", "bh"] },
  gene: { options: ["unshifted", "shifted"] },
  zoom: { flag: true },
  truth: { flag: true }, // has no control: it is revealed
};

export function limits({ range, stops }) {
  return range?.slice(0, 2) ?? [stops[0], stops.at(-1)];
}

// Return a value that was written in a link or typed, or throw with what is wrong.
export function parse(name, written) {
  const setting = SETTINGS[name];
  if (setting.options) {
    if (setting.options.includes(written)) return written;
    throw new RangeError(tr`${name} is ${setting.options.join(tr` or `)}`);
  }
  if (setting.flag) {
    if (["0", "1"].includes(written)) return Number(written);
    throw new RangeError(tr`${name} is 0 or 1`);
  }
  const [low, high] = limits(setting);
  const value = written.trim() === "" ? NaN : Number(written);
  if (!(value >= low && value <= high) || (setting.whole && !Number.isInteger(value))) {
    throw new RangeError(tr`${name} is a ${setting.whole ? tr`whole ` : ""}number from ${low} to ${high}`);
  }
  return value;
}

// Read `#lab?alpha=0.01&lab=draws&seed=45` for one of a page's labs: the values that are good, and
// what to say of others. What comes before the name of a lab is for the first one. `found`: some of
// it was for this lab.
export function readLink(hash, names, lab, labs = [lab]) {
  const values = {};
  const faults = [];
  let [meant, found] = [labs[0], false];
  for (const [name, written] of new URLSearchParams(hash.startsWith("#lab?") ? hash.slice(5) : "")) {
    const turns = name === "lab" && labs.includes(written);
    if (turns) meant = written;
    if (meant !== lab) continue;
    found = true;
    if (turns) continue;
    try {
      const asked = name === "lab" ? written : name;
      if (!names.includes(name)) throw new RangeError(tr`there is no ${asked} here`);
      values[name] = parse(name, written);
    } catch (error) {
      faults.push(`“${name}=${written}”: ${error.message}`);
    }
  }
  return { values, faults, found };
}

// Write the part of a link that one lab needs: what differs from its defaults.
export function writeQuery(settings, defaults, names, lab) {
  const changed = names.filter((name) => settings[name] !== defaults[name]);
  const query = changed.map((name) => `${name}=${settings[name]}`);
  if (lab && changed.length) query.unshift(`lab=${lab}`);
  return query.join("&");
}
