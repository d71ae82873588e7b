import re

import pytest

from website.extensions.gate.chapter import chapter_faults
from website.extensions.gate.times import count_words
from website.extensions.text.page import read_page


def test_healthy_chapter_has_no_faults(chapter_text):
    assert chapter_faults(read_page(chapter_text)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("  display_name: Python 3 (ipykernel)\n", "", 8, "display_name: Python 3"),
        ("    format_name: myst\n", "    format_name: myst\n    jupytext_version: 1.19.6\n", 6,
         "not 'jupytext_version: 1.19.6'"),
        (":class: chapter-opening", ":class: note", 1, "no opening"),
        ("You need\n: Nothing.\n\n", "", 15, "must hold Question, You will do"),
        ("breaks no rule?", "breaks no rule.", 15, "question mark"),
        ("about 30 minutes", "not long", 15, "<number> minutes"),
        (": about 30 minutes", ": about 5 minutes", 31, "write `about 30 minutes`"),
        (":::{predict} Before you start", ":::{predict} Later", 1, "no review"),
        ("1. What is typed", "- What is typed", None, "two questions"),
        (":class: predict\n", ":class: predict\n\n```{code-cell} ipython3\nx\n```\n", None,
         "silently not be run"),
        ("## Key points", "## Points", 1, "no section `## Key points`"),
        ("- A result is glued.\n", "", None, "2 key points"),
        ("## What is next", "## Then", None, "last section must be"),
        ("total = sum(values) / 1.25", "\n".join("abcdefghijkl"), None, "13 lines of code"),
        (":label: ex-ttest-half", ":label: ex-ttest-other", None, "no {solution-start} for"),
        ("{solution-start} ex-ttest-half\n:class: dropdown", "{solution-start} ex-ttest-half",
         None, "must be closed at first"),
        ("```{code-cell} ipython3\ntotal + 1\n```", "`total + 1`", None, "holds no code cell"),
    ],
)  # fmt: skip
def test_broken_rule_is_told_with_its_line(chapter_text, old, new, line, message):
    assert chapter_text.count(old) == 1
    faults = chapter_faults(read_page(chapter_text.replace(old, new)))
    where = chapter_text[: chapter_text.index(old)].count("\n") + 1
    found = [fault for fault in faults if re.search(message, fault[1])]
    assert found, faults
    if line is not None:
        assert found[0][0] == line
    else:
        assert abs(found[0][0] - where) <= 4


def test_command_that_corrects_a_header_is_named_only_where_it_can(chapter_text):
    text = chapter_text.replace("  language: python\n", "")
    assert chapter_faults(read_page(text))[0][1].endswith("or run `python tasks.py format`")
    text = text.partition("\n---\n")[2]
    assert chapter_faults(read_page(text))[0][1].endswith("line for line")


def test_prediction_is_asked_for_in_either_form(chapter_text):
    start = chapter_text.index(":::{predict} ", chapter_text.index("{predict} Before") + 1)
    without = chapter_text[:start] + chapter_text[chapter_text.index(":::{quiz}\nWhat does") :]
    assert chapter_faults(read_page(without)) == []
    assert chapter_faults(read_page(chapter_text.replace(":class: predict", ":class: note"))) == []
    ((line, message),) = chapter_faults(
        read_page(without.replace(":class: predict", ":class: note"))
    )
    assert line == 1
    assert message.startswith("no prediction")


def test_visible_cell_that_needs_a_hidden_one_is_named(chapter_text):
    text = chapter_text.replace(
        "from myst_nb import glue\n", "from myst_nb import glue\nlost = 1\n"
    )
    text = text.replace("total + 1\n", "total + lost\n", 1)
    ((_, message),) = chapter_faults(read_page(text))
    assert "uses lost, which only a cell tagged remove-cell defines" in message


def test_missing_wrong_answer_is_named(chapter_text):
    text = chapter_text.replace("**A common wrong answer:** the sum stays as it was.\n", "", 1)
    ((_, message),) = chapter_faults(read_page(text))
    assert "common wrong answer" in message


def test_chapter_without_any_exercise_is_told_so():
    assert any(
        message.startswith("0 exercises") for _, message in chapter_faults(read_page("# A page\n"))
    )


def test_two_exercises_are_too_few(chapter_text):
    text = chapter_text[: chapter_text.index(":::{exercise-start} None")]
    text += chapter_text[chapter_text.index("## Key points") :]
    messages = [message for _, message in chapter_faults(read_page(text))]
    assert any(message.startswith("2 exercises") for message in messages)


@pytest.mark.parametrize(("factor", "found"), [(0, "words of prose"), (9, "words of prose")])
def test_length_is_bounded(chapter_text, factor, found):
    start = chapter_text.index("A reader who changes")
    end = chapter_text.index("Here is a stand-in")
    text = chapter_text[:start] + chapter_text[start:end] * factor + chapter_text[end:]
    line, message = chapter_faults(read_page(text))[0]
    assert line == 1
    assert found in message


def test_code_formulas_and_headings_are_not_prose():
    text = "# Title here\n\none two `three` $four$\n\n```python\nfive\n```\n:::{note}\nsix\n:::\n"
    assert count_words(read_page(text)) == 3
