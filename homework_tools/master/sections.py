"""Say which sections of the book teach a question; `homework/sections.yml` is the table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import yaml

from homework_tools.words.translator import gettext

TABLE = "sections.yml"
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
# "Question 1a" or "Question bonus"; in another language any words before a number.
QUESTION = r"(?:Question |[^\d\n]*(?<![A-Za-z])(?=\d))(?P<question>\w+)\b"
HEADING = re.compile(rf"^### {QUESTION}.*$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """What to read for one question: headings of one chapter."""

    chapter: str  # the chapter's file, without folder and suffix
    part: str  # what the book calls the chapter, such as "Part 4.1"
    headings: tuple[str, ...]
    shown: tuple[str, ...] = ()  # the headings in the course's language

    def in_language(self, passages: dict[str, str]) -> "Section":
        """Return the section as a translated chapter calls it; `passages` are the chapter's."""
        titles = [said for words, said in passages.items() if words.startswith(f"{self.part}:")]
        part = re.split("[:：]", titles[0])[0].strip() if titles else self.part
        shown = tuple(passages.get(heading, heading) for heading in self.headings)
        return replace(self, part=part, shown=shown)

    def words(self, book: str) -> str:
        """Return Markdown that names the section, such as "Part 4.1, “The top ten”".

        It is a link if `book` is the address of a chapter, with `{}` in place of its name.
        """
        named = [f"“{heading}”" for heading in self.shown or self.headings]
        named[0] = f"{self.part}, {named[0]}"
        if book:
            address = book.format(self.chapter)
            places = [f"{address}#{anchor(heading)}" for heading in self.headings]
            named = [f"[{n}]({place})" for n, place in zip(named, places, strict=True)]
        *most, last = named
        return f"{', '.join(most)}{gettext(' and ')}{last}" if most else last


def anchor(heading: str) -> str:
    """Return the place of a heading in its page's address, as docutils makes it."""
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", heading.lower()))


def read_sections(text: str) -> dict[str, Section]:
    """Return the section that teaches each question, by the text of the table.

    A row that is not a chapter, its part and at least one heading raises a ValueError.
    """
    sections = {}
    rows = yaml.safe_load(text)
    if not isinstance(rows, dict):
        raise ValueError(f"the table is {rows!r}")
    for question, row in rows.items():
        words = row if isinstance(row, list) else []
        if len(words) < 3 or not all(isinstance(word, str) and word for word in words):
            raise ValueError(f"question {question} has {row!r}")
        sections[str(question)] = Section(words[0], words[1], tuple(words[2:]))
    return sections


def with_sections(text: str, name: Callable[[str], str]) -> str:
    """Return a text in which each question says, below its heading, what to read for it."""

    def named(match: re.Match) -> str:
        words = name(match["question"])
        read = gettext("In the book: {sections}.").format(sections=words)
        return f"{match[0]}\n\n*{read}*" if words else match[0]

    return HEADING.sub(named, text)


def without_addresses(text: str) -> str:
    """Return Markdown with the words of its links alone: each site has addresses of its own."""
    return LINK.sub(r"\1", text)
