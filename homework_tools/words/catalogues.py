"""Read the catalogues of a course, and refuse one that would spoil a page.

A message that is missing or marked as fuzzy stays English. One that lost what is filled in, or
fills in what nothing knows, is an error that names file, line and what to write.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from homework_tools.master.course import Course

SITE = "site"  # the catalogue of what we say ourselves; the others are those of pages
LOCALES = "local/locales"
OF_SITE = re.compile(r"\{\w+\}|[{}]|</?[a-zA-Z][^<>]*>")
OF_PAGE = re.compile(r"\{glue:\w*\}`[^`]*`|\{\{ *\w+ *\}\}")  # what a cell or a setting fills in


def read_catalogue(path: Path, filled: re.Pattern = OF_PAGE) -> Catalog:
    """Return a catalogue; a ValueError says what is wrong with it.

    `filled` finds in a message what is filled in later.
    """
    path = Path(path)
    try:
        catalogue = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path}: not a catalogue of gettext: {error}") from error
    for message in _translated(catalogue):
        if fault := _fault(message, catalogue.num_plurals, filled):
            words = _forms(message.id)[0]
            raise ValueError(f"{path}:{message.lineno}: the translation of {words!r} {fault}")
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it: other dates in its head are no other words."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def catalogue_file(course: Course, domain: str) -> Path:
    """Return where the catalogue of a course's language is, or would be."""
    language = course.language.replace("-", "_")
    return course.path.parent / LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def words_of(course: Course) -> bytes:
    """Return what we say ourselves in a course's language, compiled; b"" if it has no catalogue."""
    path = catalogue_file(course, SITE)
    return compiled(read_catalogue(path, OF_SITE)) if path.is_file() else b""


def passages_of(course: Course, page: str) -> dict[str, str]:
    """Return the passages of a page that have a translation, such as those of `book/ttest`."""
    path = catalogue_file(course, page)
    return passages(read_catalogue(path)) if path.is_file() else {}


def passages(catalogue: Catalog) -> dict[str, str]:
    """Return the passages of a catalogue that have a translation."""
    return {str(each.id): str(each.string) for each in _translated(catalogue)}


def script_words(catalogue: Catalog) -> dict:
    """Return what the scripts need of a catalogue: its messages, and its rule for a count."""
    messages = {}
    for message in _translated(catalogue):
        messages[f"{message.context or ''}\4{_forms(message.id)[0]}"] = message.string
    return {"plural": catalogue.plural_expr, "messages": messages}


def _forms(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return one text, or one for each number."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def _translated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        if message.id and any(_forms(message.string)) and not message.fuzzy:
            yield message


def _fault(message: Message, num_plurals: int, filled: re.Pattern) -> str:
    """Return what is wrong with a translation, "" if nothing is."""
    forms = _forms(message.string)
    if not message.pluralizable:
        return _changed(filled.findall(_forms(message.id)[0]), filled.findall(forms[0]))
    if not all(forms):
        return f"needs {num_plurals} forms, msgstr[0] to msgstr[{num_plurals - 1}]: write each"
    wanted = sorted({each for text in _forms(message.id) for each in filled.findall(text)})
    for form, text in enumerate(forms):
        there = filled.findall(text)
        if form < num_plurals - 1 and "{n}" not in there:
            there = [*there, "{n}"]  # a form for one thing may say "one" in words
        if fault := _changed(wanted, there):
            return f"{fault} (msgstr[{form}])"
    return ""


def _changed(wanted: list[str], there: list[str]) -> str:
    """Say how a translation differs in what is filled in, "" if it does not."""
    if sorted(wanted) == sorted(there):
        return ""
    lost = [each for each in wanted if each not in there]
    added = [each for each in there if each not in wanted]
    said = [f"lacks {' and '.join(lost)}"] if lost else []
    said += [f"has {' and '.join(added)}, which nothing fills in"] if added else []
    said = said or ["repeats what is filled in"]
    remedy = f"write {' and '.join(wanted)} as in the original" if wanted else "take it out"
    return f"{' and '.join(said)}: {remedy}"
