"""Check that a chapter keeps the contract that CONTRIBUTING.md states.

The functions read the chapter's text and nothing else, so the tests call them without a build.
"""

import re
from pathlib import Path

from website.extensions.gate.code_cells import Fence, find_code_cells, find_fences
from website.extensions.gate.exercises import exercise_faults
from website.extensions.gate.hidden_names import hidden_name_faults
from website.extensions.gate.quiz_text import self_check_faults

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

Faults = list[tuple[int, str]]


def contract_faults(path: Path) -> Faults:
    """Return what in a chapter breaks the contract.

    Parameters
    ----------
    path : Path
        The chapter's ``.md`` file.

    Returns
    -------
    list of (int, str)
        The line, counted from 1, and what is wrong there and how to fix it; empty when the
        chapter keeps the contract.
    """
    return text_faults(path.read_text(encoding="utf-8"))


def text_faults(text: str) -> Faults:
    """Return what in a chapter's text breaks the contract.

    Parameters
    ----------
    text : str
        The chapter's text.

    Returns
    -------
    list of (int, str)
        As `contract_faults`.
    """
    fences = find_fences(text)
    faults = [
        *_header_faults(text),
        *_title_faults(text),
        *_opening_faults(fences),
        *_prediction_faults(fences),
        *_quiz_faults(fences),
        *self_check_faults(fences),
        *exercise_faults(text, fences),
        *_cell_faults(text),
        *hidden_name_faults(text),
        *_length_faults(text, fences),
        *_ending_faults(text, fences),
    ]
    return sorted(faults)


def _header_faults(text: str) -> Faults:
    """Return a fault when the jupytext header isn't exactly the agreed one."""
    if text.startswith(HEADER):
        return []
    wanted, found = HEADER.splitlines(), text.splitlines()
    line = next(
        (i for i, want in enumerate(wanted) if i >= len(found) or found[i] != want), len(wanted)
    )
    instead = found[line].strip() if line < len(found) else "the end of the file"
    return [
        (
            line + 1,
            f"the jupytext header must say {wanted[line].strip()!r} here, not {instead!r}: copy "
            "the header of another chapter, line for line, or run `python tasks.py format`",
        )
    ]


def _title_faults(text: str) -> Faults:
    """Return a fault when the chapter has no title."""
    if any(line.startswith("# ") for _, line in _outside_fences(text)):
        return []
    return [(1, "the chapter has no title: add a line `# Part ...: ...`")]


def _opening_faults(fences: list[Fence]) -> Faults:
    """Return the faults of the box that opens a chapter."""
    opening = next((fence for fence in fences if fence.has_class("chapter-opening")), None)
    if opening is None:
        return [(1, "no opening: add an admonition with `:class: chapter-opening`")]
    terms = _definitions(opening)
    if list(terms) != OPENING_TERMS:
        return [
            (
                opening.line,
                f"the opening holds {', '.join(terms) or 'no terms'}; it must hold "
                f"{', '.join(OPENING_TERMS)}, in this order",
            )
        ]
    faults = []
    if not terms["Question"].rstrip().endswith("?"):
        faults.append((opening.line, "the opening's Question must end with a question mark"))
    if not re.search(r"\d+ minutes", terms["Time"]):
        faults.append((opening.line, "the opening's Time must say '<number> minutes'"))
    return faults


def _prediction_faults(fences: list[Fence]) -> Faults:
    """Return a fault when the reader is never asked to predict a result."""
    if any(fence.has_class("predict") or fence.name == "predict" for fence in fences):
        return []
    return [(1, "no prediction: add an admonition with `:class: predict` before a result")]


def _quiz_faults(fences: list[Fence]) -> Faults:
    """Return a fault when the reader has too few occasions to check what was understood."""
    quizzes = [fence for fence in fences if fence.name == "quiz"]
    if len(quizzes) >= MIN_QUIZZES:
        return []
    line = quizzes[-1].line if quizzes else 1
    return [
        (
            line,
            f"{len(quizzes)} quizzes: at least {MIN_QUIZZES} are needed, each a {{quiz}} after "
            "the passage that it asks about",
        )
    ]


def _cell_faults(text: str) -> Faults:
    """Return the code cells that aren't run, or are too long to read."""
    faults = []
    for cell in find_code_cells(text):
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


def _length_faults(text: str, fences: list[Fence]) -> Faults:
    """Return a fault when the chapter has too few or too many words."""
    words = count_words(text, fences)
    if MIN_WORDS <= words <= MAX_WORDS:
        return []
    return [(1, f"{words} words of prose: {MIN_WORDS} to {MAX_WORDS} are agreed for a chapter")]


def count_words(text: str, fences: list[Fence] | None = None) -> int:
    """Return the number of words of prose in a chapter, after its opening.

    Parameters
    ----------
    text : str
        The chapter's text.
    fences : list of Fence, optional
        Its fenced blocks, when they are already known.

    Returns
    -------
    int
        The number of words, without headings, code, formulas and the options of directives.
    """
    fences = find_fences(text) if fences is None else fences
    silent = set()
    for fence in fences:
        silent |= {fence.line, fence.last_line}
        if _is_code(fence) or fence.has_class("chapter-opening"):
            silent |= set(range(fence.line, fence.last_line + 1))
    lines = text.removeprefix(HEADER).splitlines()
    offset = len(text.splitlines()) - len(lines)
    count = 0
    for number, line in enumerate(lines, start=offset + 1):
        if number not in silent and not re.match(r"^(:[\w-]+:|\(.*\)=$|#+ )", line):
            count += len(re.findall(r"[^\W\d_][\w'’-]*", re.sub(r"\$[^$]*\$|`[^`]*`", " ", line)))
    return count


def _ending_faults(text: str, fences: list[Fence]) -> Faults:
    """Return the faults of the two sections that close a chapter."""
    outside = _outside_fences(text)
    sections = [(number, line[3:].strip()) for number, line in outside if line.startswith("## ")]
    faults = []
    if not sections or sections[-1][1] != "What is next":
        line = sections[-1][0] if sections else 1
        faults.append((line, "the last section must be `## What is next`"))
    starts = [number for number, title in sections if title == "Key points"]
    if not starts:
        faults.append((1, "no section `## Key points`: add it, before `## What is next`"))
        return faults
    end = next((number for number, _ in sections if number > starts[0]), float("inf"))
    bullets = [line for number, line in outside if starts[0] < number < end and line[:2] == "- "]
    if len(bullets) < MIN_KEY_POINTS:
        faults.append((starts[0], f"{len(bullets)} key points: give at least {MIN_KEY_POINTS}"))
    return faults


def _outside_fences(text: str) -> list[tuple[int, str]]:
    inside = set()
    for fence in find_fences(text):
        inside |= set(range(fence.line, fence.last_line + 1))
    lines = enumerate(text.splitlines(), start=1)
    return [(number, line) for number, line in lines if number not in inside]


def _is_code(fence: Fence) -> bool:
    return fence.name in ("", "code-cell", "code-block", "math")


def _definitions(fence: Fence) -> dict[str, str]:
    terms, term = {}, ""
    for line in fence.body:
        if line.startswith(":class:") or not line.strip():
            continue
        if line.startswith(": "):
            terms[term] = line[2:]
        elif line.startswith("  "):
            terms[term] = terms.get(term, "") + " " + line.strip()
        else:
            term = line.strip()
    return terms
