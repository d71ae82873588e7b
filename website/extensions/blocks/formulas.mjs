// Turn formulas into MathML. Each line of standard input is `[tex, isDisplayed]`, each line of
// standard output `{mathml}` or `{error}`.

import { createInterface } from "node:readline";
import temml from "temml";

function answer(tex, isDisplayed) {
  try {
    return { mathml: temml.renderToString(tex, { displayMode: isDisplayed, throwOnError: true }) };
  } catch (error) {
    return { error: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(...JSON.parse(line))));
}
