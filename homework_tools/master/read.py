"""Read the homework's master, `homework/homework.md`, and refuse one that breaks its rules."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jupytext
import yaml
from jupytext.myst import MystMetadataParsingError
from nbformat import ValidationError

from homework_tools.master.course import MasterError, course_file, read_course
from homework_tools.master.master import CODE_KINDS, Cell, Master, Settings, broken
from homework_tools.master.rules import check_master
from homework_tools.master.sections import TABLE, Section, read_sections
from homework_tools.text_files import utf8_text
from homework_tools.words.catalogues import passages_of

MASTER = Path(__file__).resolve().parents[2] / "homework" / "homework.md"
SETTINGS = {"id": str, "points": int}
KEYS = {  # what each kind of cell must say beside its tag
    "given": set(),
    "solution": {"question"},
    "check": {"question"},
    "hidden-setup": set(),
    "hidden-test": {"question", "points", "title"},
    "answer": {"question", "points"},
    "text": set(),
}


def read_settings(path: Path = MASTER) -> Settings:
    """Return the settings: those in the master's front matter, and those of the course.

    The course's are in `course.yml` beside the master's folder; without it, in the project's own.
    Raises MasterError if one is absent, unknown or of the wrong type.
    """
    text = _text(Path(path))
    match = re.match(r"---\n(.*?)\n---\n", text, flags=re.S)
    try:
        found = yaml.safe_load(match[1]) if match else None
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: a date that cannot be
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 2
        why = getattr(error, "problem", None) or error
        message = f"no valid YAML ({why}): put text with a colon in quotes"
        raise broken(path, line, message) from None
    found = found.get("homework") if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise broken(path, 1, "no front matter with a mapping `homework:`")
    lines = text.split("\n")

    def line_of(name: str) -> int:
        return next((n for n, line in enumerate(lines, 1) if line.startswith(f"  {name}:")), 1)

    for name in found.keys() - SETTINGS.keys():
        message = f"unknown setting {name!r}: one of {', '.join(SETTINGS)}; others: course.yml"
        raise broken(path, line_of(name), message)
    for name, kind in SETTINGS.items():
        if type(found.get(name)) is not kind:
            wanted = "a whole number" if kind is int else "text"
            message = f"the setting `{name}` must be {wanted}, not {found.get(name)!r}"
            raise broken(path, line_of(name), message)
    course = read_course(course_file(Path(path).resolve().parents[1]))
    return Settings(**vars(course), **found)


def read_master(path: Path = MASTER, seed: int | None = None, site: str = "") -> Master:
    """Return the homework, checked.

    Another seed, of a cohort or of one student, takes the published one's place in the given code.
    `site` is the address at which the book is published, for links to it; "" if it is not known.
    The first rule that is broken raises a MasterError with file, line and remedy.
    """
    path, settings = Path(path), read_settings(path)
    book = f"{site.rstrip('/')}/book/{{}}.html" if site else ""
    off = settings.chapters_off
    sections = {
        question: each.in_language(passages_of(settings, f"book/{each.chapter}"))
        for question, each in _sections(path).items()
        if each.chapter not in off
    }
    master = Master(path, settings, tuple(_cells(path)), sections, book)
    check_master(master)
    return master if seed is None else reseeded(master, seed)


def reseeded(master: Master, seed: int) -> Master:
    """Return the homework with another seed in its given code."""
    old = rf"\bseed={master.settings.seed}\b"
    cells = [
        replace(cell, source=re.sub(old, f"seed={seed}", cell.source))
        if cell.kind == "given"
        else cell
        for cell in master.cells
    ]
    return replace(master, settings=replace(master.settings, seed=seed), cells=tuple(cells))


def _sections(path: Path) -> dict[str, Section]:
    """Return what to read for each question, from the table beside the master."""
    table = path.with_name(TABLE)
    text = _text(table) if table.is_file() else "{}"
    try:
        return read_sections(text)
    except (yaml.YAMLError, ValueError) as error:
        raise broken(table, 1, f'{error}: write [chapter, part, "heading", ...]') from None


def _text(path: Path) -> str:
    """Return the text of a master or its table; its lines end as in the cells of a notebook."""
    try:
        return utf8_text(path).replace("\r\n", "\n")
    except ValueError as error:
        raise MasterError(f"{path.resolve().parent.name}/{error}") from None


def _cells(path: Path) -> Iterator[Cell]:
    """Yield the cells, each with the line on which its source begins."""
    text = _text(path)
    position = text.index("\n---\n") + 4
    try:
        cells = jupytext.reads(text, "md:myst").cells
    except (MystMetadataParsingError, ValidationError) as error:
        place = re.search(r"at line (\d+)", str(error))
        why = " ".join(str(error).split("\n")[0].split())
        message = f"the settings of a cell can't be read ({why}): write them as the other cells do"
        raise broken(path, int(place[1]) if place else 1, message) from None
    for found in cells:
        if not found.source:
            continue
        position = text.index("\n" + found.source, position) + 1
        line = text.count("\n", 0, position) + 1
        position += len(found.source)
        yield _cell(path, line, found)


def _cell(path: Path, line: int, found) -> Cell:
    settings = dict(found.metadata)
    tags = list(settings.pop("tags", []))
    allowed = CODE_KINDS if found.cell_type == "code" else ("answer",)
    if len(tags) > 1 or (found.cell_type == "code" and not tags):
        raise broken(path, line, f"a cell has one tag, not {tags}: one of {', '.join(allowed)}")
    kind = tags[0] if tags else "text"
    if tags and kind not in allowed:
        raise broken(path, line, f"unknown tag {kind!r}: one of {', '.join(allowed)}")
    for key in settings.keys() - KEYS[kind]:
        raise broken(path, line, f"unknown key {key!r} of a cell tagged {kind!r}")
    for key in sorted(KEYS[kind] - settings.keys()):
        raise broken(path, line, f"a cell tagged {kind!r} needs the key `{key}`")
    points = settings.get("points", 0)
    if "points" in settings and not (type(points) is int and points > 0):
        raise broken(path, line, f"points must be a whole number above 0, not {points!r}")
    return Cell(
        kind,
        found.source,
        line,
        question=str(settings.get("question", "")),
        points=points,
        title=str(settings.get("title", "")),
    )
