"""Estimate how long a chapter takes a beginner, and check the time that it states.

The rule was fitted by hand to a beginner who worked through five chapters, as they were then, in
36 to 60 minutes; it came within four minutes of each.
"""

import re
from pathlib import Path

from website.extensions.gate.chapter import count_words
from website.extensions.text.page import read_page

WORDS_A_MINUTE, CELL, CHECK, EXERCISE = 90, 0.5, 1, 3
TOLERANCE = 5
STATED = re.compile(r"^: about (\d+) minutes$", re.M)


def estimated_minutes(text: str) -> float:
    """Return the minutes for a chapter's words, visible cells, quizzes and exercises."""
    page = read_page(text)
    cells = sum(not cell.removed for cell in page.cells)
    checks = sum(fence.name in ("quiz", "predict") for fence in page.fences)
    exercises = sum(fence.name in ("exercise-start", "pycell") for fence in page.fences)
    return count_words(page) / WORDS_A_MINUTE + CELL * cells + CHECK * checks + EXERCISE * exercises


def stated_minutes(text: str) -> int | None:
    """Return the minutes that a chapter's opening states, None when it states none."""
    match = STATED.search(text)
    return int(match[1]) if match else None


def time_faults(text: str) -> list[tuple[int, str]]:
    """Return a fault when the stated time is not what words, cells and exercises take."""
    match, estimated = STATED.search(text), estimated_minutes(text)
    if match is None or abs(int(match[1]) - estimated) <= TOLERANCE:
        return []
    line, stated = text[: match.start()].count("\n") + 1, match[1]
    wanted = max(5, 5 * round(estimated / 5))
    return [(line, f"{stated} minutes are stated, but words, cells and exercises take a beginner "
             f"about {wanted}: write `about {wanted} minutes`")]  # fmt: skip


def total_hours(chapters: list[Path]) -> str:
    """Return the sum of the stated times, in half hours, as words: "5 hours"."""
    minutes = [stated_minutes(path.read_text(encoding="utf-8")) or 0 for path in chapters]
    return f"{round(sum(minutes) / 30) / 2:g} hours"
