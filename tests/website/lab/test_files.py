"""The script that a page loads holds the modules as they are, and is small."""

import gzip
import json
import re

import pytest

from rnaseq_hw.volcano import TRUTH_STYLES
from website.extensions.blocks.lab import EXPERIMENTS
from website.extensions.blocks.lab_files import ENGINE, PAGE, SOURCES, bundle, stylesheet

LIMIT = 15_000  # bytes on the wire, script and styles together


def test_bundle_holds_every_module():
    assert sorted(f"{path.parent.name}/{path.stem}" for path in SOURCES.rglob("*.mjs")) == sorted(
        [*ENGINE, *PAGE]
    )


def test_bundle_is_one_classic_script(node, tmp_path):
    script = tmp_path / "lab.js"
    script.write_text(bundle(), encoding="utf-8")
    node("--check", script)
    assert not re.search(r"\b(import|export)[ {]", bundle())


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.mjs")), ids=lambda path: path.stem)
def test_no_template_stands_in_another(path):
    """The minifier takes the inner one for code, and its spaces away."""
    assert re.findall(r"`[^`\n]*\$\{[^}`\n]*`.*", path.read_text(encoding="utf-8")) == []


def test_modules_give_no_name_twice():
    """In the bundle they share a scope, where a second function replaces the first in silence."""
    declared = r"(?m)^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)"
    texts = [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.mjs")]
    names = [name for text in texts for name in re.findall(declared, text)]
    assert len(names) > 50
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("name", [name for name in PAGE if name != "page/page"])
def test_module_can_be_imported(name, node):
    """Also a wrong or missing `import` shows, which the bundle would hide."""
    node("--input-type=module", "--eval", f"import {(SOURCES / f'{name}.mjs').as_uri()!r}")


def test_script_and_styles_are_small():
    sent = [gzip.compress(text.encode("utf-8"), 9) for text in (bundle(), stylesheet())]
    assert sum(map(len, sent)) < LIMIT


def test_experiments_of_the_directive_are_those_of_the_script():
    text = (SOURCES / "page/experiments.mjs").read_text(encoding="utf-8")
    assert tuple(re.findall(r"(?m)^  (\w+): \{$", text)) == EXPERIMENTS


def test_colors_are_those_of_the_figures():
    names = ("unshifted", "fp", "missed", "tp")
    wanted = {
        name: style["color"] for name, style in zip(names, TRUTH_STYLES.values(), strict=True)
    }
    light = dict(re.findall(r"--(\w+): ?(#\w+);", stylesheet().split("}")[0]))
    assert {name: light[name] for name in names} == wanted


@pytest.mark.parametrize(
    ("link", "values", "fault"),
    [
        ("#lab?shift_size=0&seed=45", {"shift_size": 0, "seed": 45}, ""),
        ("#lab?test=welch&adjust=bh&zoom=1", {"test": "welch", "adjust": "bh", "zoom": 1}, ""),
        ("#a-heading", {}, ""),
        ("#lab?shift_size=99", {}, "shift_size is a number from 0 to 5"),
        ("#lab?shift_size=", {}, "shift_size is a number from 0 to 5"),
        ("#lab?seed=1.5", {}, "seed is a whole number from 0 to 4294967295"),
        ("#lab?test=toString", {}, "test is student or welch"),
        ("#lab?zoom=yes", {}, "zoom is 0 or 1"),
        ("#lab?pi=3&alpha=0.01", {"alpha": 0.01}, "there is no pi here"),
        ("#lab?lab=whole&alpha=0.01", {"alpha": 0.01}, ""),
        ("#lab?lab=volcan&alpha=0.01", {"alpha": 0.01}, "there is no volcan here"),
    ],
)
def test_link_restores_what_is_good_and_names_what_is_not(link, values, fault, node):
    module = (SOURCES / "page/settings.mjs").as_uri()
    names = ["shift_size", "seed", "test", "adjust", "zoom", "alpha"]
    script = f"import {{ readLink }} from {module!r}; "
    script += f"console.log(JSON.stringify(readLink({link!r}, {names!r}, 'whole')))"
    found = json.loads(node("--input-type=module", "--eval", script))
    assert found["values"] == values
    assert fault in "".join(found["faults"])
    assert bool(fault) == bool(found["faults"])


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("n_shift", {"n_shift": 1, "n_genes": 1000}, "0.1 %, 1 gene"),
        ("n_shift", {"n_shift": 10, "n_genes": 1000}, "1 %, 10 genes"),
        ("alpha", {"alpha": 0.05, "adjust": "raw"}, "p < 0.05"),
        ("alpha", {"alpha": 0.05, "adjust": "bh"}, "adjusted p ≤ 0.05"),
    ],
)
def test_control_says_its_value_with_the_unit(name, settings, words, node):
    script = f"import {{ SETTINGS }} from {(SOURCES / 'page/settings.mjs').as_uri()!r}; "
    script += f"const now = {json.dumps(settings)}; "
    script += f"console.log(SETTINGS.{name}.text(now.{name}, now))"
    assert node("--input-type=module", "--eval", script) == f"{words}\n"


def test_page_lists_the_settings_of_a_link_with_their_limits(node):
    module = (SOURCES / "page/settings.mjs").as_uri()
    controls = (SOURCES / "page/experiments.mjs").as_uri()
    script = f"import {{ SETTINGS, limits }} from {module!r}; "
    script += f"import {{ EXPERIMENTS }} from {controls!r}; const told = {{}}; "
    script += "for (const name of [...EXPERIMENTS.whole.controls, 'truth']) { "
    script += "const each = SETTINGS[name]; "
    script += (
        "told[name] = each.range || each.stops ? limits(each).slice(0, 2).join(' to ') : ''; } "
    )
    limits = json.loads(
        node("--input-type=module", "--eval", script + "console.log(JSON.stringify(told))")
    )
    page = (SOURCES.parents[1] / "book" / "lab.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"(?m)^- `(\w+)`.*?: (.*)$", page))
    assert set(listed) == set(limits)
    assert {name: listed[name] for name in limits if limits[name]} == {
        name: words for name, words in limits.items() if words
    }
