"""Numbers, tables and students' words as text in which nothing acts: no formula, no markup."""

import re
import unicodedata
from collections.abc import Callable

from homework_tools.roster.tables import csv_text
from homework_tools.words.translator import gettext, gettext_noop

MORE = gettext_noop("and {count} more")
CODE = re.compile(r"(?<!`)(`[^`\n]+`)(?!`)")
MARKS = re.compile(r"[\\`*\[\]<>&|~$]|(?<!\w)_|_(?!\w)")
CELLS = re.compile(r"(?<=[;\t\r\n])")  # where a spreadsheet may begin another cell
# What a terminal obeys, what ends a line, and what turns the direction of the text around it.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def number(value: float | None) -> str:
    """Return points as they are shown: nothing for what nobody has read yet."""
    return "" if value is None else f"{value:g}"


def few(words: list[str], most: int, say: Callable[..., str] = gettext) -> list[str]:
    """Return the first of some words, and how many more there are, in English by `str.format`."""
    rest = len(words) - most
    return words[:most] + ([say(MORE, count=rest)] if rest > 0 else [])


def titled(title: str, lines: list[str]) -> list[str]:
    """Return lines of Markdown below their title, nothing if there are none."""
    return ["", title, "", *lines] if lines else []


def table(columns: list[str], rows: list[dict]) -> str:
    """Return the text of a CSV file with a header."""
    return csv_text([columns, *([row[column] for column in columns] for row in rows)])


def plain(text: str) -> str:
    """Return text that a spreadsheet takes for text and not for a formula.

    Where the comma is a decimal point, spreadsheets part cells at semicolons and ends of lines.
    """
    return "".join(f"'{part}" if _is_formula(part) else part for part in CELLS.split(text))


def _is_formula(text: str) -> bool:
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])  # spreadsheets read the wide = as =
    return first in ("=", "+", "-", "@") or text[:1] in ("\t", "\r")


def visible(text: str) -> str:
    """Return text in which nothing can change what a terminal or an editor shows around it."""
    text = re.sub("\r\n?", "\n", text)
    return UNSEEN.sub(lambda unseen: ascii(unseen[0])[1:-1], text)


def inert(words: str) -> str:
    """Return words that Markdown shows as they are; code between backticks stays code."""
    pieces = CODE.split(words)
    return "".join(p if n % 2 else MARKS.sub(r"\\\g<0>", p) for n, p in enumerate(pieces))
