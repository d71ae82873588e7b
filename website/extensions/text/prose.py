"""Read the prose of a MyST chapter, piece by piece, each with the line that it stands on.

The chapter's text is read, not the built page: a role such as `{glue:text}` or a substitution such
as `{{ due_date }}` is still itself here, and lines are exact.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import yaml

from website.extensions.text.page import LITERAL, Block, Fence, Page, read_blocks

NO_PROSE_ARGUMENT = {"figure", "image", "glue", "glue:figure", "bibliography"}
MINUTES = re.compile(r"\d+ minutes")


@dataclass(frozen=True)
class Piece:
    """A run of text of one kind."""

    line: int  # the line of its first character, counted from 1
    kind: str  # "prose", or "exempt" where numbers may stand: code, math and names of other sites
    text: str  # what is written; it may hold newlines


def read_prose(page: Page) -> list[Piece]:
    """Return the pieces of text that a reader sees, without roles and code cells.

    Those are paragraphs, list items, table cells, captions, alternative texts and the titles of
    directives; the content of directives is read like the page itself.
    """
    return _pieces(page.blocks)


def _pieces(blocks: Iterable[Block]) -> list[Piece]:
    pieces: list[Piece] = []
    for block in blocks:
        token = block.token
        if token.type == "inline":
            _read_inline(token, block.line, pieces)
        elif block.fence is not None:
            pieces += _fence_pieces(block.fence)
        elif token.type in ("math_block", "math_block_label", "amsmath"):
            pieces.append(Piece(block.line, "exempt", token.content))
        elif token.type == "html_block":
            pieces.append(Piece(block.line, "prose", _without_tags(token.content)))
    return pieces


def _read_inline(token, line: int, pieces: list[Piece]) -> None:
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


def _fence_pieces(fence: Fence) -> list[Piece]:
    options = fence.body[: fence.options_size]
    if fence.name == "code-cell":
        return _figure_pieces(options, fence.line + 1)
    if fence.name == "math":
        return [Piece(fence.line + 1, "exempt", "\n".join(fence.body))]
    if not fence.name or fence.name in LITERAL:
        return []
    pieces = []
    if fence.argument and fence.name not in NO_PROSE_ARGUMENT:
        pieces += _pieces(read_blocks(fence.argument, fence.line))
    for line, option in enumerate(options, start=fence.line + 1):
        if option.strip().startswith(":alt:"):
            pieces.append(Piece(line, "prose", option.partition(":alt:")[2]))
    inside = _pieces(fence.blocks)
    if fence.has_class("chapter-opening"):  # it says how long the chapter takes
        inside = [replace(each, text=MINUTES.sub("minutes", each.text)) for each in inside]
    return pieces + inside


def _figure_pieces(options: tuple[str, ...], first_line: int) -> list[Piece]:
    """Read the caption and the alternative text that a code cell gives its figure."""
    try:
        settings = yaml.safe_load("\n".join(options).strip().strip("-"))
    except yaml.YAMLError:
        return []
    pieces = []
    for part, key in (("figure", "caption"), ("image", "alt")):
        words = str(figure_settings(settings, part).get(key) or "")
        lines = [n for n, line in enumerate(options, first_line) if re.match(rf"\s*{key}:", line)]
        pieces += _pieces(read_blocks(words, min(lines, default=first_line)))
    return pieces


def figure_settings(settings: object, part: str) -> dict:
    """Return what a cell says in its `mystnb: figure:` or `mystnb: image:`, if it says it there."""
    for name in ("mystnb", part):  # a line that is indented wrongly makes something else of them
        settings = settings.get(name) if isinstance(settings, dict) else None
    return settings if isinstance(settings, dict) else {}


def _without_tags(html: str) -> str:
    return re.sub(
        r"<!--.*?-->|<[^>]*>", lambda match: "\n" * match[0].count("\n"), html, flags=re.S
    )
