"""Read the ten questions for before and after the course, and refuse a faulty list."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from homework_tools.master.master import broken

FILE = "before_and_after.yml"
KEYS = {"says", "why", "misconception"}


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from."""

    says: str
    why: str
    misconception: str = ""  # what who chooses it believes; "" for the right answer


@dataclass(frozen=True)
class Question:
    """A question with one right answer."""

    title: str
    ask: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Questions:
    """A test."""

    title: str
    items: tuple[Question, ...]


def read_questions(path: Path) -> Questions:
    """Return the questions of a list in YAML, each with exactly one right answer.

    A question that is not complete, or has more right answers or none, is a MasterError.
    """
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        items = tuple(_question(each) for each in found["questions"])
        titles = [item.title for item in items]
        if len(set(titles)) < len(titles):
            raise ValueError("two questions have the same title")
        return Questions(_text(found["title"]), items)
    except (yaml.YAMLError, ValueError, KeyError, TypeError) as error:
        raise broken(path, 1, f"{type(error).__name__}: {error}") from None


def _question(found: dict) -> Question:
    title = _text(found["title"])
    for answer in found["answers"]:
        if unknown := answer.keys() - KEYS:
            raise ValueError(f"{title!r}: unknown key {min(unknown)!r} of an answer")
    answers = tuple(
        Answer(**{key: _text(value) for key, value in answer.items()})
        for answer in found["answers"]
    )
    right = [answer for answer in answers if not answer.misconception]
    if len(right) != 1:
        raise ValueError(f"{title!r} has {len(right)} answers without a misconception, not one")
    return Question(title, _text(found["ask"]), answers)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} should be text (put it in quotes)")
    return " ".join(value.split())
