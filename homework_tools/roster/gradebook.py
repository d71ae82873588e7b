"""Put totals into the table that a learning platform exported, and touch nothing else in it.

A row gets a total by the student's id or e-mail address, never by a name. The row of a student who
is not graded stays as it is: a 0 that nobody gave would be a grade.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from homework_tools.roster.class_list import is_no_student, plain_id, table_columns
from homework_tools.roster.tables import Table, read_table

POSSIBLE = "points possible"
READ_ONLY = "(read only)"
NO_PLATFORM = "a table"


@dataclass(frozen=True)
class Platform:
    """How to know a platform's table, and where its points are."""

    name: str
    titles: tuple[str, ...]  # of columns that only its tables have, all of them, in small letters
    points: str = ""  # the title of the column of points, "" if it is named after the homework
    most: str = ""  # the title of the column with the most points there are, "" without one


PLATFORMS = (
    Platform("Moodle", ("identifier", "last modified (grade)"), "grade", "maximum grade"),
    Platform("Canvas", ("student", "id", "section")),
    Platform("Gradescope", ("first name", "last name", "sid")),
    Platform(NO_PLATFORM, ()),
)


@dataclass(frozen=True)
class Graded:
    """The points of one student."""

    name: str  # the name, for messages
    ids: tuple[str, ...]  # by which the student's row is found
    total: float


@dataclass(frozen=True)
class Gradebook:
    """A platform's table with the points in it."""

    platform: str
    text: str
    filled: tuple[str, ...] = ()  # the names in rows that got points
    changed: tuple[str, ...] = ()  # those that had other points before, with old and new
    no_row: tuple[str, ...] = field(default=())  # the graded students for whom there is no row


def fill_gradebook(
    path: Path, graded: list[Graded], *, title: str, out_of: float, column: str = ""
) -> Gradebook:
    """Return the gradebook that a platform exported, with the points in the homework's column.

    That is the column called `column`, else the platform's own, else the one with the homework's
    title. A platform that expects other points than `out_of` would show wrong grades. If it does,
    the column can't be found or written, or two students have the id of one row, a ValueError names
    the line.
    """
    table = read_table(path)
    titles = [each.strip().casefold() for each in table.header]
    platform = next(each for each in PLATFORMS if set(each.titles) <= set(titles))
    place = _column(path, titles, column or platform.points or title)
    columns = table_columns(table.header)
    by_id = defaultdict(set)  # an id of two students must not give one the other's points
    for student in graded:
        for each in student.ids:
            by_id[plain_id(each)].add(student)
    filled, changed, found, decimal_mark = [], [], set(), _decimal_mark(table)
    for where, row in table.rows:
        row += [""] * (len(titles) - len(row))
        if is_no_student(row, columns):
            if POSSIBLE in (cell.strip().casefold() for cell in row):
                _refuse_other_points(where, row[place], out_of)
            continue
        ids = [row[number] for kind in ("id", "email") for number in columns.get(kind, [])]
        if platform.most:
            _refuse_other_points(where, row[titles.index(platform.most)], out_of)
        students = set().union(*(by_id.get(plain_id(each), ()) for each in ids if each.strip()))
        if len(students) > 1:
            names = " and ".join(sorted(student.name for student in students))
            raise ValueError(f"{where}: the ids of {names} are both in this row")
        for student in students:
            number = f"{student.total:g}"
            before, row[place] = row[place], number.replace(".", decimal_mark)
            found.add(student)
            filled.append(student.name)
            if before.strip() not in ("", "-") and _value(before) != float(number):
                changed.append(f"{student.name}: {before} → {row[place]}")
    return Gradebook(
        platform.name,
        table.text(),
        tuple(filled),
        tuple(changed),
        tuple(student.name for student in graded if student not in found),
    )


def _column(path: Path, titles: list[str], wanted: str) -> int:
    """Return the number of the column of points: of that title, or the only one that begins so."""
    plain = wanted.strip().casefold()
    exact = [number for number, title in enumerate(titles) if title == plain]
    begins = [number for number, title in enumerate(titles) if title.startswith(plain)]
    found = exact or begins
    if len(found) == 1:
        return found[0]
    why = "more than one column begins with" if found else "no column is called"
    columns = ", ".join(filter(None, titles))
    raise ValueError(
        f"{path.name}:1: {why} {wanted!r}; name the one to fill with --column: {columns}"
    )


def _refuse_other_points(where: str, most: str, out_of: float) -> None:
    most = most.strip().casefold()
    if most == READ_ONLY:
        raise ValueError(f"{where}: the platform computes this column itself")
    if most and _value(most) != out_of:
        raise ValueError(
            f"{where}: this column is out of {most} points, the homework out of "
            f"{out_of:g}: change it on the platform, then export again"
        )


def _value(points: str) -> float | None:
    """Return the number that points are, None for words such as those of a scale."""
    try:
        return float(points.replace(",", "."))
    except ValueError:
        return None


def _decimal_mark(table: Table) -> str:
    """Return the decimal mark that most numbers of a table have.

    Without one, a semicolon between cells says that the comma is not free.
    """
    text = "\n".join(cell.strip() for _, row in table.rows for cell in row)
    points, commas = (len(re.findall(rf"^\d+{m}\d+$", text, re.MULTILINE)) for m in (r"\.", ","))
    return "," if commas > points or (not points and table.separator == ";") else "."
