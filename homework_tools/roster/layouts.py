"""Whose file is whose in a download, by the names that learning platforms give to files.

A new platform is a new line in `LAYOUTS`: where in a path the student's number is, and what else
the platform says there. The part that the student chose comes last and is called `file`; it can't
pose as the platform's part, since the first fit in a path counts.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

NOTEBOOK = (".ipynb", ".zip")
LEAST = 0.5  # of the notebooks have to fit, or no layout is recognized


@dataclass(frozen=True)
class Owner:
    """What a path says of the student who handed it in."""

    id: str
    """What the platform calls the student: a number, or a user name.

    Blackboard writes the assignment's name before it, with a `_` that a user name may hold as well.
    """
    name: str = ""  # the student's name as the platform writes it in paths, "" if it does not
    attempt: str = ""  # what is greater in a later attempt, "" where the platform keeps only one
    submitted: datetime | None = None  # when it was handed in, if the path says so
    late: bool = False  # whether the platform calls it late
    partners: tuple[str, ...] = ()  # the ids of those with whom the student handed in as a group


@dataclass(frozen=True)
class Layout:
    """How one platform names the files of a download."""

    platform: str  # the platform's name, for messages
    pattern: str  # what a whole path of a submitted file looks like
    passed_over: str = r"(?!)"  # what the platform adds, and is no student's work

    def owner(self, path: str) -> Owner | None:
        """Return whose a path is, or None if the platform names no file so."""
        match = re.fullmatch(self.pattern, path, re.IGNORECASE)
        if not match:
            return None
        found = {key: value for key, value in match.groupdict().items() if value}
        attempt = found.get("attempt", "")
        return Owner(
            id=found["id"],
            name=found.get("name", ""),
            attempt=attempt,
            submitted=_moment(attempt),
            late="late" in found,
        )

    def answer(self, path: str, name: str) -> str:
        """Return the path at which the platform takes a file back that answers a student's file."""
        match = re.fullmatch(self.pattern, path, re.IGNORECASE)
        start = match.start("file") if match and "file" in match.groupdict() else None
        return path[:start] + name if start is not None else path.rpartition(".")[0] + f"-{name}"

    def adds(self, path: str) -> bool:
        """Return whether the platform itself has put this file into the download."""
        return bool(re.fullmatch(self.passed_over, path, re.IGNORECASE))


PLAIN = Layout("one file per student", r"(?:.*?/)??(?P<id>[^/]+)\.(?:ipynb|zip)")
LAYOUTS = (
    Layout(
        "Moodle",
        r"(?:.*?/)??(?P<name>[^/_]+)_(?P<id>\d+)_assignsubmission_file[_/]+(?P<file>.+)",
        r"(?!.*_\d+_assignsubmission_file).*_\d+_assignsubmission_[^/]+(/.*)?",
    ),
    Layout(
        "Canvas",
        r"(?:.*?/)??(?P<name>[^/]+?)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+)",
        r".*_(text|link)\.html",
    ),
    Layout(
        "Canvas, anonymous",
        r"(?:.*?/)??(?P<late>LATE_)?anon_(?P<id>[A-Za-z0-9]+)_\d+_(?P<file>[^/]+)",
        r".*_(text|link)\.html",
    ),
    Layout(
        "Gradescope",
        r"(?:.*?/)??submission_(?P<id>\d+)/(?P<file>.+)",
        r"(.*/)?submission_metadata\.(yml|yaml|csv)",
    ),
    Layout(
        "Blackboard",
        r"(?:.*?/)??(?P<id>[^/]+?)_attempt_(?P<attempt>\d{4}(?:-\d\d){5})_(?P<file>[^/]+)",
        r".*_attempt_\d{4}(-\d\d){5}\.txt",
    ),
    Layout(
        "GitHub Classroom",
        r"(?:.*?/)??(?P<work>[^/]+)-submissions/(?P=work)-(?P<id>[^/]+)/(?P<file>.+)",
        r".*/(README\.md|\.git\w*|LICENSE)",
    ),
    Layout(
        "nbgrader's exchange",
        r"(?:(?![^/+]+\+[^/+]+\+\d)[^/]+/)*"  # no folder of that kind within another
        r"(?P<id>[^/+]+)\+[^/+]+\+(?P<attempt>\d{4}-\d\d-\d\d [\d:.]+ UTC)[^/]*/(?P<file>[^/]+)",
        r".*/timestamp\.txt",
    ),
    Layout(
        "nbgrader",
        r"(?:(?!submitted/)[^/]+/)*submitted/(?P<id>[^/]+)/[^/]+/(?P<file>[^/]+)",
        r".*/timestamp\.txt",
    ),
)


def recognize(paths: Iterable[str]) -> Layout:
    """Return the layout of a download, by the paths of its files, with `/` between folders.

    It is the one that most of the notebooks and zips fit, at least half of them; `PLAIN` else.
    """
    notebooks = [path for path in paths if path.lower().endswith(NOTEBOOK)]
    fits = {each: sum(each.owner(path) is not None for path in notebooks) for each in LAYOUTS}
    best = max(LAYOUTS, key=lambda each: fits[each])
    return best if fits[best] and fits[best] >= LEAST * len(notebooks) else PLAIN


def _moment(attempt: str) -> datetime | None:
    """Return the time that an attempt is named by, without a zone where the path gives none.

    None for what is no time: a student may have named a file so.
    """
    with suppress(ValueError):
        if attempt.endswith(" UTC"):
            return datetime.fromisoformat(attempt.removesuffix(" UTC")).replace(tzinfo=UTC)
        return datetime.strptime(attempt, "%Y-%m-%d-%H-%M-%S")
    return None
