// Run the browser's own modules over the cases that stand on the standard input, as JSON.
// NaN and infinities go out as the strings "NaN" and "-Infinity".

import { readFileSync } from "node:fs";
import { decide } from "../../../website/lab/engine/decisions.mjs";
import { readCalls, readPseudocount } from "../../../website/lab/page/sentences.mjs";
import { analyze } from "../../../website/lab/engine/simulation.mjs";

const plain = (key, value) => {
  if (ArrayBuffer.isView(value)) return [...value];
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
};

const cache = {}; // one for all cases, as on a page
const answers = JSON.parse(readFileSync(0, "utf8")).map((settings) => {
  const result = analyze(settings, cache);
  const decided = decide(result, settings);
  const pseudocount = readPseudocount(result, settings);
  return { ...result, ...decided, sentence: readCalls(decided, settings), pseudocount };
});
console.log(JSON.stringify(answers, plain));
