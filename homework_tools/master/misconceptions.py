"""Say which belief a lost point shows; `homework/misconceptions.yml` is the table."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TABLE = "misconceptions.yml"


@dataclass(frozen=True)
class Misconception:
    """A belief that costs points, and what to say about it."""

    name: str  # what is believed
    questions: tuple[str, ...]  # the questions in whose tests it shows
    part: int  # the part of the homework below which the instructor's guide has it
    signs: tuple[str, ...]  # words of these tests' messages that show it
    see: str  # how the instructor's guide describes it
    say: str  # what the guide says about it

    def shows_in(self, test: dict) -> bool:
        """Return whether what came of a hidden test shows it."""
        signs = any(sign in test["feedback"] for sign in self.signs)
        return signs and test["question"] in self.questions

    @property
    def heading(self) -> str:
        """Return the guide's heading above it."""
        return f"Part {self.part}"


def read_misconceptions(path: Path) -> list[Misconception]:
    """Return the misconceptions of a table, in its order; a homework can do without.

    A row that lacks one of its parts, or has a word where a list is needed, raises a ValueError.
    """
    return _parsed(path.name, path.read_text(encoding="utf-8")) if path.is_file() else []


@cache
def _parsed(name: str, text: str) -> list[Misconception]:
    found = []
    for row in yaml.safe_load(text) or []:
        try:
            questions, signs = (row[key] for key in ("questions", "signs"))
            part, see, say = (row[key] for key in ("part", "see", "say"))
            if not isinstance(questions, list) or not isinstance(signs, list):
                raise TypeError  # the letters of a word would be signs that show in every message
            questions, signs = (tuple(map(str, each)) for each in (questions, signs))
            found.append(Misconception(str(row["name"]), questions, part, signs, see, say))
        except (KeyError, TypeError):
            needs = "name, questions, part, signs, see and say; questions and signs are lists"
            raise ValueError(f"{name} has {row!r}: each row needs {needs}") from None
    return found
