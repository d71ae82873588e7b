"""The points that a person gave for one answer, and the names under which students are found."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

from homework_tools.grading.reports.safe_text import plain
from homework_tools.roster.class_list import without_word


class Mark(NamedTuple):
    """What one marker gave for one answer."""

    points: float
    comment: str = ""  # what the student reads
    earned: tuple[str, ...] = ()  # the lines of the rubric that the marker ticked
    version: str = ""  # `to_read.version` of the answer, "" if the file does not say


class Students:
    """Whom a word in a table means: by name, id, e-mail address, or code on an anonymous page."""

    def __init__(self, labels: Iterable[tuple[str, str]]):
        """Take pairs of a word and the name of the student's files."""
        self._found = defaultdict(set)
        for label, student in labels:
            if label:
                self._found[normalize("NFC", label)].add(student)
                self._found[normalize("NFC", plain(label))].add(student)  # as our tables have it

    def find(self, shown: str, where: str) -> str | None:
        """Return the name of a student's files, None if nobody is called so.

        A word that means more than one student raises a ValueError, which says where it is.
        """
        shown = normalize("NFC", shown)
        found = self._found.get(shown) or self._found.get(without_word(shown)) or set()
        if len(found) > 1:
            students = " or ".join(sorted(found))
            raise ValueError(f"{where}: {shown!r} may be {students}: write an id that only one has")
        return next(iter(found), None)

    def __iter__(self):
        """Yield every word that means a student."""
        return iter(self._found)


def number_up_to(where: str, column: str, given: str, most: int) -> float:
    """Return points that a person wrote; raise `ValueError` unless they can be."""
    try:
        points = float(given.replace(",", "."))
    except ValueError:
        points = -1
    if not 0 <= points <= most:
        raise ValueError(f"{where}: {column} must be a number from 0 to {most}, not {given!r}")
    return points
