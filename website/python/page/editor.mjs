// A code editor in the place of a block of code: CodeMirror, with the colors of the site's own code.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching, HighlightStyle, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

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
});

// `run(on)` runs the cell, and goes `on` to the next after Shift-Enter; `change()` hears of edits.
export function makeEditor({ parent, source, label, describedBy, run, change }) {
  const keys = [
    { key: "Mod-Enter", run: () => (run(false), true) },
    { key: "Shift-Enter", run: () => (run(true), true) },
  ];
  const view = new EditorView({
    parent,
    doc: source,
    extensions: [
      keymap.of([...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      history(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorView.lineWrapping, // a box that scrolls would be one more stop for the keyboard
      new LanguageSupport(pythonLanguage),
      syntaxHighlighting(COLORS),
      LOOK,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
      EditorView.updateListener.of((update) => update.docChanged && change()),
    ],
  });
  return {
    read: () => view.state.doc.toString(),
    write: (text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
  };
}
