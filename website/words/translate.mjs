// Find the words that a script says, and put those of another language in their place: tr`…`, and
// plural(count, "gene"), whose words have the sentence around them as context. English words lose
// their tag and are as they were.

import { parse } from "acorn";
import { ancestor } from "acorn-walk";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const FILLED = /\{(\w+)\}/;
const isTagged = (node) => node.type === "TaggedTemplateExpression" && node.tag.name === "tr";

// The name that a translator sees: that of a variable or an attribute, else a number.
function nameOf(node, place, names) {
  const name = node.name ?? (node.computed ? null : node.property?.name) ?? String(place + 1);
  return names.includes(name) ? String(place + 1) : name;
}

// A sentence as a message, with what fills it: `names` of the `parts`, which are nodes.
function sentenceOf({ quasi }, code) {
  const names = [];
  for (const [place, node] of quasi.expressions.entries()) names.push(nameOf(node, place, names));
  const id = quasi.quasis.map(({ value }, i) => value.cooked + (i in names ? `{${names[i]}}` : "")).join("");
  const comments = names.flatMap((name, i) => {
    const source = code.slice(quasi.expressions[i].start, quasi.expressions[i].end);
    return name === source ? [] : [`{${name}}: ${source.replace(/\s+/g, " ")}`];
  });
  return { id, names, parts: quasi.expressions, comments };
}

// The words of a count as a message.
function countOf(node) {
  const [count, one, many] = node.arguments;
  if (typeof one.value !== "string" || (many && typeof many.value !== "string")) {
    throw new Error("plural() takes its words as they are, in quotes");
  }
  return { id: `{n} ${one.value}`, plural: `{n} ${many?.value ?? `${one.value}s`}`, names: ["n"], parts: [count] };
}

// Return the messages of a script, each with its place in it, the outer ones first.
export function messagesOf(code) {
  const found = [];
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  ancestor(tree, {
    TaggedTemplateExpression(node) {
      if (isTagged(node)) found.push({ node, ...sentenceOf(node, code) });
    },
    CallExpression(node, _, ancestors) {
      if (node.callee.name !== "plural") return;
      const around = ancestors.slice(0, -1).findLast(isTagged);
      found.push({ node, ...countOf(node), context: around ? sentenceOf(around, code).id : "" });
    },
  });
  return found.sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
}

function literal(words, filling) {
  const escaped = words.split(FILLED).map((part, i) => (i % 2 ? `\${${filling(part)}}`
    : part.replace(/[\\`]|\$\{/g, "\\$&")));
  return `\`${escaped.join("")}\``;
}

// Return a script with `words`, { plural, messages }, in the place of its own.
export function translated(code, { plural, messages }) {
  const found = messagesOf(code);

  function write(start, end) {
    let [text, at] = ["", start];
    for (const message of found) {
      const { node } = message;
      if (node.start < at || node.end > end) continue;
      text += code.slice(at, node.start) + said(message);
      at = node.end;
    }
    return text + code.slice(at, end);
  }

  function said({ node, id, names, parts, context = "", plural: isCount }) {
    const words = messages[`${context}\u0004${id}`];
    const part = (name) => write(parts[names.indexOf(name)].start, parts[names.indexOf(name)].end);
    if (!isCount) return words ? literal(words, part) : write(node.quasi.start, node.quasi.end);
    if (!words) return `${code.slice(node.start, parts[0].start)}${part("n")}${code.slice(parts[0].end, node.end)}`;
    const forms = words.map((form) => literal(form, (name) => name));
    return `((n) => [${forms}][Number(${plural})])(${part("n")})`;
  }

  return write(0, code.length);
}

// For esbuild: all of the site's own modules. Where the tag is gone from all of them, so is its file.
export function translate(words) {
  return {
    name: "translate",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /\/words\.mjs$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path),
        sideEffects: false,
      }));
      onLoad({ filter: /website[\\/](lab|python)[\\/].*\.mjs$/ }, async ({ path }) => ({
        contents: translated(await readFile(path, "utf8"), words),
      }));
    },
  };
}
