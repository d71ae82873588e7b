"""Read `course.yml`, the one place for what a course of one's own changes.

Each setting has a default, those of the book as it is published, so the file may be empty.
"""

import difflib
import re
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from homework_tools.master.colors import READABLE, contrast
from homework_tools.master.due_date import read_due
from homework_tools.text_files import utf8_text

FILE = "course.yml"
PROJECT = Path(__file__).resolve().parents[2]
BACKGROUNDS = {  # the page, a tinted row, and what a search has marked
    "color_light": ("#ffffff", "#f2f5f8", "#f8d9a8"),
    "color_dark": ("#12161c", "#1a2029", "#3d3800"),
}
COLOR = r"#[0-9a-fA-F]{6}", 'a color in quotes, such as "#005c91"'
FORMS = {  # what a setting must look like, as a pattern and in words
    "language": (
        r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?",
        "the tag of a language, such as en, de or pt-BR",
    ),
    "repository": (  # pages below it are linked
        r"https://[\w.-]+(/[\w.-]+)+(?<!\.git)",
        "an address such as https://github.com/you/your-course",
    ),
    "seed": (r"\d{1,10}", f"a whole number from 0 to {2**32 - 1}"),
    "solutions": (r"hidden|released", "hidden or released"),
    "color_light": COLOR,
    "color_dark": COLOR,
}
DUE = read_due("2026-02-02 23:59 +00:00")
NULL = ("~", "null", "Null", "NULL")  # YAML's words for an empty value
NEEDED = ("title", "author")


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

    A MasterError names all that are wrong, each with file, line and remedy.
    """
    path = Path(path)
    try:
        text = utf8_text(path) if path.is_file() else ""
        node = yaml.compose(text, yaml.BaseLoader)
    except ValueError as error:
        raise MasterError(str(error)) from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        why = getattr(error, "problem", None) or error
        message = f"{path.name}:{line}: no valid YAML ({why}): begin each setting at the start of "
        message += "its line, and put text with a colon in quotes"
        raise MasterError(message) from None
    if node is None:
        return Course(path=path)
    if not isinstance(node, yaml.MappingNode):
        raise MasterError(f"{path.name}:1: write one `setting: value` per line")
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    faults = []
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        try:
            if name in lines:
                raise ValueError(f"`{name}` is there twice; take one out")
            lines[name] = line
            found[name] = _value(name, _plain(value))
        except ValueError as error:
            setting = "" if f"`{name}`" in str(error) else f"`{name}`: "
            faults.append(f"{path.name}:{line}: {setting}{error}")
    if faults:
        raise MasterError("\n".join(faults))
    return Course(**found, path=path, lines=lines)


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


def _value(name: str, written: object) -> object:
    """Return a setting's value; a ValueError says what is wrong with what is written."""
    if name not in NAMES:
        raise ValueError(_unknown(name))
    if name == "chapters_off":
        return _chapters(written)
    if not isinstance(written, str):
        raise ValueError(f"`{name}` is one value, not {written!r}")
    if name in NEEDED and not written.strip():
        raise ValueError(f"`{name}` is empty: write it, or take the line out")
    if name == "due":
        return read_due(written)
    pattern, words = FORMS.get(name, ("(?s).*", ""))
    if not re.fullmatch(pattern, written) or (name == "seed" and int(written) >= 2**32):
        raise ValueError(f"`{name}` must be {words}, not {written!r}")
    if name in BACKGROUNDS:
        return _color(name, written)
    return int(written) if name == "seed" else written.strip()


def _color(name: str, written: str) -> str:
    ratio, behind = min((contrast(written, each), each) for each in BACKGROUNDS[name])
    if ratio < READABLE:
        other = "darker" if name == "color_light" else "lighter"
        raise ValueError(
            f"{written} on {behind} has a contrast of {ratio:.1f}, and text needs {READABLE}: "
            f"take a {other} one"
        )
    return written.lower()


def _chapters(written: object) -> tuple[str, ...]:
    names = [] if written == "" else written
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise ValueError(f"`chapters_off` is a list such as [batch, designs], not {written!r}")
    return tuple(dict.fromkeys(each.removesuffix(".md") for each in names))
