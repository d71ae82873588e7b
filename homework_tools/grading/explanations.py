"""Say what went wrong in a submission, in words that hold no data of the hidden tests."""

import builtins
import difflib
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from homework_tools.grading.causes import UNWRITTEN
from homework_tools.grading.submission import Submission
from homework_tools.master.rules import SIGNATURES
from homework_tools.sandbox.guest import codec
from homework_tools.words.translator import gettext, gettext_noop

HINTS = {
    "AssertionError": "an assert in your own code failed",
    "AttributeError": "a value has another type than the code expects",
    "ImportError": "only numpy, pandas, scipy and matplotlib are there",
    "IndexError": "a position that is not there; the test's data have another size",
    "KeyError": "it asks for a row or column that is not there; did you type a name that an "
    "argument gives?",
    "MemoryError": "it needs far too much memory",
    "ModuleNotFoundError": "only numpy, pandas, scipy and matplotlib are there",
    "NameError": "a name that is not known; of a notebook only imports, functions and plain values "
    "are taken for grading, so pass what the function needs as an argument",
    "OSError": "a file that is not there, or may not be opened",
    "RecursionError": "it calls itself again and again",
    "ResultTooLarge": "what it returns is far too large",
    "SystemExit": "exit or quit ends the program",
    "TypeError": "a value of the wrong type, or other arguments than the question gives",
    "UnboundLocalError": "a variable of the function is used before it has a value",
    "ValueError": "values that do not fit together, perhaps because shapes or labels differ",
    "ZeroDivisionError": "a division by zero",
}
KNOWN_KINDS = {
    name
    for module in (builtins, np.exceptions, np.linalg, pd.errors)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
OUTSIDE = gettext_noop(
    "{name} is set in {place}, by a line that does not run for grading: only imports, functions "
    "and plain values do; use the function's arguments, or write that line inside the function"
)

UNREAD = gettext_noop("Not everything could be read: {faults}.")


@dataclass(eq=False)
class Failed(Exception):
    """A call gave no result."""

    feedback: str  # for the student
    detail: str = ""  # for the instructor
    mistake: str = ""  # the feedback without what is this student's alone, "" if it is the same
    function: str = ""  # which one stopped with an error
    kind: str = ""  # the kind of that error


class Explanations:
    """What a student reads of a fault, in a notebook that is read and never run here."""

    def __init__(self, submission: Submission):
        self._lines = {cell: source.split("\n") for cell, source in submission.code}
        self._submission = submission
        self._set_outside: dict[str, str] = {}
        self.defined: list[str] = []
        self.unread: list[tuple[str, str]] = []  # each with its place, and by its kind alone

    def undefined(self, name: str) -> Failed:
        """Return what a student reads of a function that is not there: what is in its place."""
        missing = gettext("{name} is not defined in the notebook.", name=name)
        for cell in self._submission.text:
            if re.search(rf"^[ \t]*def[ \t]+{name}[ \t]*\(", cell["source"], re.MULTILINE):
                place = self._submission.place(cell["number"])
                why = gettext(
                    "{place} holds it, but is a {kind} cell: make it a code cell again.",
                    place=f"{place[0].upper()}{place[1:]}",
                    kind=cell["kind"],
                )
                return Failed(f"{missing} {why}")
        if similar := most_similar(name, self.defined):
            why = gettext(
                "There is a function `{similar}`: give it the name {name} again.",
                similar=similar,
                name=name,
            )
            return Failed(f"{missing} {why}")
        if not self.unread:
            return Failed(missing)
        places = "; ".join(place for place, _ in self.unread[:3])
        return Failed(
            f"{missing} {gettext(UNREAD, faults=places)}",
            mistake=f"{missing} {gettext(UNREAD, faults=self.unread[0][1])}",
        )

    def failed(self, name: str, fault: dict) -> Failed:
        """Return what a student reads of an error: its kind, but never where it arose.

        A submission can choose by the data of the tests in which of its lines it fails, and so
        write them into the feedback. The place and the message are for the instructor.
        """
        kinds = fault.get("kinds")
        kinds = [str(fault.get("kind")), *(kinds[:10] if isinstance(kinds, list) else [])]
        message = str(fault.get("message", ""))[:500]
        detail = f"{kinds[0][:60]}: {message} ({self.place(fault)})"
        if kinds[0] == UNWRITTEN:
            words = gettext("{name} is still to be written.", name=name)
            return Failed(words, detail, function=name, kind=UNWRITTEN)
        kind = next((kind for kind in kinds if isinstance(kind, str) and kind in HINTS), "")

        def stopped(error: str) -> str:
            return gettext("{name} stopped with {error}.", name=name, error=error)

        if not kind:
            return Failed(stopped(gettext("an error of another kind")), detail)
        mistake = stopped(f"{kind} ({gettext(HINTS[kind])})")
        hint = self._set_outside.get(name) if kind == "NameError" else ""
        return Failed(stopped(f"{kind} ({hint})") if hint else mistake, detail, mistake, name, kind)

    def find_names_set_outside(self, unset: dict) -> None:
        """Find where the student sets the names that a function misses, outside of functions."""
        unset = {name: unset[name] for name in SIGNATURES if isinstance(unset.get(name), list)}
        unset = {name: [str(each)[:60] for each in unset[name][:20]] for name in unset}
        wanted = {name for needed in unset.values() for name in needed}
        places: dict[str, str] = {}
        for cell, lines in self._lines.items():
            for number, line in enumerate(lines, start=1):
                for name in (wanted & names_set(line)) - places.keys():
                    place = self._submission.place(cell)
                    places[name] = gettext("{place}, line {line}", place=place, line=number)
        for function, needed in unset.items():
            for name in reversed([name for name in needed if name in places]):
                self._set_outside[function] = gettext(OUTSIDE, name=name, place=places[name])

    def kind(self, fault: dict) -> str:
        """Say of which kind an error is."""
        kind = str(fault.get("kind"))
        return kind if kind in KNOWN_KINDS else gettext("an error of its own kind")

    def place(self, fault: dict) -> str:
        """Say where an error arose, by the student's own line; never by the error's message.

        Nor by a class of the student's making, whose name could hold data of the tests.
        """
        kind, cell, line = self.kind(fault), fault.get("cell"), fault.get("line")
        if type(cell) is not int or cell not in self._lines:
            return kind
        lines = self._lines[cell]
        place = gettext("{error} in {place}", error=kind, place=self._submission.place(cell))
        if type(line) is not int or not 0 < line <= len(lines):
            return place
        code = codec.one_line(lines[line - 1].strip().replace("`", "'"), 100)
        return f"{gettext('{place}, line {line}', place=place, line=line)}: `{code}`"


def most_similar(name: str, others: list[str]) -> str:
    """Return the one of the other names that is nearly this one, "" if there is none."""

    def bare(name: str) -> str:
        return name.replace("_", "").casefold()[:60]

    found = {bare(other): other for other in others if other not in SIGNATURES}
    close = difflib.get_close_matches(bare(name), found, 1, 0.7)
    close += [other for other in found if bare(name) in other]
    return found[close[0]][:60] if close else ""


def names_set(line: str) -> set[str]:
    """Return the names that a line outside of functions sets; in linear time, however long."""
    left, equals, right = line.partition("=")
    if not equals or right.startswith("=") or line[0].isspace():
        return set()
    target = left.strip().removeprefix("(").removesuffix(")")
    plain = re.fullmatch(r"[\w\s,*:.\[\]]*", target)
    return set(re.findall(r"\w+", target)) if plain else set()
