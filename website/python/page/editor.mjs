// A code editor in the place of a block of code: CodeMirror, with the colors of the site's own code.
// The block stays until a reader enters it: CodeMirror guesses how tall an editor is that was never
// in view, so that a link would miss its heading.

import { acceptCompletion, autocompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching, HighlightStyle, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { highlightCode, tags } from "@lezer/highlight";

import { html as make } from "../../lab/page/elements.mjs";

// The classes that Pygments gives, so the theme colors code alike, edited or not.
const COLORS = HighlightStyle.define([
  { tag: tags.keyword, class: "k" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: [tags.string, tags.special(tags.string)], class: "s1" },
  { tag: tags.number, class: "mi" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.operator, class: "o" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
]);
const LOOK = EditorView.theme({
  "&": { fontSize: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-content": { padding: "0", caretColor: "currentColor" },
  ".cm-line": { padding: "0" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid" },
  ".cm-tooltip": { color: "inherit", backgroundColor: "var(--pst-color-surface)", border: "1px solid" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--pst-color-background)",
    backgroundColor: "var(--pst-color-primary)",
  },
});

// Names come by Ctrl-Space, and after a dot; `complete(source, position)` returns null or what begins
// where, and nothing more is shown once a name is whole.
function named(complete) {
  return async ({ state, pos, explicit }) => {
    const source = state.doc.toString();
    if (!explicit && !/\.\w*$/.test(source.slice(0, pos))) return null;
    const found = await complete(source, pos);
    if (!found) return null;
    const isWhole = (text) => found.names.includes(text);
    if (!explicit && isWhole(source.slice(found.from, pos))) return null;
    const options = found.names.map((label) => ({ label }));
    return { from: found.from, options, validFor: (text) => /^\w*$/.test(text) && !isWhole(text) };
  };
}

// Sphinx takes a slash on a page for its search, and would let none into an editor.
function keepSlash(event) {
  if (event.key === "/") event.stopPropagation();
}

// Return code as nodes, colored as in an editor.
function colored(source) {
  const pieces = [];
  const add = (text, name) => pieces.push(name ? make("span", { class: name }, text) : text);
  highlightCode(source, pythonLanguage.parser.parse(source), COLORS, add, () => pieces.push("\n"));
  return pieces;
}

// `block` shows the `source`. `run(on)` runs the cell, and goes `on` to the next after
// Shift-Enter; `change()` hears of edits, `enter()` that a reader is about to write.
export function makeEditor({ block, source, label, describedBy, run, change, enter, complete }) {
  let view = null;
  const keys = [
    { key: "Mod-Enter", run: () => (run(false), true) },
    { key: "Shift-Enter", run: () => (run(true), true) },
    { key: "Tab", run: acceptCompletion },
  ];
  const extensions = () => [
    keymap.of([...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    history(),
    indentOnInput(),
    bracketMatching(),
    autocompletion({ override: [named(complete)], icons: false, maxRenderedOptions: 8 }),
    EditorView.domEventHandlers({ focus: enter, keydown: keepSlash }),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    EditorView.lineWrapping, // a box that scrolls would be one more stop for the keyboard
    new LanguageSupport(pythonLanguage),
    syntaxHighlighting(COLORS),
    LOOK,
    EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
    EditorView.updateListener.of((update) => update.docChanged && change()),
  ];
  const open = () => {
    if (view) return view;
    view = new EditorView({ doc: source, extensions: extensions() });
    block.replaceWith(view.dom);
    return view;
  };
  const names = { role: "textbox", "aria-multiline": "true", "aria-label": label };
  Object.assign(names, { "aria-describedby": describedBy, tabindex: "0" });
  for (const [name, value] of Object.entries(names)) block.setAttribute(name, value);
  let isPressed = false;
  block.addEventListener("pointerdown", () => (isPressed = true));
  block.addEventListener("focus", () => isPressed || open().focus());
  block.addEventListener("click", ({ clientX: x, clientY: y }) => {
    if (!getSelection().isCollapsed) return; // a reader may copy what the mouse has marked
    open().focus();
    view.dispatch({ selection: { anchor: view.posAtCoords({ x, y }, false) } });
  });
  return {
    read: () => (view ? view.state.doc.toString() : source),
    write(text) {
      if (view) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      else {
        block.replaceChildren(...colored((source = text)));
        change();
      }
    },
    focus: () => open().focus(),
  };
}
