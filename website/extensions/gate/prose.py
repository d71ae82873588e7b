"""Read the prose of a MyST chapter, piece by piece, each with the line that it stands on.

The chapter's text is read, not the built page: a role such as `{glue:text}` or a substitution such
as `{{ due_date }}` is still itself here, and lines are exact.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from website.extensions.gate.code_cells import LITERAL, options_size

EXTENSIONS = {
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution"
}  # fmt: skip
NO_PROSE_ARGUMENT = {"figure", "image", "glue", "glue:figure", "bibliography"}


@dataclass(frozen=True)
class Piece:
    """A run of text of one kind."""

    line: int
    """The line of its first character, counted from 1."""
    kind: str
    """"prose", or "exempt" where numbers may stand: code, math and names of other sites."""
    text: str
    """What is written; it may hold newlines."""


def read_prose(text: str) -> list[Piece]:
    """Return the pieces of text that a reader sees, without roles and code cells.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    list of Piece
        Paragraphs, list items, table cells, captions, alternative texts and the titles of
        directives, in pieces; the content of directives is read like the page itself.
    """
    pieces: list[Piece] = []
    _read_block(text, 1, pieces)
    return pieces


@lru_cache(maxsize=1)
def _parser():
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def _read_block(text: str, first_line: int, pieces: list[Piece]) -> None:
    line = first_line
    for token in _parser().parse(text):
        if token.map is not None:
            line = first_line + token.map[0]
        if token.type == "inline":
            _read_inline(token, line, pieces)
        elif token.type in ("fence", "colon_fence"):
            _read_fence(token, line, pieces)
        elif token.type in ("math_block", "math_block_label", "amsmath"):
            pieces.append(Piece(line, "exempt", token.content))
        elif token.type == "html_block":
            pieces.append(Piece(line, "prose", _without_tags(token.content)))


def _read_inline(token: Token, line: int, pieces: list[Piece]) -> None:
    leads_away = False
    for child in token.children or []:
        if child.type in ("link_open", "link_close"):  # the name of a page elsewhere is no result
            leads_away = bool(re.match(r"\w+://", str(child.attrs.get("href", ""))))
        elif child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "text":
            kind = "exempt" if leads_away else "prose"
            pieces.append(Piece(line, kind, child.content))
        elif child.type in ("code_inline", "math_inline", "math_single", "math_inline_double"):
            pieces.append(Piece(line, "exempt", child.content))
            line += child.content.count("\n")
        elif child.type == "image":
            pieces.append(Piece(line, "prose", child.content))


def _read_fence(token: Token, line: int, pieces: list[Piece]) -> None:
    match = re.match(r"\{([\w:.+-]+)\}\s*(.*)", token.info.strip())
    name, argument = match.groups() if match else ("", "")
    body = token.content.splitlines()
    size = options_size(tuple(body))
    if name == "code-cell":
        _read_figure(body[:size], line + 1, pieces)
    elif name == "math":
        pieces.append(Piece(line + 1, "exempt", "\n".join(body)))
    elif name and name not in LITERAL:
        if argument and name not in NO_PROSE_ARGUMENT:
            _read_block(argument, line, pieces)
        for index, option in enumerate(body[:size]):
            if option.strip().startswith(":alt:"):
                pieces.append(Piece(line + 1 + index, "prose", option.partition(":alt:")[2]))
        if "chapter-opening" in "".join(body[:size]):
            body = [re.sub(r"^(: .*?)\d+ minutes", r"\1", each) for each in body]
        _read_block("\n".join(body[size:]), line + 1 + size, pieces)


def _read_figure(options: list[str], first_line: int, pieces: list[Piece]) -> None:
    """Read the caption and the alternative text that a code cell gives its figure."""
    try:
        settings = yaml.safe_load("\n".join(options).strip().strip("-")) or {}
    except yaml.YAMLError:
        return
    book = settings.get("mystnb", {}) if isinstance(settings, dict) else {}
    for part, key in (("figure", "caption"), ("image", "alt")):
        words = str((book.get(part) or {}).get(key) or "")
        line = _line_of(rf"^\s*{key}:", options, first_line)
        _read_block(words, line, pieces)


def _line_of(pattern: str, lines: list[str], first_line: int) -> int:
    for index, line in enumerate(lines):
        if re.match(pattern, line):
            return first_line + index
    return first_line


def _without_tags(html: str) -> str:
    return re.sub(
        r"<!--.*?-->|<[^>]*>", lambda match: "\n" * match[0].count("\n"), html, flags=re.S
    )
