// The experiments: each is a configuration of the one lab.
// `views` are shown, `controls` can be moved, `settings` differ from the homework's, `read` puts a
// result into words. `opening`: what differs where the lab opens. `asks`: the truth is hidden until
// the reader has guessed. `tiles`: three numbers beside the plot. `sampled`: the one view
// draws for itself and speaks. `brief`: no buttons.

import { readBriefly, readCalls, readFilter, readPseudocount } from "./sentences.mjs";
import { PValues } from "../plots/p_values.mjs";
import { Missingness, Pseudocount } from "../plots/views.mjs";
import { Volcano } from "../plots/volcano.mjs";
import { Repeating, Shuffling } from "../sampling/sampling.mjs";

// All four classes of genes are seen.
const TEACHING = { n_shift: 500, shift_size: 0.5, noise_sd: 2, truth: 1 };

const calls = ({ decided, settings }) => readCalls(decided, settings);

export const EXPERIMENTS = {
  first: {
    views: [Volcano],
    controls: ["shift_size", "alpha"],
    settings: TEACHING,
    read: ({ decided }) => readBriefly(decided),
    tiles: true,
    brief: true,
  },
  volcano: {
    views: [Volcano],
    controls: ["alpha", "shift_size", "n_samples", "noise_sd", "zoom", "seed"],
    read: calls,
    asks: true,
    tiles: true,
  },
  null: {
    views: [PValues],
    controls: ["alpha", "n_samples", "noise_sd", "seed"],
    settings: { shift_size: 0 },
    read: calls,
    tiles: true,
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
    opening: TEACHING,
    read: calls,
    asks: true,
    tiles: true,
  },
};
