"""What the scripts say is found, is said in another language, and none of it is passed over."""

import json
from pathlib import Path

import pytest

from tasks import ROOT
from website.node import run_node

TRANSLATE = (ROOT / "website" / "words" / "translate.mjs").as_uri()
BYPASSING = Path(__file__).with_name("bypassing.mjs")
PLACES = ("website/lab", "website/python", "homework_tools")
SCRIPTS = sorted(path for place in PLACES for path in (ROOT / place).rglob("*.mjs"))
NO_WORDS = {  # keys, names, errors' kinds, classes
    "gene_reader.mjs: Gene", "gene_reader.mjs: Escape", "gene_reader.mjs: Enter",
    "p_values.mjs: Escape", "controls.mjs: Student", "controls.mjs: Welch",
    "engine.mjs: import importlib; importlib.invalidate_caches()", "cells.mjs: Stopped",
    "editor.mjs: Tab", "outputs.mjs: dataframe table", "python.mjs: Stopped",
    "page.mjs: Escape", "page.mjs: Enter", "page.mjs: textarea, select, input:not([type=checkbox])",
}  # fmt: skip
RUN = """
import { readFileSync } from "node:fs";
const { translated } = await import(process.argv[1]);
const { code, words } = JSON.parse(readFileSync(0, "utf8"));
const tr = (strings, ...values) => String.raw(strings, ...values);
const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const said = new Function("tr", "plural", "n", "rate", `return ${translated(code, words)}`);
console.log(JSON.stringify([1, 2].map((n) => said(tr, plural, n, { value: 0.5 }))));
"""
CODE = "tr`Of ${plural(n, 'gene')} a share of ${rate.value}${n > 1 ? tr`, and more` : ''}`"
SENTENCE = "Of {1} a share of {value}{3}"
GERMAN = {
    f"\4{SENTENCE}": "{value} von `{1}`{3}",
    f"{SENTENCE}\4{{n}} gene": ["{n} Gen", "{n} Genen"],
    "\4, and more": " und ${ mehr }",
}


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ({}, ["Of 1 gene a share of 0.5", "Of 2 genes a share of 0.5, and more"]),
        (GERMAN, ["0.5 von `1 Gen`", "0.5 von `2 Genen` und ${ mehr }"]),
    ],
)
def test_a_sentence_is_said_in_the_order_and_the_number_of_its_language(messages, said):
    text = json.dumps({"code": CODE, "words": {"plural": "(n != 1)", "messages": messages}})
    printed = run_node("--input-type=module", "--eval", RUN, "--", TRANSLATE, text=text)
    assert json.loads(printed) == said


def test_no_words_of_a_script_are_outside_of_the_catalogue():
    assert len(SCRIPTS) > 40
    assert set(json.loads(run_node(BYPASSING, *SCRIPTS))) == NO_WORDS


def test_words_that_are_passed_over_are_found(tmp_path):
    script = tmp_path / "a.mjs"
    script.write_text("said(tr`It is ${n ? 'not here' : tr`quite here`}`, 'Stop', 'a-b c')")
    assert json.loads(run_node(BYPASSING, script)) == ["a.mjs: not here", "a.mjs: Stop"]
