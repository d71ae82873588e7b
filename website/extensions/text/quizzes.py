"""Read the text of a quiz and of a prediction: what is asked, the options, the explanations.

The directives and the notebook downloads both read them here.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

MIN_OPTIONS, MAX_OPTIONS = 2, 5
LETTERS = "ABCDE"
OPTION = re.compile(r"^- \[(?P<mark>[ x])\] +(?P<words>\S.*)$")
NEARLY = re.compile(r"^[-*+]\s*\[.{0,3}\]")
REVEAL = "---"

Lines = tuple[int, list[str]]
"""The place of the first line in the block, counted from 0, and the lines."""
Faults = list[tuple[int, str]]


@dataclass(frozen=True)
class Option:
    """One option of a quiz."""

    right: bool
    words: Lines  # what the reader may choose: one paragraph
    why: Lines  # why it is right or wrong; no lines when nothing is said


@dataclass(frozen=True)
class Quiz:
    """A question with its options."""

    question: Lines
    options: list[Option]


def read_quiz(body: list[str]) -> Quiz:
    """Return the question and the options of a quiz.

    The body is what is between the fences; ask `quiz_faults` whether it is a whole quiz.
    """
    starts = [index for index, line in enumerate(body) if OPTION.match(line)]
    question = _trimmed(0, body[: starts[0]] if starts else body)
    return Quiz(question, [_option(body, *each) for each in pairwise([*starts, len(body)])])


def quiz_faults(body: list[str]) -> Faults:
    """Return what is wrong with a quiz.

    Each is the line of the body, counted from 0, with what is wrong there and how to fix it.
    """
    quiz = read_quiz(body)
    faults = _line_faults(body)
    if not quiz.question[1]:
        faults.append((0, "the quiz asks nothing: write the question above its options"))
    if not MIN_OPTIONS <= len(quiz.options) <= MAX_OPTIONS:
        faults.append(
            (0, f"the quiz has {len(quiz.options)} options: give it {MIN_OPTIONS} to "
             f"{MAX_OPTIONS}, each a line `- [ ] words`, the right one `- [x] words`")
        )  # fmt: skip
    n_right = sum(option.right for option in quiz.options)
    if quiz.options and n_right != 1:
        faults.append((0, f"{n_right} options are marked right: mark exactly one with `- [x]`"))
    for option in quiz.options:
        if not option.why[1]:
            faults.append(
                (option.words[0], "this option has no explanation: after an empty line say, "
                 "indented by two spaces, why it is right or wrong")
            )  # fmt: skip
    return faults


def read_prediction(body: list[str]) -> tuple[Lines, Lines]:
    """Return what a reader is asked to predict, and what is then revealed.

    The first ``---`` divides them.
    """
    cut = next((index for index, line in enumerate(body) if line.strip() == REVEAL), len(body))
    return _trimmed(0, body[:cut]), _trimmed(cut + 1, body[cut + 1 :])


def prediction_faults(body: list[str]) -> Faults:
    """Return what is wrong with a prediction: as `quiz_faults`."""
    asked, revealed = read_prediction(body)
    if asked[1] and revealed[1]:
        return []
    missing = "after it what is revealed" if asked[1] else "above it what the reader is to predict"
    return [(0, f"half of this prediction is missing: write a line `---`, and {missing}")]


def _option(body: list[str], start: int, end: int) -> Option:
    mark, first = OPTION.findall(body[start])[0]
    rest = [line[2:] if line.startswith("  ") else line.lstrip() for line in body[start + 1 : end]]
    size = next((index for index, line in enumerate(rest) if not line.strip()), len(rest))
    words = [first, *rest[:size]]
    return Option(mark == "x", (start, words), _trimmed(start + 1 + size, rest[size:]))


def _line_faults(body: list[str]) -> Faults:
    """Return the lines that are neither a question, nor an option, nor indented below one."""
    faults, inside = [], False
    for index, line in enumerate(body):
        after_gap = index > 0 and not body[index - 1].strip()
        if OPTION.match(line):
            inside = True
        elif NEARLY.match(line):
            faults.append((index, "an option begins `- [ ] words` or, when right, `- [x] words`"))
        elif inside and after_gap and re.match(r"\S", line):
            faults.append(
                (index, "this line belongs to no option: indent an explanation by two spaces, and "
                 "write the question above the options")
            )  # fmt: skip
    return faults


def _trimmed(start: int, lines: list[str]) -> Lines:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if not filled:
        return start, []
    return start + filled[0], lines[filled[0] : filled[-1] + 1]
