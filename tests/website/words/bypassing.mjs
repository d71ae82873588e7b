// Print, as JSON, what reads like words in scripts and is not said in the reader's language.

import { parse } from "acorn";
import { ancestor } from "acorn-walk";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

// Two words of a sentence, or one that begins as a sentence does.
const WORDS = /(?<![-\w.#])[A-Za-z’]{2,},? [a-z’]{2,}(?![-\w=])|^ ?[A-Z][a-z]+[.:]? ?$/;
const isSaid = (parent, above) => above?.tag?.name === "tr" || ["plural", "gettext"].includes(parent.callee?.name);
const found = [];
for (const file of process.argv.slice(2)) {
  const note = (text, ancestors) => {
    const [above, parent] = ancestors.slice(-3, -1);
    if (WORDS.test(text) && !isSaid(parent, above)) found.push(`${basename(file)}: ${text}`);
  };
  ancestor(parse(readFileSync(file, "utf8"), { ecmaVersion: "latest", sourceType: "module" }), {
    Literal: ({ value }, _, ancestors) => typeof value === "string" && note(value, ancestors),
    TemplateElement: ({ value }, _, ancestors) => note(value.cooked, ancestors),
  });
}
process.stdout.write(JSON.stringify(found));
