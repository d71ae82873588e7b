"""Which text of a notebook is a student's answer."""

import json

import pytest

from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading.submission import answer, handed_out, read_submission
from tests.homework_tools.submissions import code, notebook, written


def test_answer_is_found_with_its_cell_and_with_cells_that_the_student_added(master):
    cells = json.loads(json.dumps(student_notebook(master).cells))
    place = next(n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["answer"])
    cells[place]["source"] = "**Your answer to question 1a:**\n\nBy a factor."
    cells.insert(place + 1, written("And more."))
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", handed_out(master)) == "By a factor.\n\nAnd more."
    assert answer(submission, "3", handed_out(master)) == ""


@pytest.mark.parametrize("place", [-1, 0, 1], ids=["question", "above", "next question"])
def test_answer_that_is_written_around_its_cell_is_found(master, place):
    cells = json.loads(json.dumps(student_notebook(master).cells))
    number = next(n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["answer"])
    if place:
        cells[number + place]["source"] += "\n\nBy a factor.\nSee [55](a.html)."
    else:
        cells.insert(number, written("By a factor.\nSee [55](a.html)."))
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", handed_out(master)) == "By a factor.\nSee [55](a.html)."


def test_answer_in_a_line_of_its_question_is_found(master):
    cells = json.loads(json.dumps(student_notebook(master).cells))
    number = next(n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["answer"])
    cells[number - 1]["source"] += " By a factor."
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", handed_out(master)).endswith(" By a factor.")


def test_answer_in_the_words_of_its_question_is_found(master):
    cells = json.loads(json.dumps(student_notebook(master).cells))
    number = next(n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["answer"])
    asked = max(cells[number - 1]["source"].split("\n"), key=len)
    cells.insert(number, written(f"So {asked}"))
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", handed_out(master)) == f"So {asked}"


def test_text_that_is_corrected_after_the_release_is_nobodys_answer(master):
    submission = read_submission("a.ipynb", notebook(student_notebook(master).cells))
    known = {t.replace("Suppose that", "Imagine that") for t in handed_out(master)}
    known = {t.replace("(4 points)", "(6 points)") for t in known}
    assert known.isdisjoint(t for t in handed_out(master) if "Suppose that" in t)
    assert [answer(submission, question, known) for question in ("1a", "3", "4c", "5")] == [""] * 4


def test_answer_is_found_when_its_cell_has_another_tag_as_well():
    cell = written("By a factor.", "1a")
    cell["metadata"]["tags"].append("seen")
    assert answer(read_submission("a.ipynb", notebook([cell])), "1a", set()) == "By a factor."


def test_answer_is_found_when_the_metadata_are_lost():
    cells = [written("**Your answer to question 1a:**\n\nBy a factor."), code("x = 1")]
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", set()) == "By a factor."
