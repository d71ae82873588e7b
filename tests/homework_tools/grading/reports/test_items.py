"""Discrimination is what SciPy computes; where it cannot be known, the page says so."""

import re

import numpy as np
import pytest
from scipy import stats

from homework_tools.grading.marking.adjustments import Adjustment
from homework_tools.grading.reports.items import (
    FEW,
    discrimination,
    explained,
    shown,
    spread,
    table_of_tests,
)
from homework_tools.grading.reports.summary import summary


def record(master, student, failed=(), words="delta has the wrong sign: it is x"):
    """Return what a student got who failed the tests at these places."""
    results = []
    for place, cell in enumerate(master.code("hidden-test")):
        lost = place in failed
        results.append({"question": cell.question, "title": cell.title, "out_of": cell.points})
        results[-1] |= {"points": 0 if lost else cell.points, "feedback": words if lost else ""}
    empty = {cell.question: "" for cell in master.code("answer")}
    return {"student": student, "name": student, "file": "", "fault": "", "flags": []} | {
        "notes": [],
        "tests": results,
        "answers": empty,
    }


def test_discrimination_is_the_point_biserial_correlation_with_the_rest():
    rng = np.random.default_rng(3)
    for _ in range(20):
        passed = rng.integers(0, 2, 40)
        total = 2 * passed + rng.integers(0, 30, 40)
        expected = stats.pointbiserialr(passed, total - 2 * passed).statistic
        item = (2 * passed).tolist()
        assert discrimination(item, total.tolist()) == pytest.approx(expected, abs=1e-12)


def test_rest_leaves_the_item_out():
    item = [0, 1] * FEW
    assert discrimination(item, [5 + points for points in item]) is None
    assert discrimination(item, [2 * points for points in item]) == pytest.approx(1)
    assert discrimination(item, [0 * points for points in item]) == pytest.approx(-1)


def test_rests_that_differ_by_rounding_alone_are_the_same():
    item = [0.1, 0.2] * FEW
    assert discrimination(item, [0.7 + points for points in item]) is None


def test_points_given_back_by_hand_do_not_lower_a_test(master):
    cells = master.code("hidden-test")
    lost = [place for place, cell in enumerate(cells) if cell.question == "4b"]
    others = [place for place in range(len(cells)) if place not in lost]
    rng = np.random.default_rng(5)
    records = []
    for number in range(20):
        failed = lost if number % 2 else []
        records.append(record(master, f"s{number}", {*failed, *rng.choice(others, 3)}))
    row = re.compile(r"^\| 4b \| (?!\d).*$", re.MULTILINE)
    before = row.findall(summary(master, records).split("## Tests")[1])
    for each in records:
        each["adjusted"] = {"4b": Adjustment(master.points("4b"), "The test was wrong.")}
    assert before
    assert row.findall(summary(master, records).split("## Tests")[1]) == before


@pytest.mark.parametrize(
    ("item", "total"),
    [([1] * 20, list(range(20))), ([0, 1, 1] * 3, list(range(9))), ([], [])],
)
def test_discrimination_of_a_constant_item_or_a_small_class_is_unknown(item, total):
    assert discrimination(item, total) is None
    assert shown(None) == "–"


def test_words_say_what_a_dash_means_and_how_sure_the_numbers_are():
    assert "“–” is shown where fewer than 10 students are graded" in explained(3)[0]
    assert "With 26 students, chance alone moves it by about 0.20." in explained(26)[0]
    assert ["chance alone" in explained(students)[0] for students in (9, 10)] == [False, True]
    assert (spread([1.0]), bool(spread([1.0, 2.0]))) == ([], True)
    assert spread([0, 10, 20, 30, 40])[1].startswith("Mean 20.0, median 20; the middle half")


def test_table_has_each_test_with_its_share_and_its_discrimination(master):
    rng = np.random.default_rng(5)
    count = len(master.code("hidden-test"))
    failed = [set(np.flatnonzero(rng.random(count) < chance)) for chance in rng.random(30)]
    records = [record(master, f"s{n}", places) for n, places in enumerate(failed)]
    points = np.array([[test["points"] for test in each["tests"]] for each in records])
    totals = points.sum(axis=1)
    rows = table_of_tests(master, records, totals.tolist())[2:]
    assert len(rows) == count
    for place, row in enumerate(rows):
        passed = points[:, place] > 0
        expected = stats.pointbiserialr(passed, totals - points[:, place]).statistic
        share = f"{passed.sum()} of 30 ({passed.mean():.0%})".replace("%", " %")
        assert row.endswith(f" | {share} | {shown(expected)} |")
        assert row.startswith(f"| {master.code('hidden-test')[place].question} | ")
    page = summary(master, records)
    assert all(row in page for row in rows)
    question = rows[0].split(" | ")[0].removeprefix("| ")
    own = [n for n, test in enumerate(records[0]["tests"]) if test["question"] == question]
    both = points[:, own].sum(axis=1)
    expected = stats.pearsonr(both, totals - both).statistic
    questions = page.split("## Questions")[1].split("##")[0].split("\n")
    (line,) = [line for line in questions if line.startswith(f"| {question} | ")]
    assert line.endswith(f" | {shown(expected)} |")


def test_class_of_which_nothing_is_graded_has_a_page(master):
    page = summary(master, [])
    assert "No submission was graded." in page
    assert "The tests found none." in page
