"""Misconceptions are those of the guide, and each shows in a message of a hidden test."""

import re
from dataclasses import replace

import pytest

import tasks
from homework_tools.exports.questions import FILE, read_questions
from homework_tools.grading.reports.misconceptions import misconceptions
from homework_tools.master.misconceptions import TABLE, read_misconceptions
from tests.homework_tools.grading.reports.test_items import record

GUIDE = (tasks.ROOT / "book" / "instructors.md").read_text(encoding="utf-8")
FOUND = read_misconceptions(tasks.ROOT / "homework" / TABLE)
SAID_BY_THE_GRADER = ("by a line that does not run for grading",)


@pytest.mark.parametrize("each", FOUND, ids=lambda each: each.name)
def test_row_is_in_the_guide_below_its_heading(each):
    part = GUIDE.split(f"\n### {each.heading}\n")[1].split("\n#")[0]
    assert f"| {each.see} | {each.say} |" in part.split("\n")


@pytest.mark.parametrize("each", FOUND, ids=lambda each: each.name)
def test_signs_are_words_of_hidden_tests(each, master):
    kinds = ("hidden-setup", "hidden-test")
    text = " ".join(cell.source for cell in master.cells if cell.kind in kinds)
    text = re.sub(r'"\s+f?"', "", text).replace("{hidden_column}", "t_stat")
    text = re.sub(r"for column, words in.*", "", text)
    for sign in each.signs:
        assert sign in text or sign in SAID_BY_THE_GRADER or _put_together(sign, text), sign
    assert set(each.questions) <= set(master.questions())


def _put_together(sign, text):
    """Say whether a test makes the words of a name and of what it says of it."""
    name, _, words = sign.partition(": ")
    return bool(words) and words in text and name in text


def test_name_that_the_test_before_and_after_has_is_the_same():
    asked = read_questions(tasks.ROOT / "homework" / FILE)
    names = {answer.misconception for item in asked.items for answer in item.answers}
    assert "the false positive rate is taken over the genes that are called" in names & {
        each.name for each in FOUND
    }


def test_three_that_cost_most_come_with_words_and_links(master):
    sign = {each.name: each.signs[0] for each in FOUND}
    by_question = {}
    for place, cell in enumerate(master.code("hidden-test")):
        by_question.setdefault(cell.question, []).append(place)
    records = [
        record(master, "a", by_question["4a"], sign["samples are matched by their position"]),
        record(master, "b", by_question["4a"][:2], sign["samples are matched by their position"]),
        record(master, "c", by_question["2"], sign["a maximum may not be reached"]),
        record(master, "d", by_question["1c"][:1], sign["a table of names needs no exact form"]),
        record(master, "e", by_question["4b"], "quite another thing"),
    ]
    online = replace(master, book="https://x.org/{}.html")
    page = "\n".join(misconceptions(online, records))
    points = sum(
        test["out_of"] for each in records[:2] for test in each["tests"] if test["feedback"]
    )
    assert f"| samples are matched by their position | 1b, 4a | 2 | {points} |" in page
    said = re.findall(r"^\d\. \*\*(.*?)\*\*", page, re.MULTILINE)
    assert said[0] == "Samples are matched by their position"
    assert f"1. **{said[0]}** ({points} points, 2 students).\n" in page
    assert len(said) == 3
    assert "Say: Are the rows of both tables in the same order? Match samples by name." in page
    assert "(https://x.org/instructors.html#part-4)" in page
    assert "(https://x.org/ttest.html#samples-are-matched-by-label)" in page
    assert "quite another thing" not in page
    assert "](" not in "\n".join(misconceptions(master, records))


@pytest.mark.parametrize(
    "row",
    [
        "{name: a, questions: [1], signs: [x], see: y}",
        "{name: a, questions: 1b, part: 1, signs: [x], see: y, say: z}",
        "{name: a, questions: [1b], part: 1, signs: one word, see: y, say: z}",
    ],
)
def test_table_that_lacks_a_part_or_a_list_is_refused(tmp_path, row):
    (tmp_path / TABLE).write_text(f"- {row}", encoding="utf-8")
    with pytest.raises(ValueError, match="needs name, questions, part, signs, see"):
        read_misconceptions(tmp_path / TABLE)


def test_homework_can_do_without_a_table_or_with_an_empty_one(tmp_path):
    assert read_misconceptions(tmp_path / TABLE) == []
    (tmp_path / TABLE).write_text("# none\n", encoding="utf-8")
    assert read_misconceptions(tmp_path / TABLE) == []
