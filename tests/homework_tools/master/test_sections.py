"""Each question names the section of the book that teaches it, wherever it is asked or graded."""

import re

import pytest
from docutils.nodes import make_id

from homework_tools.editions.notebooks import student_notebook
from homework_tools.editions.pages import handout
from homework_tools.exports import nbgrader, otter
from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.submission import answer, handed_out, read_submission
from homework_tools.master.master import MasterError
from homework_tools.master.read import MASTER, read_master
from homework_tools.master.sections import (
    HEADING,
    Section,
    anchor,
    with_sections,
    without_addresses,
)
from tests.homework_tools.submissions import notebook

BOOK = MASTER.parents[1] / "book"
SITE = "https://ada.github.io/fork"


@pytest.mark.parametrize("question", read_master().questions())
def test_section_is_in_the_book_below_its_part(question, master):
    section = master.sections[question]
    chapter = (BOOK / f"{section.chapter}.md").read_text(encoding="utf-8")
    assert re.search(r"^# (Part [\d.]+): ", chapter, re.M)[1] == section.part
    headings = re.findall(r"^## (.*)$", chapter, re.M)
    assert [heading for heading in section.headings if heading not in headings] == []
    assert [anchor(heading) for heading in headings] == [make_id(heading) for heading in headings]


def test_every_edition_names_the_sections(master):
    published = read_master(site=SITE)
    address = f"{SITE}/book/ttest.html#the-top-ten"
    for cells in (
        student_notebook(published).cells,
        nbgrader.notebook_cells(published),
        otter.notebook_cells(published),
    ):
        text = "\n".join(cell.source for cell in cells)
        assert text.count("*In the book: [Part") == len(master.questions())
        assert f"[Part 4.1, “The top ten”]({address})" in text
    assert "*In the book: Part 4.1, “The top ten”.*" in handout(master)


def test_several_sections_are_named_in_one_sentence(master):
    assert (
        master.section("3")
        == "Part 3, “Fold changes on two scales” and “Why add one (pseudocount)”"
    )
    assert re.fullmatch("Part 4.1, “.*”, “.*” and “.*”", master.section("4a"))


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Question 1a (3 points)", "1a"),
        ("Question bonus", "bonus"),
        ("Question B2", "B2"),
        ("Aufgabe 2 von 5", "2"),
        ("问题12B", "12B"),
        ("Aufgabe B2", None),
        ("Hand in", None),
    ],
)
def test_question_is_known_by_its_heading(heading, question):
    match = HEADING.search(f"Work.\n\n### {heading}\n\nAll 3 genes.")
    assert (match and match["question"]) == question


def test_only_the_heading_of_a_question_is_followed_by_what_to_read():
    text = "### Frage 2: Filtern\n\nLies.\n\n### Hand in\n\nSee the plan of\nquestion 2 again."
    filled = with_sections(text, lambda question: f"section of {question}")
    first, *rest = filled.split("\n\n*In the book: section of 2.*")
    assert (first, len(rest)) == ("### Frage 2: Filtern", 1)


def test_feedback_of_a_question_that_lost_points_names_its_section():
    master = read_master(site=SITE)
    record = {"student": "ada", "name": "ada", "fault": "", "flags": [], "answers": {"1a": ""}}
    record["tests"] = [
        {"question": "4b", "title": "x", "out_of": 2, "points": 0, "feedback": "no", "detail": ""},
        {"question": "4d", "title": "x", "out_of": 2, "points": 2, "feedback": "", "detail": ""},
    ]
    words = feedback(master, record)
    assert f"\n\nSee {master.section('4b')}.\n" in words
    assert "ttest.html#the-top-ten" in words
    assert master.section("1a") in words
    assert master.section("4d") not in words


def test_answer_ends_where_the_next_question_begins_whatever_its_address(master):
    cells = student_notebook(read_master(site=SITE)).cells
    submission = read_submission("ada.ipynb", notebook([dict(cell) for cell in cells]))
    assert "[Part" in "".join(cell.source for cell in cells)
    known = handed_out(master)
    assert [answer(submission, cell.question, known) for cell in master.code("answer")] == [""] * 4


@pytest.mark.parametrize("title", ["第 4 部分：检验", "第 4 部分: 检验"])
def test_part_is_what_stands_before_a_colon_of_any_width(title):
    section = Section("ttest", "Part 4", ("The top ten",))
    assert section.in_language({"Part 4: Tests": title}).part == "第 4 部分"


def test_only_the_address_of_a_link_is_dropped():
    assert without_addresses("[a, “b”](https://x.y/z#w) and f[1](2) *c*") == "a, “b” and f1 *c*"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("9z: [ttest, Part 4.1, All genes at once]", "a section for question '9z', which"),
        ("2: [filtering, Part 2]", "question 2 has"),
        ("2: [filtering, 2, Is it]", "question 2 has"),
        ("2: [filtering, Part 2, '']", "question 2 has"),
        ("2: filtering", "question 2 has 'filtering': write"),
        ("2: [filtering, Part 2, Is it?]", "expected ',' or ']'"),
        ("- 2", "write .chapter, part"),
    ],
)
def test_faulty_table_is_refused_by_its_name(table, words, planting):
    planting.path.with_name("sections.yml").write_text(table, encoding="utf-8")
    with pytest.raises(MasterError, match=rf"(?s)^homework/sections\.yml:1: .*{words}"):
        read_master(planting.path)


def test_homework_without_a_table_names_no_section(planting):
    master = read_master(planting.path)
    assert master.section("2") == ""
    assert "In the book" not in handout(master)


@pytest.mark.parametrize("name", ["sections.yml", "homework.md"])
def test_file_that_is_not_in_utf_8_is_refused_with_its_folder_and_line(planting, name):
    planting.path.with_name(name).write_bytes(b"---\n# Zo\xeb\n")
    with pytest.raises(MasterError, match=rf"^homework/{name}:2: not in UTF-8; save it so in your"):
        read_master(planting.path)
