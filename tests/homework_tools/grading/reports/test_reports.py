"""Scores, feedback and summary say what was found, and nothing in them acts."""

import csv
import io
import json
import os
import sys

import pytest

from homework_tools.grading import grade
from homework_tools.grading.collect import collect
from homework_tools.grading.marking.marks import Mark
from homework_tools.grading.marking.to_read import to_read_table
from homework_tools.grading.reports.safe_text import few, inert, plain
from homework_tools.grading.reports.scores import points
from homework_tools.grading.reports.write import write_reports
from tests.homework_tools.submissions import (
    code,
    file_with_cells,
    lying,
    notebook,
    put,
    run,
    written,
)

LINUX = sys.platform == "linux"


def test_class_gets_scores_feedback_summary_and_answers_to_read(folder, capsys):
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "26", "0", ""]
    lost = "questions without an answer cell in the notebook: 1a, 3, 4c, 5"
    assert rows["carol"]["flags"] == lost
    assert rows["bob"]["4b"] == "0"
    assert rows["bob"]["3"] == ""
    assert rows["bob"]["1a"] == "0"
    assert rows["bob"]["flags"] == "free text to read: 3"
    assert rows["dan"]["flags"].startswith("not graded: not a notebook that can be read")
    feedback = (folder / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "**26 of 37 points so far**; your free text in 3 is still to be read, " in feedback
    assert "for up to 3 more.\n" in feedback
    assert "- **2 points, question 4b:** did not take the n smallest p-values.\n" in feedback
    assert "## Question 4b: 0 of 2\n\n- Lost 2: the cause is at the top.\n" in feedback
    assert "## Question 1a: 0 of 3\n\nNo answer was found in the notebook." in feedback
    assert "## Question 3: not read yet" in feedback
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert "Submissions: 4, not graded: 1." in summary
    assert "Free text still to be read: 1 × question 3." in summary
    assert "## Scores, out of 37" in summary
    assert [line[:12] for line in summary.split("\n") if " 1 #" in line] == [
        "  0-3      1",
        " 24-27     1",
        " 28-31     1",
    ]
    assert summary.index("| 4b | 0.67 | 2 | 1 of 3 |") < summary.index("| 3 | 1 not read yet | 3 |")
    assert "- 1 × question 4b: did not take the n smallest" in summary
    assert "- dan: not a notebook that can be read" in summary
    read = (folder / "out" / "to_read.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(read))
    assert (row["student"], row["question"], row["answer"]) == ("bob", "3", "'=1+1 is my answer")
    assert "the pseudocount" in row["rubric"]
    assert "Submissions: 4, not graded: 1." in capsys.readouterr().out


UNTRUE = lying("message['signatures']['top_genes'] = '\\ud800\\n- alice: copied'")


def test_text_that_no_file_can_hold_costs_no_report(folder, master):
    put(folder / "in", "mallory.ipynb", file_with_cells(master, UNTRUE))
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "26", "0", "", "28"]
    assert r"changed to `(\ud800\n- alice: copied)`" in rows["mallory"]["flags"]
    kept = folder / "out" / "results" / "mallory.json"
    record = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(record | {"flags": ["\ud800"]}), encoding="utf-8")
    assert run(folder)["mallory"]["flags"].startswith(r"\ud800; look at its code: cell")


@pytest.mark.skipif(not LINUX, reason="no such name can be there")
def test_file_name_that_is_no_text_costs_no_report(folder, master):
    for name in (b"Andr\xe8.ipynb", b"Andr\xe9.ipynb"):
        put(folder / "in", os.fsdecode(name), file_with_cells(master))
    rows = run(folder)
    assert {row["file"] for row in rows.values()} >= {"Andr%E8.ipynb", "Andr%E9.ipynb"}
    assert rows["Andr_E9"]["total"] == "28"
    assert "the file's name is not plain text" in rows["Andr_E9"]["flags"]


def test_unread_text_is_no_point_and_an_empty_one_is_zero(master, tmp_path):
    record = {"student": "a", "name": "a", "file": "a.ipynb", "fault": "", "flags": [], "notes": []}
    record |= {"tests": [], "answers": {"1a": "text", "3": ""}}
    found = points(master, record | {"marks": {"5": Mark(1.5)}})
    assert (found["1a"], found["3"], found["5"]) == (None, 0, 1.5)
    write_reports(tmp_path, master, [record])
    assert "## Question 1a: not read yet" in (tmp_path / "feedback" / "a.md").read_text("utf-8")


def test_class_list_gives_the_tables_the_real_names(folder, master):
    right = file_with_cells(master)
    put(folder / "in", "Ada_Lovelace.ipynb", right)
    put(folder / "in", "_CON.ipynb", notebook([written("some words", "3")]))
    put(folder, "class.csv", b"student,file\nAda <Lovelace>,Ada_Lovelace.ipynb\nCON,_CON.ipynb\n")
    rows = run(folder, "--students", str(folder / "class.csv"))
    assert rows["Ada <Lovelace>"]["total"] == "28"
    assert "not on the class list" in rows["alice"]["flags"]
    assert "not on the class list" not in rows["CON"]["flags"]
    page = (folder / "out" / "feedback" / "Ada_Lovelace.md").read_text(encoding="utf-8")
    assert r": Ada \<Lovelace\>" in page.split("\n")[0]
    put(folder / "out", "grades_by_hand.csv", b"student,question,points\nCON,3,2\n")
    assert run(folder, "--students", str(folder / "class.csv"))["CON"]["3"] == "2"


def test_file_on_no_list_cannot_take_the_name_of_one_that_is(folder):
    roster = {"ada-1": "alice", "bob": "Bob B."}
    found = list(grade.named(collect(folder / "in"), roster))
    assert [each.name for each in found] == ["alice.ipynb", "Bob B.", "", ""]
    assert [len(each.notes) for each in found] == [1, 0, 1, 1]


def test_file_on_neither_of_two_lists_is_flagged_once_and_the_lists_are_named(folder, capsys):
    roster = put(folder, "students.csv", b"student,file\nBob,bob.ipynb\n")
    people = put(folder, "class.csv", b"name,id\nBob,17\n")
    rows = run(folder, "--students", str(roster), "--class", str(people))
    assert rows["alice"]["flags"].count("not on the class list") == 1
    assert f"Whose each file is: {roster}\n" in capsys.readouterr().out


def test_platform_says_whose_a_file_is_where_each_student_has_other_data(tmp_path):
    put(tmp_path, "Ada L_17_assignsubmission_file_/Ada_L.ipynb", b"{}")
    (found,) = grade.named(collect(tmp_path), {"ada_l": "Ada Lovelace"})
    assert (found.name, found.notes) == ("Ada L", ())


HOSTILE = "k='</p><img src=x onerror=alert(1)>[a](b) `c` *d*'"


def test_arguments_reach_markdown_as_code(folder, master):
    source = f"def top_genes(results, {HOSTILE}): return 1"
    put(folder / "in", "mallory.ipynb", file_with_cells(master, source))
    run(folder)
    shown = f"`(results, {HOSTILE.replace('`', chr(39))})`"
    for name in ("summary.md", "feedback/mallory.md"):
        assert shown in (folder / "out" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a <b> & [c](d) *e* |f| $g$", r"a \<b\> \& \[c\](d) \*e\* \|f\| \$g\$"),
        ("`<b>` is `x_y`", "`<b>` is `x_y`"),
        ("one ` alone <b>", r"one \` alone \<b\>"),
        ("``<b>`` and `c` and `", r"\`\`\<b\>\`\` and `c` and \`"),
        ("_x_ of top_genes", r"\_x\_ of top_genes"),
    ],
)
def test_words_of_others_are_no_markdown(words, shown):
    assert inert(words) == shown


def test_names_of_files_reach_markdown_as_they_are(folder):
    put(folder / "in", "eve.<img src=x>", b"x")
    run(folder)
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    page = (folder / "out" / "feedback" / "eve.md").read_text(encoding="utf-8")
    assert r"not a notebook (.\<img src=x\>)" in summary
    assert r"not a notebook (.\<img src=x\>)" in page


UNSEEN = ["\x1b]0;new title\x07", "\r\r## All points\r\r", "\u202e", "\u2028"]


def test_line_of_code_in_a_report_can_neither_end_its_line_nor_steer_a_terminal(tmp_path):
    """An error is shown with the student's own line, which may hold what no line should."""
    for number, words in enumerate(UNSEEN):
        for name, line in (("eve", f"  # {words}"), ("fay", f"; '{words}'")):
            cells = [code(f"import no_such_module{line}")]
            put(tmp_path / "in", f"{name}-{number}.ipynb", notebook(cells))
    rows = run(tmp_path)
    for number in range(len(UNSEEN)):
        shown = rows[f"eve-{number}"]["flags"] + rows[f"fay-{number}"]["flags"]
        assert "Error in cell 1" in shown
    for path in [*(tmp_path / "out").glob("*.csv"), *(tmp_path / "out").rglob("*.md")]:
        text = path.read_bytes().decode("utf-8-sig")
        assert not [c for c in text if c != "\n" and not c.isprintable()], path.name


def test_answers_cannot_steer_the_readers_terminal(folder):
    text = "good\x1b[2J\x9b31m\r\nwork\u202e \tby\u200dZoë\x07\u2028."
    put(folder / "in", "eve.ipynb", notebook([written(text, "3")]))
    run(folder)
    shown = "good\\x1b[2J\\x9b31m\nwork\\u202e \tby\u200dZoë\\x07\\u2028."
    with (folder / "out" / "to_read.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["student"] == "eve"]
    assert row["answer"] == shown


def test_list_in_an_answer_has_bullets_and_no_quotes(master):
    text = "- one\n  + two\n-1 is less\n=1 - 2"
    table = to_read_table(master, [{"student": "a", "answers": {"3": text}}], {"a": "Ada"})
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["answer"] == "• one\n  • two\n'-1 is less\n'=1 - 2"


FORMULAS = ["=1", "+1", "-1", "@x", " =1", "\t1", "\r1", *["＝cmd", "＋1", "－1", "＠x"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_quoted_for_spreadsheets(text):
    assert plain(text) == f"'{text}"
    assert plain(f"x{text}") == f"x{text}"
    assert plain(f"x;{text};x\n{text}") == f"x;'{text};x\n'{text}"


@pytest.mark.parametrize(("count", "last"), [(2, "1"), (3, "and 1 more")])
def test_how_many_more_there_are_is_said_where_there_are_more(count, last):
    assert few(["0", "1", "2"][:count], 2)[-1] == last
