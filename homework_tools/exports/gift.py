"""The ten questions in GIFT, the plain-text format that Moodle imports."""

import re

from homework_tools.exports.questions import Question, Questions

SPECIAL = re.compile(r"([\\~=#{}:])")


def gift(test: Questions) -> str:
    """Return a test in GIFT, in a category of its own; a blank line ends each question."""
    category = f"$CATEGORY: $course$/top/{test.title.replace('/', '//')}"
    return "\n\n".join([category, *map(_question, test.items)]) + "\n"


def escaped(text: str) -> str:
    """Return a text in which the characters that GIFT obeys are plain characters."""
    return SPECIAL.sub(r"\\\1", text)


def _question(question: Question) -> str:
    lines = [f"::{escaped(question.title)}::[plain]{escaped(question.ask)} {{"]
    for answer in question.answers:
        mark = "~" if answer.misconception else "="
        lines.append(f"\t{mark}{escaped(answer.says)} #{escaped(answer.why)}")
    return "\n".join([*lines, "}"])
