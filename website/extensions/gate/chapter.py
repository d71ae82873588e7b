"""Check that a chapter keeps the contract that CONTRIBUTING.md states.

The functions read the chapter's page and nothing else, so the tests call them without a build.
"""

import re
from itertools import zip_longest

from website.extensions.gate.exercises import exercise_faults
from website.extensions.gate.hidden_names import hidden_name_faults
from website.extensions.gate.times import count_words, time_faults
from website.extensions.text.page import Block, Fence, Page
from website.extensions.text.quizzes import Faults

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3 (ipykernel)
  language: python
---
"""
OPENING_TERMS = ["Question", "You will do", "You will learn", "You need", "Time"]
MIN_WORDS, MAX_WORDS = 600, 2800
MAX_CODE_LINES = 12
MIN_KEY_POINTS = 3
MIN_QUIZZES = 4
REVIEW = "Before you start"


def chapter_faults(page: Page) -> Faults:
    """Return what in a chapter breaks the contract.

    Each is a line, counted from 1, with what is wrong there and how to fix it.
    """
    faults = [
        *_header_faults(page.text),
        *_opening_faults(page.fences),
        *_review_faults(page.fences),
        *_prediction_faults(page.fences),
        *_quiz_faults(page.fences),
        *exercise_faults(page),
        *_cell_faults(page),
        *hidden_name_faults(page),
        *_length_faults(page),
        *_ending_faults(page),
        *time_faults(page),
    ]
    return sorted(faults)


def _header_faults(text: str) -> Faults:
    """Return a fault when the jupytext header isn't exactly the agreed one."""
    if text.startswith(HEADER):
        return []
    pairs = zip_longest(HEADER.splitlines(), text.splitlines(), fillvalue="the end of the file")
    line, (want, found) = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
    message = f"the jupytext header must say {want.strip()!r} here, not {found.strip()!r}: copy "
    message += "the header of another chapter, line for line"
    if "\njupytext:" in text[:200]:  # by which the command knows a chapter
        message += ", or run `python tasks.py format`"
    return [(line + 1, message)]


def _opening_faults(fences: list[Fence]) -> Faults:
    """Return the faults of the box that opens a chapter."""
    opening = next((fence for fence in fences if fence.has_class("chapter-opening")), None)
    if opening is None:
        return [(1, "no opening: add an admonition with `:class: chapter-opening`")]
    terms = _definitions(opening.blocks)
    if list(terms) != OPENING_TERMS:
        message = f"the opening holds {', '.join(terms) or 'no terms'}; it must hold "
        return [(opening.line, f"{message}{', '.join(OPENING_TERMS)}, in this order")]
    faults = []
    if not terms["Question"].rstrip().endswith("?"):
        faults.append((opening.line, "the opening's Question must end with a question mark"))
    if not re.search(r"\d+ minutes", terms["Time"]):
        faults.append((opening.line, "the opening's Time must say '<number> minutes'"))
    return faults


def _review_faults(fences: list[Fence]) -> Faults:
    """Return a fault when a chapter does not begin with two questions from earlier ones."""
    box = next((fence for fence in fences if _is_review(fence)), None)
    if box is None:
        return [(1, f"no review: after the opening add `:::{{predict}} {REVIEW}`, two numbered "
                 "questions from earlier chapters, a line `---` and their answers")]  # fmt: skip
    numbers = [line[:2] for line in box.body if re.match(r"\d\.", line)]
    if numbers != ["1.", "2."] * 2:
        return [(box.line, "the review needs two questions, `1.` and `2.`, and as many answers")]
    return []


def _is_review(fence: Fence) -> bool:
    return fence.name == "predict" and fence.argument == REVIEW


def _prediction_faults(fences: list[Fence]) -> Faults:
    """Return a fault when the reader is never asked to predict a result."""
    boxes = [fence for fence in fences if not _is_review(fence)]
    if any(fence.has_class("predict") or fence.name == "predict" for fence in boxes):
        return []
    return [(1, "no prediction: add an admonition with `:class: predict` before a result")]


def _quiz_faults(fences: list[Fence]) -> Faults:
    """Return a fault when the reader has too few occasions to check what was understood."""
    quizzes = [fence for fence in fences if fence.name == "quiz"]
    if len(quizzes) >= MIN_QUIZZES:
        return []
    line = quizzes[-1].line if quizzes else 1
    message = f"{len(quizzes)} quizzes: at least {MIN_QUIZZES} are needed, each a {{quiz}} after "
    return [(line, f"{message}the passage that it asks about")]


def _cell_faults(page: Page) -> Faults:
    """Return the code cells that aren't run, or are too long to read."""
    faults = []
    for cell in page.cells:
        size = sum(1 for line in cell.source.splitlines() if line.strip())
        if cell.nested:
            faults.append(
                (cell.line, "this code cell is inside another block and would silently not be "
                 "run: move it to the top level (solutions: use the gated form)")
            )  # fmt: skip
        if size > MAX_CODE_LINES and not cell.removed:
            faults.append(
                (cell.line, f"{size} lines of code in one cell: at most {MAX_CODE_LINES}; split it")
            )
    return faults


def _length_faults(page: Page) -> Faults:
    """Return a fault when the chapter has too few or too many words."""
    words = count_words(page)
    if MIN_WORDS <= words <= MAX_WORDS:
        return []
    return [(1, f"{words} words of prose: {MIN_WORDS} to {MAX_WORDS} are agreed for a chapter")]


def _ending_faults(page: Page) -> Faults:
    """Return the faults of the two sections that close a chapter."""
    sections = [(each.line, each.title) for each in page.headings if each.level == 2]
    faults = []
    if not sections or sections[-1][1] != "What is next":
        line = sections[-1][0] if sections else 1
        faults.append((line, "the last section must be `## What is next`"))
    starts = [line for line, title in sections if title == "Key points"]
    if not starts:
        faults.append((1, "no section `## Key points`: add it, before `## What is next`"))
        return faults
    end = next((line for line, _ in sections if line > starts[0]), float("inf"))
    items = [block for block in page.blocks if block.token.type == "list_item_open"]
    points = [item for item in items if item.token.level == 1 and starts[0] < item.line < end]
    if len(points) < MIN_KEY_POINTS:
        faults.append((starts[0], f"{len(points)} key points: give at least {MIN_KEY_POINTS}"))
    return faults


def _definitions(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Return what a definition list says, by term."""
    terms, opened = {}, ""
    for block in blocks:
        if block.token.type in ("dt_open", "dd_open"):
            opened = block.token.type
        elif block.token.type == "inline" and opened == "dt_open":
            term = block.token.content
            terms[term] = ""
        elif block.token.type == "inline" and opened == "dd_open":
            terms[term] = f"{terms[term]} {block.token.content}".strip()
    return terms
