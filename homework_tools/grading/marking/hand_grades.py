"""Read the points that people gave for free text, from one file or from several markers' files."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from homework_tools.grading.marking.marks import Mark, Students, number_up_to
from homework_tools.grading.reports.safe_text import few, visible
from homework_tools.master.master import Master
from homework_tools.roster.tables import rows_of
from homework_tools.words.translator import gettext

HAND_GRADES = "grades_by_hand"
ADJUSTMENTS = "adjustments.csv"
NEEDED = ("student", "question", "points")
MAX_CLASHES = 10


class Entry(NamedTuple):
    """A row of a file of hand grades."""

    file: str
    where: str  # file and line, for messages
    shown: str  # the student as the row writes them
    mark: Mark
    marker: str  # who gave it, "" if the file does not say
    saved: str  # when: a text that is greater the later it was, "" if the file does not say
    taken_back: bool  # whether the marker has given points before and wants them forgotten


def is_hand_grades(path: Path) -> bool:
    """Return whether a file has the name of one with hand grades."""
    name = path.name.casefold()
    return name.startswith(HAND_GRADES) and name.endswith(".csv")


def find_hand_grades(out: Path) -> list[Path]:
    """Return the files of hand grades next to the scores.

    A file among the submissions is never taken by itself, since a student can hand one in.
    """
    return sorted(filter(is_hand_grades, out.iterdir()))


def unused_hand_grades(submissions: Path, out: Path, used: Sequence[Path]) -> list[str]:
    """Return a warning for each file among the submissions that looks like an instructor's."""
    words = gettext(
        "{file} was NOT used: a student may have handed it in. If it is yours, move it to {place}"
    )
    return [
        words.format(file=visible(str(path)), place=out / path.name.casefold())
        for path in sorted(submissions.rglob("*"))
        if (is_hand_grades(path) or path.name.casefold() == ADJUSTMENTS)
        and path.is_file()
        and out not in path.resolve().parents
        and not any(path.samefile(each) for each in used)
    ]


def read_hand_grades(
    paths: Sequence[Path], master: Master, students: Students, *, chosen: str = ""
) -> tuple[dict[str, dict[str, Mark]], list[str]]:
    """Return what was given for each student's files, by question, and what was left out.

    The files have the columns student, question and points: what the marking page saved, or a
    filled-in `to_read.csv`. `comment`, `earned`, `version`, `marker` and `saved` may be there;
    other columns are passed over, and so are rows without points. The file `chosen` counts where
    two files differ.

    What was left out has a line for each row of a student who has handed in nothing: a file can go,
    and a name can be mistyped. A column that is absent, an unknown question, points that cannot be,
    an answer that the same file grades twice or two files differently raise a ValueError that names
    the line.
    """
    if chosen and chosen not in (path.name for path in paths):
        names = ", ".join(path.name for path in paths) or "none"
        raise ValueError(f"--prefer {chosen}: no such file of hand grades is here, only: {names}")
    found: dict[tuple[str, str], list[Entry]] = {}
    left_out = []
    for path in paths:
        seen = set()
        for question, entry in _entries(path, master):
            student = students.find(entry.shown, entry.where)
            if student is None:
                if not entry.taken_back:
                    words = gettext("{place}: nobody called {name} has handed in; left out")
                    left_out.append(words.format(place=entry.where, name=repr(entry.shown)))
                continue
            if (student, question) in seen:
                what = f"{entry.shown}, question {question} is graded twice"
                raise ValueError(f"{entry.where}: {what}; keep one row")
            seen.add((student, question))
            found.setdefault((student, question), []).append(entry)
    return _merged(found, chosen), left_out


def _entries(path: Path, master: Master) -> Iterator[tuple[str, Entry]]:
    """Yield question and entry of each row with points, or with points that were taken back."""
    most = {cell.question: cell.points for cell in master.code("answer")}
    for where, row in rows_of(path, NEEDED):
        question, given = row["question"], row["points"]
        marker, saved = row.get("marker", ""), row.get("saved", "")
        if not given and not saved:
            continue
        if question not in most:
            raise ValueError(f"{where}: {question!r} is no free-text question: {', '.join(most)}")
        points = number_up_to(where, "points", given, most[question]) if given else 0
        earned = tuple(line for line in row.get("earned", "").splitlines() if line)
        mark = Mark(points, row.get("comment", ""), earned, row.get("version", ""))
        yield question, Entry(path.name, where, row["student"], mark, marker, saved, not given)


def _merged(found: dict[tuple[str, str], list[Entry]], chosen: str) -> dict[str, dict[str, Mark]]:
    """Return one mark for each answer, or raise `ValueError` with what two files disagree on."""
    marks, clashes = defaultdict(dict), []
    for (student, question), entries in found.items():
        entries = [each for each in _latest(entries) if not each.taken_back]
        wanted = [each for each in entries if each.file == chosen] or entries
        others = [each for each in wanted if each.mark.points != wanted[0].mark.points]
        if others:
            one, other = wanted[0], others[0]
            clashes.append(
                f"question {question} of {one.shown}: {one.mark.points:g} points at {one.where}, "
                f"{other.mark.points:g} at {other.where}"
            )
        elif wanted:
            comments = dict.fromkeys(each.mark.comment for each in wanted if each.mark.comment)
            best = max(wanted, key=lambda each: (len(each.mark.earned), each.mark.version))
            marks[student][question] = best.mark._replace(comment="\n\n".join(comments))
    if clashes:
        shown = "; ".join(few(clashes, MAX_CLASHES, str.format))
        raise ValueError(
            f"two markers differ: {shown}. Agree and change one of the rows, or name the file that "
            "counts with --prefer"
        )
    return marks


def _latest(entries: list[Entry]) -> list[Entry]:
    """Return what counts of each marker: a file that was saved later replaces an earlier one."""
    in_order = sorted(entries, key=lambda each: each.saved)
    last = {each.marker: each for each in in_order if each.marker and each.saved}
    return [each for each in entries if not each.saved or each is last.get(each.marker, each)]
