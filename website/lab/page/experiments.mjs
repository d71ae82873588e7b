// The experiments: each is a configuration of the one lab.
// `views` are shown, `controls` can be moved, `settings` differ from the homework's, `read` puts a
// result into words. `sampled`: the one view draws for itself and speaks. `brief`: one control, above
// the plot, and no buttons.

import { readBriefly, readCalls, readFilter, readPseudocount } from "./sentences.mjs";
import { Missingness, Pseudocount, PValues, Volcano } from "../plots/views.mjs";
import { Repeating, Shuffling } from "../sampling/sampling.mjs";

const calls = ({ decided, settings }) => readCalls(decided, settings);

export const EXPERIMENTS = {
  first: {
    views: [Volcano],
    controls: ["shift_size"],
    read: ({ decided }) => readBriefly(decided),
    brief: true,
  },
  volcano: {
    views: [Volcano],
    controls: ["alpha", "shift_size", "n_samples", "noise_sd", "zoom", "seed"],
    read: calls,
  },
  null: {
    views: [PValues],
    controls: ["alpha", "n_samples", "noise_sd", "seed"],
    settings: { shift_size: 0 },
    read: calls,
  },
  draws: {
    views: [Repeating],
    controls: ["alpha", "n_samples", "noise_sd", "test"],
    settings: { shift_size: 0 },
    sampled: true,
  },
  shuffle: {
    views: [Shuffling],
    controls: ["gene"],
    settings: { gene: "unshifted" },
    sampled: true,
  },
  pseudocount: {
    views: [Pseudocount],
    controls: ["pseudocount", "shift_size", "noise_sd", "seed"],
    settings: { medians: true },
    read: ({ result, settings }) => readPseudocount(result, settings),
  },
  threshold: {
    views: [Missingness],
    controls: ["max_missing", "missing_p", "n_samples", "seed"],
    read: ({ result, settings }) => readFilter(result, settings),
  },
  whole: {
    views: [Volcano, PValues, Repeating],
    controls: ["shift_size", "noise_sd", "n_samples", "n_shift", "alpha", "missing_p", "test",
      "adjust", "zoom", "seed"],
    read: calls,
  },
};
