"""Genes with gaps, of one value, or constant: the browser's tests follow R's rules."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tasks import ROOT

LAB = ROOT / "website" / "lab"
CASES = pd.read_csv(
    Path(__file__).parents[2] / "data" / "edge_cases.csv", dtype=str, keep_default_na=False
)
READABLE = r"^(?:(?:[\d.e+-]+|nan) ?)+$"  # words and infinities: what the package refuses
CASES = CASES[CASES.control.str.match(READABLE) & CASES.treatment.str.match(READABLE)]
BARELY = "-1 -1.000000000000003"  # a standard error of 9.9 epsilons is rounding to R
CONSTANT = pd.DataFrame({"control": ["0 0", BARELY]})
CONSTANT = CONSTANT.assign(treatment=CONSTANT["control"], rec_t="nan", rec_p="nan")
CASES = pd.concat([CASES, CONSTANT], ignore_index=True).fillna("")

SCRIPT = """
import { readFileSync } from "node:fs";
import { compare } from %r;
const read = (values) => values.map((value) => (value === null ? NaN : value));
const plain = (key, value) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
const answers = JSON.parse(readFileSync(0, "utf8")).map(([control, treatment, test]) =>
  compare(Float64Array.from(read([...control, ...treatment])), control.length, test));
console.log(JSON.stringify(answers, plain));
"""


@pytest.fixture(scope="module")
def answers(node, tmp_path_factory):
    """Return the browser's tests of all cases: a DataFrame for Student's, one for Welch's."""
    script = tmp_path_factory.mktemp("edge") / "edge.mjs"
    script.write_text(SCRIPT % (LAB / "engine" / "ttest.mjs").as_uri(), encoding="utf-8")
    both = {}
    for test in ("student", "welch"):
        pairs = zip(CASES.control, CASES.treatment, strict=True)
        asked = [(values(c), values(t), test) for c, t in pairs]
        both[test] = pd.DataFrame(json.loads(node(script, text=json.dumps(asked)))).astype(float)
    return both


def values(text):
    return [None if each == "nan" else float(each) for each in text.split()]


def test_there_are_enough_cases():
    assert len(CASES) > 20


def test_student_follows_the_recommended_values(answers):
    found = answers["student"]
    t, p = (CASES[column].astype(float).to_numpy() for column in ("rec_t", "rec_p"))
    np.testing.assert_allclose(found["t"], t, rtol=0, atol=1e-10)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(found["log10p"], np.log10(p), rtol=0, atol=1e-10)


def test_welch_follows_r_where_r_has_an_answer(answers):
    found = answers["welch"]
    has = ((CASES["R_welch_error"] == "") & ~CASES["R_welch_p"].isin(["", "NaN", "nan"])).to_numpy()
    assert has.sum() > 7
    p = CASES.loc[has, "R_welch_p"].astype(float)
    np.testing.assert_allclose(found.loc[has, "log10p"], np.log10(p), rtol=0, atol=1e-10)
    few = CASES["R_welch_error"].str.startswith("not enough").to_numpy()
    assert found.loc[few, "log10p"].isna().all()
