"""Points that a person gave reach the scores; those that a student gave do not."""

import pytest

from homework_tools.grading.marking.hand_grades import read_hand_grades
from homework_tools.grading.marking.marks import Mark, Students
from homework_tools.grading.marking.to_read import changed_since, version
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


def test_hand_grades_that_a_student_hands_in_earn_nothing(folder, capsys):
    names = ("grades_by_hand.csv", "late/Grades_by_hand.CSV")
    text = b"student,question,points\nbob,3,3\n"
    path, other = (put(folder / "in", name, text) for name in names)
    rows = run(folder)
    assert (list(rows), rows["bob"]["3"]) == (["alice", "bob", "carol", "dan"], "")
    said = capsys.readouterr()
    assert "Grades by hand" not in said.out
    for each in (path, other):
        assert f"WARNING: {each} was NOT used: a student may have handed it in." in said.err
    assert f"move it to {folder / 'out' / 'grades_by_hand.csv'}" in said.err
    assert "was NOT used" in (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert run(folder, "--by-hand", str(path))["bob"]["3"] == "3"
    said = capsys.readouterr()
    assert f"Grades by hand: {path}\n" in said.out
    assert f"{path} was NOT used" not in said.err


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
    assert "## Question 1a: not read yet\n\n##" in feedback(master, record)
    graded = feedback(master, record | {"marks": {"1a": Mark(1.0)}})
    assert "## Question 1a: 1 of 3\n\nWhat earns points:\n\n- 1: only the randomly" in graded
    assert "\n\n\n" not in graded


PAGE = "student,question,points,comment,earned,version,marker,saved\n"
BOB = Students([("bob", "bob"), ("ada", "ada"), ("XKCDB", "ada")])


def read(folder, master, files, **options):
    paths = [put(folder, name, text.encode()) for name, text in files.items()]
    return read_hand_grades(paths, master, BOB, **options)[0]


def test_two_markers_who_differ_are_both_named_unless_one_is_chosen(tmp_path, master):
    files = {
        "a.csv": PAGE + "bob,3,2,yes,,,Ann,2026-01-01\nada,3,1,,,,Ann,2026-01-01\n",
        "b.csv": PAGE + "bob,3,1,no,,,Ben,2026-01-02\nXKCDB,3,1,,,,Ben,2026-01-02\n",
    }
    words = r"question 3 of bob: 2 points at a\.csv:2, 1 at b\.csv:2\. Agree .* with --prefer"
    with pytest.raises(ValueError, match=words):
        read(tmp_path, master, files)
    grades = read(tmp_path, master, files, chosen="b.csv")
    assert grades == {"bob": {"3": Mark(1, "no")}, "ada": {"3": Mark(1)}}
    with pytest.raises(ValueError, match=r"--prefer c\.csv: no such file .* only: a\.csv, b\.csv"):
        read(tmp_path, master, files, chosen="c.csv")


def test_two_markers_of_two_parts_and_equal_points_merge(tmp_path, master):
    files = {
        "a.csv": PAGE + "bob,3,2,Well said.,on a log,v1,Ann,2026-01-01\n",
        "b.csv": PAGE + "ada,3,1,,,,Ben,2026-01-02\nbob,3,2,Why?,,,Ben,2026-01-02\n",
    }
    grades = read(tmp_path, master, files)
    assert grades["ada"]["3"].points == 1
    assert grades["bob"]["3"] == Mark(2, "Well said.\n\nWhy?", ("on a log",), "v1")


def test_later_file_of_one_marker_replaces_the_earlier_one(tmp_path, master):
    late = "bob,3,1,,,,Ann,2026-01-03\nada,3,,,,,Ann,2026-01-03\n"
    files = {
        "grades_by_hand-Ann (1).csv": PAGE + late,
        "grades_by_hand-Ann.csv": PAGE + "bob,3,2,,,,Ann,2026-01-01\nada,3,1,,,,Ann,2026-01-01\n",
    }
    assert read(tmp_path, master, files) == {"bob": {"3": Mark(1)}}


def test_name_of_two_students_is_refused(tmp_path, master):
    path = put(tmp_path, "g.csv", b"student,question,points\nbob,3,1\n")
    both = Students([("bob", "bob"), ("bob", "bob-2")])
    with pytest.raises(ValueError, match=r"g\.csv:2: 'bob' may be bob or bob-2: write an id"):
        read_hand_grades([path], master, both)


def test_answer_that_was_changed_after_it_was_marked_is_named():
    record = {"student": "a", "name": "Ada", "answers": {"3": "new", "5": "same"}}
    marks = {"3": Mark(1, version=version("old")), "5": Mark(1, version="")}
    (words,) = changed_since([record | {"marks": marks}])
    assert words.startswith("Ada has changed the answer to question 3 since it was marked")
    marks = {"3": Mark(1, version=version("new"))}
    assert changed_since([record | {"marks": marks}]) == []


@pytest.mark.parametrize(
    ("points", "rest"), [(1.5, "- Added 0.5.\n"), (0.5, "- Taken off 0.5.\n"), (1, "")]
)
def test_ticked_lines_are_earned_in_the_feedback_and_the_rest_is_not(master, points, rest):
    first, *_, last = master.code("answer", "1a")[0].rubric
    record = {"student": "a", "name": "a", "fault": "", "flags": [], "notes": [], "tests": []}
    record["answers"] = {"1a": "text"}
    record["marks"] = {"1a": Mark(points, "Nearly.", (first.what,))}
    text = feedback(master, record)
    assert f"Nearly.\n\n- Earned 1: {first.what}\n- Not earned 1: " in text
    assert f"- Not earned 1: {last.what}\n{rest}\n" in text


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
        read_hand_grades([path], master, Students([("bob", "bob")]))


def test_grades_by_hand_of_a_student_who_has_gone_cost_nobody_theirs(folder, capsys):
    lines = "student,question,points\nbob,3,2\nzoe,3,1\n"
    put(folder / "out", "grades_by_hand.csv", lines.encode())
    assert run(folder)["bob"]["3"] == "2"
    words = "grades_by_hand.csv:3: nobody called 'zoe' has handed in; left out"
    assert f"WARNING: {words}" in capsys.readouterr().err
    assert f"\n- {words}\n" in (folder / "out/summary.md").read_text("utf-8")
