"""A run says which scores have changed since the last one, and why."""

import csv
from copy import deepcopy
from pathlib import Path

import pytest

from homework_tools.grading.marking.adjustments import Adjustment
from homework_tools.grading.marking.marks import Mark
from homework_tools.grading.reports.changes import _said, find_changes, report_changes, snapshot


@pytest.fixture
def record(master):
    tests = [{"question": cell.question, "points": 0} for cell in master.code("hidden-test")]
    found = {"student": "ada", "name": "Ada", "fault": "", "tests": tests, "adjusted": {}}
    facts = {"due": "2 February", "listed": "not on the class list"}
    return found | {"answers": {"3": "text"}} | facts


def shot(master, record, marks=(), digest="1", **changed):
    return snapshot(master, [record | {"digest": digest, "marks": dict(marks)}]) | changed


def changes(before, after):
    keys = ("student", "what", "before", "now", "total", "why")
    return [tuple(row[key] for key in keys) for row in find_changes(before, after)]


def better(record, question="1c"):
    record = deepcopy(record)
    next(test for test in record["tests"] if test["question"] == question)["points"] = 1
    return record


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"digest": "2"}, "new file"),
        ({"homework": "other"}, "new version of the homework"),
        ({"grader": "other"}, "new version of the grader"),
        ({"limits": "other"}, "another sandbox or time limit"),
        ({"digest": "2", "homework": "x"}, "new file; new version of the homework"),
        ({}, "not known: perhaps a time limit"),
    ],
)
def test_points_of_a_test_change_by_what_it_depends_on(master, record, changed, why):
    before, after = shot(master, record), shot(master, better(record), **changed)
    assert changes(before, after) == [("Ada", "question 1c", "0", "1", "1", why)]
    assert changes(before, shot(master, record, **changed)) == []


def test_hand_grade_and_adjustment_are_the_reason_even_with_a_new_file(master, record):
    marked = shot(master, record, {"3": Mark(2)}, digest="2")
    assert changes(shot(master, record), marked) == [
        ("Ada", "question 3", "", "2", "2", "hand grade")
    ]
    said = _said(find_changes(shot(master, record), marked), Path("changes.csv"))
    assert said[-1] == "  answers marked for the first time: 1"
    record = record | {"adjusted": {"3": Adjustment(1, "copied")}}
    adjusted = shot(master, record, {"3": Mark(2)})
    assert changes(marked, adjusted) == [("Ada", "question 3", "2", "1", "1", "adjustment: copied")]
    assert changes(adjusted, marked)[0][-1] == "adjustment taken back"


def test_class_list_changes_facts_and_files_come_and_go(master, record):
    one = shot(master, record)
    late = shot(master, record | {"due": "9 February", "listed": ""})
    assert changes(one, late) == [
        ("Ada", "due", "2 February", "9 February", "0", "class list or due date"),
        ("Ada", "listed", "not on the class list", "", "0", "class list or due date"),
    ]
    assert changes(one, one | {"students": {}}) == [
        ("Ada", "total", "0", "", "", "no file any more")
    ]
    assert changes(one | {"students": {}}, one) == [
        ("Ada", "total", "", "0", "0", "new submission")
    ]


def test_changes_are_added_to_a_file_and_nothing_is_said_of_no_change(master, record, tmp_path):
    record["name"] = "=Ada\x1b"
    one, two = shot(master, record), shot(master, better(record))
    assert report_changes(tmp_path, one) == []
    assert report_changes(tmp_path, one) == []
    assert not (tmp_path / "changes.csv").exists()
    head, line = report_changes(tmp_path, two)
    assert head.startswith("Changed since the last run")
    assert line == r"  =Ada\x1b, question 1c: 0 → 1 (not known: perhaps a time limit)"
    report_changes(tmp_path, one)
    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["now"]) for row in rows] == [
        ("'=Ada\\x1b", "1"),
        ("'=Ada\\x1b", "0"),
    ]
    (tmp_path / "last_run.json").write_text("{")
    assert report_changes(tmp_path, two) == []
