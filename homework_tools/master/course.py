"""Read `course.yml`, the one place for what a course of one's own changes.

Each setting has a default, those of the book as it is published, so the file may be empty.
"""

import difflib
import re
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from homework_tools.master.colors import READABLE, contrast
from homework_tools.master.due_date import read_due

FILE = "course.yml"
PROJECT = Path(__file__).resolve().parents[2]
BACKGROUNDS = {  # the page, a tinted row, and what a search has marked
    "color_light": ("#ffffff", "#f2f5f8", "#f8d9a8"),
    "color_dark": ("#12161c", "#1a2029", "#3d3800"),
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
REPOSITORY = re.compile(r"https://[\w.-]+(/[\w.-]+)+(?<!\.git)")  # pages below it are linked
DUE = read_due("2026-02-02 23:59 +00:00")
NULL = ("~", "null", "Null", "NULL")  # YAML's words for an empty value
NEEDED = ("title", "author", "language", "repository")


class MasterError(ValueError):
    """A homework or a course breaks a rule; the message begins with file and line."""


@dataclass(frozen=True)
class Course:
    """What `course.yml` says, or the default where it says nothing."""

    course: str = ""  # the course's name, such as "BIO 312 Genomics"
    title: str = "RNA-seq Expression Homework"
    author: str = "The rnaseq-hw authors"  # who teaches it: under pages, in citation and PDF
    institution: str = ""
    term: str = ""  # when, such as "Spring 2027"
    language: str = "en"  # the tag of the language of the pages
    repository: str = "https://github.com/example/rnaseq-hw"  # a placeholder
    due: datetime = DUE
    seed: int = 44  # the seed of the published data
    solutions: str = "hidden"  # "hidden", or "released" to show them on the site
    color_light: str = "#005c91"  # the color of links and titles on a white page
    color_dark: str = "#6fc0ee"  # the same on a dark one
    chapters_off: tuple[str, ...] = ()  # the names of their files, which this course leaves out
    path: Path = field(default=PROJECT / FILE, compare=False)
    lines: dict[str, int] = field(default_factory=dict, compare=False)  # of the settings in it

    @property
    def where(self) -> tuple[str, ...]:
        """Return course, institution and term, those that are known."""
        return tuple(filter(None, (self.course, self.institution, self.term)))

    def broken(self, name: str, message: str) -> MasterError:
        """Return the error of a setting, which names file and line."""
        return MasterError(f"{self.path.name}:{self.lines.get(name, 1)}: {message}")


NAMES = [each.name for each in fields(Course) if each.name not in ("path", "lines")]


def course_file(folder: Path) -> Path:
    """Return the `course.yml` of a folder; without one, that of the project."""
    path = Path(folder, FILE)
    return path if path.is_file() else PROJECT / FILE


def read_course(path: Path = PROJECT / FILE) -> Course:
    """Return the settings, checked.

    The first that is wrong raises a MasterError with file, line and remedy.
    """
    path = Path(path)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    try:
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        why = getattr(error, "problem", None) or error
        message = f"{path.name}:{line}: no valid YAML ({why}): put text with a colon in quotes"
        raise MasterError(message) from None
    if node is None:
        return Course(path=path)
    if not isinstance(node, yaml.MappingNode):
        raise MasterError(f"{path.name}:1: write one `setting: value` per line")
    written, lines = {}, {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name not in NAMES:
            raise MasterError(f"{path.name}:{line}: {_unknown(name)}")
        if name in written:
            raise MasterError(f"{path.name}:{line}: `{name}` is there twice; take one out")
        written[name], lines[name] = _plain(value), line
    found = Course(path=path, lines=lines)
    return replace(found, **{name: _value(found, name, each) for name, each in written.items()})


def _plain(node: yaml.Node) -> object:
    """Return what is written, without YAML's guesses: `no` is Norwegian, and no `false`."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return "" if plain and node.value in NULL else node.value


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, NAMES, 1)
    known = f"did you mean `{close[0]}`?" if close else f"the settings are {', '.join(NAMES)}"
    return f"unknown setting `{name}`: {known}"


def _value(course: Course, name: str, written: object) -> Any:
    """Return a setting's value, or say what is wrong with what is written."""
    if name == "chapters_off":
        return _chapters(course, written)
    if not isinstance(written, str):
        raise course.broken(name, f"`{name}` is one value, not {written!r}")
    if name == "seed":
        return _seed(course, written)
    if name == "due":
        try:
            return read_due(written)
        except ValueError as error:
            raise course.broken(name, f"the due date: {error}") from None
    if name in BACKGROUNDS:
        return _color(course, name, written)
    if name == "solutions" and written not in ("hidden", "released"):
        raise course.broken(name, f"`solutions` must be hidden or released, not {written!r}")
    if name == "language" and not LANGUAGE.fullmatch(written):
        message = f"{written!r} is not a language tag such as en, de or pt-BR"
        raise course.broken(name, message)
    if name == "repository" and not REPOSITORY.fullmatch(written):
        message = f"{written!r} is not an address such as https://github.com/you/your-course"
        raise course.broken(name, message)
    if name in NEEDED and not written.strip():
        raise course.broken(name, f"`{name}` is empty: write it, or take the line out")
    return written.strip()


def _seed(course: Course, written: str) -> int:
    if not re.fullmatch(r"\d+", written) or int(written) >= 2**32:
        message = f"`seed` must be a whole number from 0 to {2**32 - 1}, not {written!r}"
        raise course.broken("seed", message)
    return int(written)


def _color(course: Course, name: str, written: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", written):
        message = f'`{name}` must be a color in quotes, such as "#005c91", not {written!r}'
        raise course.broken(name, message)
    ratio, behind = min((contrast(written, each), each) for each in BACKGROUNDS[name])
    if ratio < READABLE:
        other = "darker" if name == "color_light" else "lighter"
        raise course.broken(
            name,
            f"{written} on {behind} has a contrast of {ratio:.1f}, and text needs {READABLE}: "
            f"take a {other} one",
        )
    return written.lower()


def _chapters(course: Course, written: object) -> tuple[str, ...]:
    names = [] if written == "" else written
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        message = f"`chapters_off` is a list such as [batch, designs], not {written!r}"
        raise course.broken("chapters_off", message)
    return tuple(dict.fromkeys(each.removesuffix(".md") for each in names))
