"""A second language for tests: each message is what it was, in angle quotes."""

import re

from babel.messages.pofile import read_po, write_po

NAMES = re.compile(r"Welch|Student|Benjamini–Hochberg|Gene\d+")


def quote(catalogue, known=None, as_it_is=()):
    """Fill a catalogue, as a translator would; `known` has other translations of some messages."""
    for message in catalogue:
        if message.id and message.id not in as_it_is:
            forms = [message.id] if isinstance(message.id, str) else message.id
            said = [(known or {}).get(words, f"«{words}»") for words in forms]
            message.string = said[0] if isinstance(message.id, str) else tuple(said)
            message.flags.discard("fuzzy")
    catalogue.fuzzy = False
    return catalogue


def quote_file(path, known=None, as_it_is=()):
    """Fill the catalogue of a file."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="de")
    with path.open("wb") as file:
        write_po(file, quote(catalogue, known, as_it_is))


def unquoted(text, known=()):
    """Return the words of a text that are in no quotes, and that are not known."""
    while "«" in text and "»" in text:
        text, before = re.sub(r"«[^«»]*»", " ", text), text
        if text == before:
            break
    return [each for each in re.findall(r"[^\W\d_]{3,}", NAMES.sub(" ", text)) if each not in known]
