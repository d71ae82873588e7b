// Write a lab's HTML as it opens, so that the page has its height before a script runs: reads the
// name and the settings, as JSON, from standard input.

import { readFileSync } from "node:fs";
import { analyze } from "../engine/simulation.mjs";
import { EXPERIMENTS } from "../page/experiments.mjs";
import { Lab } from "../page/lab.mjs";
import { makeControls } from "./controls.mjs";
import { document } from "./dom.mjs";
import { makeCard, makeGuess, makeTable, makeTiles } from "./panels.mjs";

globalThis.document = document;
const start = JSON.parse(readFileSync(0, "utf8"));
const experiment = EXPERIMENTS[start.name];
const controls = () => makeControls(start.name, experiment);
const make = { controls, tiles: makeTiles, guess: makeGuess, card: makeCard };
const lab = new Lab({ ...start, find: (part) => make[part]() });
lab.settings = lab.opening;
if (!experiment.sampled) lab.result = analyze(lab.settings);
const shown = lab.shown();
lab.tell(shown);
for (const { legend } of lab.views) legend?.show(lab.settings.truth, lab.settings.shift_size);
process.stdout.write(String(lab.made));
if (experiment.asks) process.stdout.write(String(makeTable(shown)));
