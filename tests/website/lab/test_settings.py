"""What a link or a control may set, and the words for it."""

import json
import re

import pytest

from tasks import ROOT

LAB = ROOT / "website" / "lab"


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
    module = (LAB / "page/settings.mjs").as_uri()
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
    script = f"import {{ SETTINGS }} from {(LAB / 'page/settings.mjs').as_uri()!r}; "
    script += f"const now = {json.dumps(settings)}; "
    script += f"console.log(SETTINGS.{name}.text(now.{name}, now))"
    assert node("--input-type=module", "--eval", script) == f"{words}\n"


def test_page_lists_the_settings_of_a_link_with_their_limits(node):
    module = (LAB / "page/settings.mjs").as_uri()
    controls = (LAB / "page/experiments.mjs").as_uri()
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
    page = (ROOT / "book" / "lab.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"(?m)^- `(\w+)`.*?: (.*)$", page))
    assert set(listed) == set(limits)
    assert {name: listed[name] for name in limits if limits[name]} == {
        name: words for name, words in limits.items() if words
    }
