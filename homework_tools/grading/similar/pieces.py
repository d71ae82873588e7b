"""Take a student's own words apart: code and text as tokens, and pieces of a few tokens each.

Comments, layout and the content of strings are left out, and a name that the student chose is
known only by its place among the names of its piece. So renaming, reformatting and moving a line
change little. What a library or the homework calls by name keeps its name.
"""

import builtins
import io
import keyword
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from homework_tools.master.rules import SIGNATURES

CODE_TOKENS, WORDS = 10, 6  # in a piece
MAX_CHARACTERS = 100_000  # of one notebook's own code, and as many of its text
LAYOUT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
STRINGS = {tokenize.STRING} | {
    number for number, name in tokenize.tok_name.items() if name.startswith("FSTRING")
}
KNOWN = {*dir(builtins), *keyword.kwlist}  # not np and pd: a copy can import them as q and w
KNOWN |= set(SIGNATURES) | set(re.findall(r"\w+", " ".join(SIGNATURES.values())))
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Token:
    """One token, and where it is."""

    kind: str  # what is compared; "" for a name that the student chose
    name: str  # that name, "" for other tokens
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A few tokens in a row."""

    mark: int  # a number that the same tokens have in every notebook
    start: int
    end: int


def code_pieces(source: str) -> list[Piece]:
    """Return the pieces of a cell's code; code that is broken is cut at spaces and signs."""
    source = source.replace("\0", " ")  # at which Python 3.12 and later can stop with a SystemError
    try:
        tokens = list(_code_tokens(source))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        tokens = [Token(m[0], "", m.start(), m.end()) for m in WORD.finditer(source)]
    return list(_pieces(tokens, CODE_TOKENS))


def text_pieces(text: str) -> list[Piece]:
    """Return the pieces of an answer in words, whatever their case and punctuation."""
    words = re.finditer(r"\w+", text)
    return list(_pieces([Token(m[0].casefold(), "", m.start(), m.end()) for m in words], WORDS))


def _pieces(tokens: list[Token], size: int) -> Iterator[Piece]:
    for first in range(len(tokens) - size + 1):
        part, names = tokens[first : first + size], {}
        kinds = [each.kind or str(names.setdefault(each.name, len(names))) for each in part]
        mark = blake2b("\0".join(kinds).encode("utf-8", "replace"), digest_size=8).digest()
        yield Piece(int.from_bytes(mark, "big"), part[0].start, part[-1].end)


def _code_tokens(source: str) -> Iterator[Token]:
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = list(tokenize.generate_tokens(io.StringIO(source).readline))
    found = [each for each in found if each.type not in (tokenize.COMMENT, tokenize.NL)]
    depth, line_begins = 0, True
    for place, each in enumerate(found):
        if each.type in LAYOUT:
            line_begins = True
            continue
        begins, line_begins = line_begins, False
        start, end = (starts[row - 1] + column for row, column in (each.start, each.end))
        if each.type in STRINGS:
            if not begins:  # a string that begins a line is a docstring or a comment
                yield Token("string", "", start, end)
            continue
        depth += each.string in "([{" and each.type == tokenize.OP
        depth -= each.string in ")]}" and each.type == tokenize.OP
        chosen = each.type == tokenize.NAME and _is_chosen(found, place, depth)
        yield Token("" if chosen else each.string, each.string if chosen else "", start, end)


def _is_chosen(found: list[tokenize.TokenInfo], place: int, depth: int) -> bool:
    """Say whether a name is the student's own: no attribute, no keyword argument, none we know."""
    before, after = found[place - 1].string if place else "", found[place + 1].string
    argument = depth > 0 and after == "=" and before in ("(", ",", "")
    return before != "." and not argument and found[place].string not in KNOWN
