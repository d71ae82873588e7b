"""Adjustments come last, with their reason, and a row that can't be is named."""

import pytest

from homework_tools.grading.marking.adjustments import Adjustment, read_adjustments
from homework_tools.grading.marking.marks import Students
from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.reports.scores import points, total
from homework_tools.grading.reports.summary import summary
from homework_tools.master.read import read_master
from tests.homework_tools.submissions import put, run

HEADER = "student,question,new_points,reason\n"


def test_adjustments_come_last_and_are_shown_with_their_reason(folder):
    put(folder / "out", "grades_by_hand.csv", b"student,question,points\nbob,3,1\n")
    assert run(folder)["bob"]["total"] == "27"
    lines = (
        'bob,4b,2,"ties may be in any order, see the forum"\nbob,3,"2,5",the lecture was wrong\n'
    )
    put(folder / "out", "adjustments.csv", (HEADER + lines).encode())
    row = run(folder)["bob"]
    assert (row["4b"], row["3"], row["total"]) == ("2", "2.5", "30.5")
    said = "question 4b: 0 → 2, ties may be in any order, see the forum"
    assert row["adjusted"] == f"{said}; question 3: 1 → 2.5, the lecture was wrong"
    page = (folder / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "## Question 4b: 2 of 2\n\nChanged from 0 to 2 by your instructor: ties may be" in page
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert f"## Adjusted\n\n- bob, {said}\n" in summary
    with (folder / "out" / "changes.csv").open(encoding="utf-8") as file:
        assert [line.split(",", 1)[1] for line in file][1:] == [
            "bob,question 3,1,2.5,30.5,adjustment: the lecture was wrong\n",
            'bob,question 4b,0,2,30.5,"adjustment: ties may be in any order, see the forum"\n',
        ]
    other = put(folder, "other.csv", f"{HEADER}bob,4b,1,half of it\n".encode())
    row = run(folder, "--adjustments", str(other))["bob"]
    assert row["adjusted"] == "question 4b: 0 → 1, half of it"


def test_file_that_cannot_be_graded_counts_when_each_question_is_adjusted(master):
    adjusted = {question: type("Adjusted", (), {"points": 1}) for question in master.questions()}
    lists = {"flags": [], "notes": [], "tests": []}
    record = {"student": "a", "name": "Ann", "fault": "broken", "answers": {}, **lists}
    record["adjusted"] = adjusted
    assert total(points(master, record), record) == len(master.questions())
    page = summary(master, [record])
    assert "Submissions: 1, not graded: 0." in page
    assert "## Not graded" not in page
    adjusted.popitem()
    assert total(points(master, record), record) is None
    assert "- Ann: broken" in summary(master, [record])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "student,question,points,reason\n",
            "a.csv:1: no column 'new_points'; .* not a difference",
        ),
        (
            HEADER + "zoe,4b,1,late\n",
            "a.csv:2: nobody called 'zoe' has handed in; did you mean 'zoë'",
        ),
        (
            HEADER + "x,4b,1,late\n",
            "a.csv:2: nobody called 'x' .*; write the name as in scores.csv",
        ),
        (HEADER + "bob,9,1,late\n", "a.csv:2: '9' is no question of this homework: 1a, 1b"),
        (HEADER + "\nbob,4b,3,late\n", "a.csv:3: new_points must be .* 0 to 2, not '3'"),
        (HEADER + "bob,4b,-1,late\n", "a.csv:2: new_points must be .* not '-1'"),
        (HEADER + "bob,4b,two,late\n", "a.csv:2: new_points must be .* not 'two'"),
        (HEADER + "bob,4b,,late\n", "a.csv:2: new_points must be .* not ''"),
        (HEADER + "bob,4b,1, \n", "a.csv:2: no reason; the student reads it, so write one"),
        (HEADER + "bob,4b,1,a\nBob B,4b,2,b\n", "a.csv:3: Bob B, question 4b is adjusted twice"),
    ],
)
def test_row_that_cannot_be_is_named_with_the_remedy(tmp_path, master, lines, message):
    path = put(tmp_path, "a.csv", lines.encode())
    students = Students([("bob", "bob"), ("Bob B", "bob"), ("zoë", "zoe-1")])
    with pytest.raises(ValueError, match=message):
        read_adjustments(path, master, students)


@pytest.mark.parametrize(("listed", "written"), [("Zoë", "Zoe\u0308"), ("Zoe\u0308", "Zoë")])
def test_letters_with_their_marks_apart_are_the_same_letters(listed, written):
    """macOS writes names of files so, and a keyboard does not."""
    assert Students([(listed, "zoe-1")]).find(written, "a.csv:2") == "zoe-1"


def test_row_may_name_an_id_as_moodle_does_and_lines_with_breaks_keep_their_count(tmp_path, master):
    path = put(
        tmp_path, "a.csv", (HEADER + 'Participant 17,4b,1,"two\nlines"\n17,1b,9,x\n').encode()
    )
    with pytest.raises(ValueError, match=r"a\.csv:4: new_points"):
        read_adjustments(path, master, Students([("17", "bob")]))


def test_file_that_could_not_be_read_is_not_said_to_lack_answers(planting):
    master = read_master(planting.path)  # without a table of sections
    set_to = {question: Adjustment(1.0, "read by me") for question in master.questions()}
    record = {"student": "a", "name": "a", "fault": "broken", "flags": [], "tests": []}
    text = feedback(master, record | {"answers": {}, "adjusted": set_to})
    assert "## Question 1a: 1 of 3\n\nSet to 1 by your instructor: read by me\n\n## " in text
    assert "No answer was found" not in text
    assert "See " not in text
