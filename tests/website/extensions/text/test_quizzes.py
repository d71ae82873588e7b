"""A quiz is read piece by piece, and each way to spoil one is named with its line."""

import pytest

from website.extensions.gate.chapter import chapter_faults
from website.extensions.text.page import read_page
from website.extensions.text.quizzes import (
    prediction_faults,
    quiz_faults,
    read_prediction,
    read_quiz,
)

QUIZ = """\
Before.

Which one?

- [ ] The wrong
  one.

  Because it is.

  It really is.
- [x] The right one.

  So it is.
"""


def test_quiz_is_read_with_the_places_of_its_parts():
    quiz = read_quiz(QUIZ.splitlines())
    assert quiz.question == (0, ["Before.", "", "Which one?"])
    wrong, right = quiz.options
    assert (wrong.right, right.right) == (False, True)
    assert wrong.words == (4, ["The wrong", "one."])
    assert wrong.why == (7, ["Because it is.", "", "It really is."])
    assert right.words == (10, ["The right one."])
    assert right.why == (12, ["So it is."])


def test_whole_quiz_has_no_fault():
    assert quiz_faults(QUIZ.splitlines()) == []


def test_quiz_without_an_option_is_told_so():
    ((line, message),) = quiz_faults(["Which one?"])
    assert line == 0
    assert "the quiz has 0 options: give it 2 to 5" in message


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("Before.\n\nWhich one?\n", "", 0, "write the question above"),
        ("- [x]", "- [ ]", 0, "0 options are marked right: mark exactly one"),
        ("- [ ]", "- [x]", 0, "2 options are marked right: mark exactly one"),
        ("- [ ] The wrong\n  one.\n\n  Because it is.\n\n  It really is.\n", "", 0,
         "has 1 options: give it 2 to 5"),
        ("- [x]", "- [ ] A.\n\n  B.\n" * 4 + "- [x]", 0, "has 6 options: give it 2 to 5"),
        ("\n  So it is.\n", "", 10, "no explanation: after an empty line"),
        ("\n  So it is.\n", "  So it is.\n", 10, "no explanation: after an empty line"),
        ("\n  So it is.\n", "\nSo it is.\n", 12, "belongs to no option: indent"),
        ("- [x]", "- [X]", 10, "an option begins `- [ ] words`"),
        ("- [x]", "- []", 10, "an option begins `- [ ] words`"),
        ("- [x]", "* [x]", 10, "an option begins `- [ ] words`"),
    ],
)  # fmt: skip
def test_spoiled_quiz_is_told_with_its_line(old, new, line, message):
    assert QUIZ.count(old) == 1
    found = quiz_faults(QUIZ.replace(old, new).splitlines())
    assert any(at == line and message in words for at, words in found), found


def test_prediction_is_cut_at_its_line():
    asked, revealed = read_prediction(["How many?", "", "---", "", "Ten.", "---"])
    assert asked == (0, ["How many?"])
    assert revealed == (4, ["Ten.", "---"])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("How many?\n", "after it what is revealed"),
        ("How many?\n\n---\n\n", "after it what is revealed"),
        ("---\n\nTen.\n", "above it what the reader is to predict"),
    ],
)
def test_half_a_prediction_is_named(body, message):
    ((line, words),) = prediction_faults(body.splitlines())
    assert line == 0
    assert message in words


def test_three_quizzes_are_too_few(chapter_text):
    start = chapter_text.index(":::{quiz}\nIs a chapter short?")
    text = chapter_text[:start] + chapter_text[chapter_text.index("## Exercises") :]
    ((line, message),) = chapter_faults(read_page(text))
    assert chapter_text.splitlines()[line] == "What does the seed fix?"
    assert message.startswith("3 quizzes: at least 4")
