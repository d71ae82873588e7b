// Write labs as HTML as they open, so that the page has its height before a script runs: each line of
// standard input has a name and the settings, each line of standard output the HTML.

import { createInterface } from "node:readline";
import { analyze } from "../engine/simulation.mjs";
import { EXPERIMENTS } from "../page/experiments.mjs";
import { Lab } from "../page/lab.mjs";
import { makeControls } from "./controls.mjs";
import { document } from "./dom.mjs";
import { makeCard, makeGuess, makeTable, makeTiles } from "./panels.mjs";

globalThis.document = document;

function write(start) {
  const experiment = EXPERIMENTS[start.name];
  const controls = () => makeControls(start.name, experiment);
  const make = { controls, tiles: makeTiles, guess: makeGuess, card: makeCard };
  const lab = new Lab({ ...start, find: (part) => make[part]() });
  lab.settings = lab.opening;
  if (!experiment.sampled) lab.result = analyze(lab.settings);
  const shown = lab.shown();
  lab.tell(shown);
  for (const { legend, source, live } of lab.views) {
    legend?.show(lab.settings.truth, lab.settings.shift_size);
    source?.set(lab.settings);
    if (live) live.textContent = source.words();
  }
  return `${lab.made}${experiment.asks ? makeTable(shown) : ""}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(write(JSON.parse(line))));
}
