"""The class: who is in it, read from the table that a learning platform exports, or from one's own.

The platforms' own names for columns are in `COLUMNS`; a new one is a word in a line.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from homework_tools.master.due_date import EXAMPLE, read_due
from homework_tools.roster.names import safe_name
from homework_tools.roster.tables import read_table

COLUMNS = {
    "name": ("name", "student", "full name", "student name"),
    "first": ("first name", "firstname", "given name"),
    "last": ("last name", "lastname", "surname", "family name"),
    "id": (
        *("id", "student id", "sid", "id number", "sis user id", "sis login id", "identifier"),
        *("username", "user name", "login", "github_username", "roster_identifier", "participant"),
    ),
    "email": ("email", "e-mail", "email address"),
    "section": ("section", "sections", "group", "groups"),
    "extension": ("extension",),
}
NOT_STUDENTS = ("points possible", "student, test", "test student")  # rows that Canvas adds
POSTING = "manual posting"  # one more, in the columns whose points students don't see at once


@dataclass(frozen=True)
class Person:
    """One student of the class."""

    name: str  # the name for tables
    ids: tuple[str, ...] = ()  # on the platforms, and the e-mail address; no two students share one
    email: str = ""  # the e-mail address, "" if the list has none
    section: str = ""  # the section or group, "" if the list has none
    extension: str = ""  # the student's own due date, "" for that of the class


def read_class_list(path: Path) -> list[Person]:
    """Return the students of a class list, in its order.

    It is a table with a header line, in CSV, separated by `,` or `;` or tabs: the list of your own
    (name, id, email, section, extension; only a name or an id is needed), or what Canvas, Moodle or
    Gradescope export. If no column tells who a student is, a row has neither a name nor an id, an
    extension is not a due date, or an id is there twice, a ValueError says where. A list without a
    student is one as well.
    """
    table = read_table(path)
    columns = table_columns(table.header)
    if not {"name", "last", "id", "email"} & set(columns):
        names = ", ".join(COLUMNS["name"][:2] + COLUMNS["id"][:3])
        raise ValueError(
            f"{path.name}:1: no column says who a student is; name one of them: {names}"
        )
    people = []
    for where, row in table.rows:
        if not any(cell.strip() for cell in row) or is_no_student(row, columns):
            continue
        person = _person(row, columns)
        if not person.name:
            raise ValueError(f"{where}: a row with neither a name nor an id")
        try:
            read_due(person.extension or EXAMPLE)
        except ValueError as error:
            raise ValueError(f"{where}: the extension: {error}") from None
        people.append(person)
    if not people:
        raise ValueError(f"{path.name}: no student below the header; write one per line")
    _refuse_twice(path, people)
    return people


def by_id(people: list[Person]) -> dict[str, Person]:
    """Return who has each id and e-mail address, written as by `plain_id`."""
    return {plain_id(each): person for person in people for each in person.ids}


def by_name(people: list[Person]) -> dict[str, Person]:
    """Return who has each name that no other student has, written as by `plain_id`.

    A name may also be written as a file's name has it, with `_` for each space.
    """
    whose = {(plain_id(name), p) for p in people for name in (p.name, safe_name(p.name))}
    often = Counter(name for name, _ in whose)
    return {name: person for name, person in whose if often[name] == 1}


def table_columns(header: list[str]) -> dict[str, list[int]]:
    """Return in which columns each kind of fact is."""
    found: dict[str, list[int]] = {}
    for number, title in enumerate(header):
        for kind, titles in COLUMNS.items():
            if title.strip().casefold() in titles:
                found.setdefault(kind, []).append(number)
    return found


def is_no_student(row: list[str], columns: dict[str, list[int]]) -> bool:
    """Return whether a row is one that the platform adds to those of the students."""
    names = [row[number] for number in columns.get("name", []) if number < len(row)]
    names = [name.strip().casefold() for name in names]
    posting = not any(names) and POSTING in (cell.strip().casefold() for cell in row)
    return posting or any(name in NOT_STUDENTS for name in names)


def _person(row: list[str], columns: dict[str, list[int]]) -> Person:
    def cells(kind: str) -> list[str]:
        found = [row[number] for number in columns.get(kind, []) if number < len(row)]
        return [unicodedata.normalize("NFC", cell.strip()) for cell in found if cell.strip()]

    ids = [without_word(each) for each in cells("id") + cells("email")]
    full = " ".join(cells("first") + cells("last"))
    name = next(filter(None, [*cells("name"), full, *ids]), "")
    first = {kind: next(iter(cells(kind)), "") for kind in ("email", "section", "extension")}
    return Person(name=name, ids=tuple(dict.fromkeys(ids)), **first)


def _refuse_twice(path: Path, people: list[Person]) -> None:
    ids = Counter(plain_id(each) for person in people for each in set(person.ids))
    names = Counter(plain_id(person.name) for person in people if not person.ids)
    for each, count in (ids + names).items():
        if count > 1:
            raise ValueError(
                f"{path.name}: {each!r} is there twice; each student needs their own id"
            )


def plain_id(name: str) -> str:
    """Return an id, an address or a name as it is compared."""
    return unicodedata.normalize("NFC", without_word(name)).strip().casefold()


def without_word(name: str) -> str:
    """Return an id without the word that Moodle writes before it."""
    return re.sub(r"^\s*Participant (\d+)\s*$", r"\1", name)
