"""Read the text of a `{pycell}`: words, code to complete, its solution, a check, and hints.

The check is run when the book is built: it must refuse the code that a reader starts from, and
accept the solution.
"""

import contextlib
import io
from dataclasses import dataclass, field

from website.extensions.text.page import PYCELL_PART
from website.extensions.text.quizzes import Faults, Lines

MAX_HINTS = 3


@dataclass
class Exercise:
    """The parts of a `{pycell}`; one without a check is a cell to try things in."""

    words: Lines
    code: str = ""
    solution: str = ""
    check: str = ""
    hints: list[Lines] = field(default_factory=list)


def read_exercise(body: list[str]) -> Exercise:
    """Return the parts of a `{pycell}`, of the lines between its fences."""
    parts = [
        (index, match["name"])
        for index, line in enumerate(body)
        if (match := PYCELL_PART.match(line))
    ]
    starts = [index for index, _ in parts] + [len(body)]
    found = Exercise(words=(0, body[: starts[0]]))
    for (index, name), end in zip(parts, starts[1:], strict=True):
        lines = body[index + 1 : end]
        if name == "hint":
            found.hints.append((index + 1, lines))
        else:
            setattr(found, name, "\n".join(lines).strip("\n"))
    return found


def pycell_faults(body: list[str]) -> Faults:
    """Return what is wrong with a `{pycell}`: the line, counted from 0, and how to fix it."""
    found = read_exercise(body)
    message = _missing(found) or _wrong_check(found)
    return [(0, message)] if message else []


def _missing(found: Exercise) -> str:
    if not "".join(found.words[1]).strip():
        return "this pycell says nothing: write above its code what the reader is to do"
    if not found.code:
        return "this pycell has no code to start from: add a line `--- code`, and the code"
    if bool(found.check) != bool(found.solution):
        return "a pycell with a check needs a solution, and one with a solution a check"
    if len(found.hints) > MAX_HINTS:
        return f"this pycell has {len(found.hints)} hints: give it at most {MAX_HINTS}"
    return ""


def _wrong_check(found: Exercise) -> str:
    if not found.check:
        return ""
    if _error(found.code, found.check) is None:
        return "the check of this pycell accepts the code that a reader starts from"
    error = _error(found.solution, found.check)
    return "" if error is None else f"the solution of this pycell fails its check: {error!r}"


def _error(code: str, check: str) -> Exception | None:
    """Return what stops the check after some code, if anything does."""
    names: dict = {}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for part in (code, check):
                exec(compile(part, "<pycell>", "exec"), names)
    except Exception as error:  # whatever a reader's code may raise
        return error
    return None
