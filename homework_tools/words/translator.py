"""Say words in the language of the course, in English where it has no translation.

`website/words/extract.py` finds the words by the names of these functions, and in scripts by the
pattern below.
"""

import io
import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations

IN_SCRIPT = re.compile(r'gettext\(\s*("(?:[^"\\]|\\.)*"),?\s*\)')


@dataclass
class Spoken:
    """The language of this process."""

    compiled: bytes = b""
    """The catalogue as gettext reads it, b"" for English."""
    translations: NullTranslations = field(default_factory=NullTranslations)
    """The same, to look words up in."""


now = Spoken()


def gettext(words: str, /, **values: object) -> str:
    """Return words in the course's language, with the values in place of their `{names}`."""
    said = words and now.translations.gettext(words)  # of "" it would give the catalogue's head
    return said.format(**values) if values else said


def ngettext(one: str, many: str, count: int) -> str:
    """Return words that depend on a count, `{n}`, which is written in."""
    return now.translations.ngettext(one, many, count).format(n=count)


def gettext_noop(words: str) -> str:
    """Return words as they are: they are said later."""
    return words


def script_in_language(script: str) -> str:
    """Return a script with its `gettext("words")` replaced by the words."""

    def said(found: re.Match) -> str:
        return json.dumps(gettext(json.loads(found[1]))).replace("<", r"\u003c")

    return IN_SCRIPT.sub(said, script)


def speak(compiled: bytes) -> None:
    """Let this process speak the language of a compiled catalogue, English for b""."""
    now.compiled = compiled
    now.translations = GNUTranslations(io.BytesIO(compiled)) if compiled else NullTranslations()


@contextmanager
def speaking(compiled: bytes) -> Generator[None]:
    """Speak a language for a while."""
    before = now.compiled
    speak(compiled)
    try:
        yield
    finally:
        speak(before)
