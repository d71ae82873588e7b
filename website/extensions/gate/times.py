"""Estimate how long a chapter takes a beginner, and check the time that it states.

The rule was fitted by hand to a beginner who worked through five chapters, as they were then, in
36 to 60 minutes; it came within four minutes of each.
"""

import re
from pathlib import Path

from website.extensions.text.page import Block, Page
from website.extensions.text.quizzes import Faults

WORDS_A_MINUTE, CELL, CHECK, EXERCISE = 90, 0.5, 1, 3
TOLERANCE = 5
STATED = re.compile(r"^: about (\d+) minutes$", re.M)


def count_words(page: Page) -> int:
    """Return the number of words of prose in a chapter, after its opening.

    Headings, code, formulas and the options of directives do not count.
    """
    return _count_words(page.blocks)


def _count_words(blocks: tuple[Block, ...]) -> int:
    count, heading = 0, False
    for block in blocks:
        if block.token.type in ("heading_open", "heading_close"):
            heading = block.token.type == "heading_open"
        elif block.token.type == "inline" and not heading:
            texts = [each.content for each in block.token.children or () if each.type == "text"]
            count += len(re.findall(r"[^\W\d_][\w'’-]*", " ".join(texts)))
        elif block.fence is not None and not block.fence.has_class("chapter-opening"):
            count += _count_words(block.fence.blocks)
    return count


def estimated_minutes(page: Page) -> float:
    """Return the minutes for a chapter's words, visible cells, quizzes and exercises."""
    cells = sum(not cell.removed for cell in page.cells)
    checks = sum(fence.name in ("quiz", "predict") for fence in page.fences)
    exercises = sum(fence.name in ("exercise-start", "pycell") for fence in page.fences)
    return count_words(page) / WORDS_A_MINUTE + CELL * cells + CHECK * checks + EXERCISE * exercises


def stated_minutes(text: str) -> int | None:
    """Return the minutes that a chapter's opening states, None when it states none."""
    match = STATED.search(text)
    return int(match[1]) if match else None


def time_faults(page: Page) -> Faults:
    """Return a fault when the stated time is not what words, cells and exercises take."""
    match, estimated = STATED.search(page.text), estimated_minutes(page)
    if match is None or abs(int(match[1]) - estimated) <= TOLERANCE:
        return []
    line, stated = page.text[: match.start()].count("\n") + 1, match[1]
    wanted = max(5, 5 * round(estimated / 5))
    return [(line, f"{stated} minutes are stated, but words, cells and exercises take a beginner "
             f"about {wanted}: write `about {wanted} minutes`")]  # fmt: skip


def total_hours(chapters: list[Path]) -> str:
    """Return the sum of the stated times, in half hours, as words: "5 hours"."""
    minutes = [stated_minutes(path.read_text(encoding="utf-8")) or 0 for path in chapters]
    return f"{round(sum(minutes) / 30) / 2:g} hours"
