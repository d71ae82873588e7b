// Show the outputs of a cell as a notebook does, in the look of the book's own.

import { sanitized } from "../engine/sanitize.mjs";
import { html as make } from "../../lab/page/elements.mjs";
import { text } from "./notebook_file.mjs";
import { tr } from "../../words/words.mjs";

function printed(words, kind) {
  const block = make("pre", { tabindex: "0" }, words);
  return make("div", { class: `output ${kind}` }, make("div", { class: "highlight" }, block));
}

function table(html) {
  const content = sanitized(html);
  for (const head of content.querySelectorAll("th")) {
    if (head.textContent.trim()) head.scope = head.closest("thead") ? "col" : "row";
    else head.replaceWith(make("td")); // it heads nothing
  }
  for (const each of content.querySelectorAll("table")) each.className = "dataframe table";
  return make("div", { class: "output text_html", tabindex: "0" }, content);
}

function figure(output) {
  const alt = output.metadata.alt ?? tr`The figure that this cell draws`;
  const { width, height } = output.metadata["image/png"] ?? {};
  const source = `data:image/png;base64,${output.data["image/png"]}`;
  const size = width ? { width, height } : {};
  return make("div", { class: "output image_png" }, make("img", { src: source, alt, ...size }));
}

// Return the element that shows one output, in the form of a notebook file.
export function drawn(output) {
  const data = output.data ?? {};
  if (output.output_type === "error") return printed(output.traceback.join("\n"), "traceback");
  if (output.output_type === "stream") return printed(text(output.text), "stream");
  if (data["image/png"]) return figure(output);
  if (data["text/html"]) return table(text(data["text/html"]));
  return printed(text(data["text/plain"] ?? ""), "text_plain");
}

// Add an output to those of a cell; what is printed piece by piece becomes one. Says whether it did.
export function joinedTo(outputs, output) {
  const last = outputs.at(-1);
  const same = last?.output_type === "stream" && output.output_type === "stream";
  if (!same || last.name !== output.name) {
    outputs.push(output);
    return false;
  }
  last.text += output.text;
  return true;
}
