"""Points that a person gave reach the scores; those that a student gave do not."""

import pytest

from homework_tools.grading.by_hand import read_hand_grades
from homework_tools.grading.reports.feedback import feedback
from tests.homework_tools.submissions import (
    put,
    run,
)


def test_grades_by_hand_are_merged(folder):
    lines = "student;question;points;comment\nbob;3;2,5;nearly\nbob;1a;;\n"
    put(folder / "out", "grades_by_hand.csv", lines.encode("utf-8-sig"))
    row = run(folder)["bob"]
    assert (row["3"], row["total"], row["flags"]) == ("2.5", "28.5", "")
    feedback = (folder / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "**28.5 of 40 points**" in feedback
    assert "## Question 3: 2.5 of 3\n\nnearly\n\nWhat earns points:\n\n- 1: on a log" in feedback
    assert "## Question 5: 0 of 3\n\nNo answer was found in the notebook." in feedback
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert "## Scores, out of 40" in summary
    assert "| 3 | 0.83 | 3 | 0 of 3 |" in summary


@pytest.mark.parametrize("name", ["grades_by_hand.csv", "late/Grades_by_hand.CSV"])
def test_hand_grades_that_a_student_hands_in_earn_nothing(folder, capsys, name):
    path = put(folder / "in", name, b"student,question,points\nbob,3,3\n")
    rows = run(folder)
    assert (list(rows), rows["bob"]["3"]) == (["alice", "bob", "carol", "dan"], "")
    said = capsys.readouterr()
    assert "Grades by hand" not in said.out
    assert f"WARNING: {path} was NOT used: a student may have handed it in." in said.err
    assert f"move it to {folder / 'out' / 'grades_by_hand.csv'}" in said.err
    assert "was NOT used" in (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert run(folder, "--by-hand", str(path))["bob"]["3"] == "3"
    said = capsys.readouterr()
    assert f"Grades by hand: {path}\n" in said.out
    assert "NOT used" not in said.err


def test_text_graded_by_hand_without_a_comment_shows_what_earns_points(master):
    record = {
        "student": "a",
        "name": "a",
        "fault": "",
        "flags": [],
        "notes": [],
        "tests": [],
        "answers": {"1a": "text"},
    }
    assert "## Question 1a: not read yet\n\n##" in feedback(master, record, {})
    graded = feedback(master, record, {("a", "1a"): (1.0, "")})
    assert "## Question 1a: 1 of 3\n\nWhat earns points:\n\n- 1: only the randomly" in graded
    assert "\n\n\n" not in graded


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("student,points\n", "g.csv:1: no column 'question'"),
        ("student,question,points\nbob,2,1\n", "g.csv:2: '2' is no free-text question"),
        ("student,question,points\nbob,3,4\n", "g.csv:2: points must be .* 0 to 3, not '4'"),
        ("student,question,points\nbob,3,x\n", "g.csv:2: points must be"),
        ("student,question,points\nbob,3,nan\n", "g.csv:2: points must be"),
        ("student,question,points\nbob,3,1\nbob,3,2\n", "g.csv:3: .* graded twice"),
        ("student,question,points\nbob,3,tr\udce8s\n", "g.csv:2: not in UTF-8; in Excel"),
    ],
)
def test_grades_by_hand_that_cannot_be_are_refused(tmp_path, master, lines, message):
    path = put(tmp_path, "g.csv", lines.encode(errors="surrogateescape"))
    with pytest.raises(ValueError, match=message):
        read_hand_grades(path, master, {"bob": "bob"})


def test_grades_by_hand_of_a_student_who_has_gone_cost_nobody_theirs(folder, capsys):
    lines = "student,question,points\nbob,3,2\nzoe,3,1\n"
    put(folder / "out", "grades_by_hand.csv", lines.encode())
    assert run(folder)["bob"]["3"] == "2"
    words = "grades_by_hand.csv:3: nobody named 'zoe' has handed in; left out"
    assert f"WARNING: {words}" in capsys.readouterr().err
    assert f"\n- {words}\n" in (folder / "out/summary.md").read_text("utf-8")
