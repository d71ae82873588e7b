"""The site's own scripts are bundled as pages need them, and the lab's is small."""

import gzip
import json
import re

import pytest

from rnaseq_hw.volcano import TRUTH_STYLES
from tasks import ROOT
from website.extensions.blocks.lab import EXPERIMENTS, SCRIPT, STYLE, lab_defaults
from website.extensions.blocks.scripts import write_scripts
from website.node import run_node

LAB = ROOT / "website" / "lab"
NO_WORDS = {"messages": {}}
LIMIT = 20 * 1024  # bytes on the wire, the lab's script and styles together
AS_A_WORKER = """
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const [script, engine, settings] = process.argv.slice(1);
const { analyze } = await import(engine);
const answers = [];
const worker = { postMessage: (answer) => answers.push(answer) };
runInNewContext(readFileSync(script, "utf8"), worker);
worker.onmessage({ data: JSON.parse(settings) });
console.log(JSON.stringify([...answers, analyze(JSON.parse(settings))]));
"""


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """Return a folder with the scripts of a site that has Python."""
    folder = tmp_path_factory.mktemp("static")
    write_scripts(folder, folder / "writer.mjs", NO_WORDS, with_python=True)
    return folder


def test_script_and_styles_of_the_lab_are_small(static):
    sent = [gzip.compress((static / name).read_bytes(), 9) for name in (SCRIPT, STYLE)]
    assert sum(map(len, sent)) < LIMIT


def test_no_script_is_empty(static):
    assert [path.name for path in static.rglob("*.*js") if not path.stat().st_size] == []


def test_a_worker_runs_the_text_of_the_lab_s_script(static):
    settings = lab_defaults(44) | {"test": "student", "adjust": "raw"}
    engine = (LAB / "engine" / "simulation.mjs").as_uri()
    arguments = [static / SCRIPT, engine, json.dumps(settings)]
    printed = run_node("--input-type=module", "--eval", AS_A_WORKER, "--", *arguments)
    answer, expected = json.loads(printed)
    assert answer == expected
    assert len(answer["log10p"]) == settings["n_genes"]


def test_every_module_of_the_lab_is_used():
    modules = {path.name: path.read_text(encoding="utf-8") for path in LAB.rglob("*.mjs")}
    used = {name for text in modules.values() for name in re.findall(r'/([\w-]+\.mjs)"', text)}
    assert {name for name in modules if name not in used} == {"script.mjs", "write.mjs"}


def test_experiments_of_the_directive_are_those_of_the_script():
    text = (LAB / "page" / "experiments.mjs").read_text(encoding="utf-8")
    assert tuple(re.findall(r"(?m)^  (\w+): \{$", text)) == EXPERIMENTS


def test_colors_are_those_of_the_figures(static):
    names = ("unshifted", "fp", "missed", "tp")
    wanted = {
        name: style["color"] for name, style in zip(names, TRUTH_STYLES.values(), strict=True)
    }
    light = dict(re.findall(r"--(\w+): ?(#\w+);", (static / STYLE).read_text().split("}")[0]))
    assert {name: light[name] for name in names} == wanted


def test_pages_of_a_site_with_python_have_their_scripts_and_what_these_load(static):
    made = {path.name: path.read_text(encoding="utf-8") for path in static.glob("python/*.mjs")}
    assert {"chapter.mjs", "homework.mjs"} < set(made)
    loaded = {name for text in made.values() for name in re.findall(r'"\./([\w-]+\.mjs)"', text)}
    assert loaded == set(made) - {"chapter.mjs", "homework.mjs"}
    assert (static / "python" / "notebook.css").is_file()
    assert "Permission is hereby granted" in (
        static / "python" / "CodeMirror-LICENSE.txt"
    ).read_text(encoding="utf-8")


def test_a_site_without_python_has_the_lab_alone(tmp_path):
    write_scripts(tmp_path / "static", tmp_path / "writer.mjs", NO_WORDS, with_python=False)
    assert [path.name for path in (tmp_path / "static").iterdir()] == ["lab"]
