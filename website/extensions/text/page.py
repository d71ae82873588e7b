"""A page's text, parsed once, for everyone who asks what it holds.

The one reader of MyST is myst-parser's, the one that the build uses. It is imported when the first
page is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

EXTENSIONS = {
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution"
}  # fmt: skip
DIRECTIVE = re.compile(r"\{(?P<name>[\w:.+-]+)\}")
PYCELL_PART = re.compile(r"^--- (?P<name>code|solution|check|hint)$")
LITERAL = {"code-cell", "raw-cell", "code-block", "code", "math", "literalinclude", "bibliography"}


@dataclass(frozen=True)
class Block:
    """One token of myst-parser's reader, with its line and, if it is one, the fence."""

    line: int  # the line on which it begins, counted from 1
    token: "Token"
    fence: "Fence | None" = None


@dataclass(frozen=True)
class Fence:
    """One fenced block: a directive, a code block, or a code cell."""

    line: int  # the line of the opening fence, counted from 1
    last_line: int  # the line of the closing fence
    name: str  # the directive's name, such as "admonition"; "" for a plain code block
    argument: str  # what follows the name on the opening line
    body: tuple[str, ...]  # the lines between the fences, without the fence's own indentation
    depth: int  # how many fences are open around this one
    in_list: bool  # true inside a list, a quotation or a definition
    blocks: tuple[Block, ...]  # what it holds; nothing when that is not Markdown

    @cached_property
    def options_size(self) -> int:
        """How many lines at the top of the body are options."""
        return options_size(self.body)

    def option(self, key: str) -> str:
        """Return the value of an option written as ``:key: value``, "" when there is none."""
        for line in self.body:
            match = re.match(rf"^\s*:{key}:\s*(.*)$", line)
            if match:
                return match[1].strip()
        return ""

    def has_class(self, name: str) -> bool:
        """Say whether the directive has a class."""
        return name in self.option("class").split()


@dataclass(frozen=True)
class CodeCell:
    """One code cell of a chapter."""

    line: int  # the line of the opening fence, counted from 1
    first_code_line: int  # the line of the first line of the code
    options: str  # the text of the cell's options, "" when it has none
    source: str
    nested: bool  # true when the cell stands inside another block, where it is silently not run

    @property
    def removed(self) -> bool:
        """True when the reader doesn't see the cell."""
        return re.search(r"remove[-_]cell", self.options) is not None


@dataclass(frozen=True)
class Heading:
    """One heading outside of all fences."""

    line: int
    level: int
    title: str


@dataclass(frozen=True)
class Page:
    """A page of the book, as its author wrote it."""

    text: str
    blocks: tuple[Block, ...]  # what it holds; a fence's own blocks are in the fence

    @cached_property
    def fences(self) -> list[Fence]:
        """Every fenced block, in the order of their opening lines."""
        return list(_fences(self.blocks))

    @cached_property
    def cells(self) -> list[CodeCell]:
        """Every code cell, in order, nested ones too."""
        return [_code_cell(fence) for fence in self.fences if fence.name == "code-cell"]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings outside of all fences."""
        pairs = zip(self.blocks, self.blocks[1:], strict=False)
        return [
            Heading(block.line, int(block.token.tag[1:]), inline.token.content)
            for block, inline in pairs
            if block.token.type == "heading_open"
        ]


@lru_cache(maxsize=256)
def read_page(text: str) -> Page:
    """Return a page, parsed; the same text is parsed once."""
    return Page(text, tuple(read_blocks(text)))


def read_blocks(text: str, first_line: int = 1, depth: int = 0) -> list[Block]:
    """Return what a text holds.

    Its first line is a line of a page, inside of `depth` fences.
    """
    line, blocks = first_line, []
    for token in _parser().parse(text):
        if token.map is not None:
            line = first_line + token.map[0]
        is_fence = token.type in ("fence", "colon_fence")
        blocks.append(Block(line, token, _fence(token, first_line, depth) if is_fence else None))
    return blocks


@lru_cache(maxsize=1)
def _parser():
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def _fence(token, first_line: int, depth: int) -> Fence:
    info = token.info.strip()
    directive = DIRECTIVE.match(info)
    name = directive["name"] if directive else ""
    line, body = first_line + token.map[0], tuple(token.content.splitlines())
    blocks = []
    if name and name not in LITERAL:
        size = options_size(body)
        lines = without_code(body) if name == "pycell" else body[size:]
        blocks = read_blocks("\n".join(lines), line + 1 + len(body) - len(lines), depth + 1)
    return Fence(
        line=line,
        last_line=first_line + token.map[1] - 1,
        name=name,
        argument=info[directive.end() :].strip() if directive else info,
        body=body,
        depth=depth,
        in_list=token.level > 0,
        blocks=tuple(blocks),
    )


def without_code(body: tuple[str, ...]) -> list[str]:
    """Return the lines of a `{pycell}`, those of its code empty: what is Markdown in it."""
    lines, is_text = [], True
    for line in body:
        part = PYCELL_PART.match(line)
        if part:
            is_text = part["name"] == "hint"
        lines.append(line if is_text and not part else "")
    return lines


def _fences(blocks: tuple[Block, ...]) -> Iterator[Fence]:
    for block in blocks:
        if block.fence is not None:
            yield block.fence
            yield from _fences(block.fence.blocks)


def _code_cell(fence: Fence) -> CodeCell:
    size = fence.options_size
    options, code = fence.body[:size], list(fence.body[size:])
    while code and not code[0].strip():
        del code[0]
        size += 1
    return CodeCell(
        line=fence.line,
        first_code_line=fence.line + 1 + size,
        options="\n".join(options),
        source="\n".join(code),
        nested=fence.depth > 0 or fence.in_list,
    )


def options_size(body: tuple[str, ...]) -> int:
    """Return how many lines at the top of a directive's body are its options.

    They are a YAML block between two ``---``, or the leading ``:key:`` lines.
    """
    if body and body[0].strip() == "---":
        for index, line in enumerate(body[1:], start=1):
            if line.strip() == "---":
                return index + 1
    size = 0
    while size < len(body) and re.match(r"^\s*:[\w-]+:", body[size]):
        size += 1
    return size
