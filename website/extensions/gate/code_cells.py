"""Find the code cells of a chapter in its MyST text, with the lines that they stand on.

Only the standard library is used, so that `tasks.py` may import this without the book's
environment.
"""

import re
from dataclasses import dataclass

FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
DIRECTIVE = re.compile(r"\{(?P<name>[\w:.+-]+)\}")
LITERAL = {"code-cell", "raw-cell", "code-block", "code", "math", "literalinclude", "bibliography"}


@dataclass(frozen=True)
class Fence:
    """One fenced block: a directive, a code block, or a code cell."""

    line: int
    """The line of the opening fence, counted from 1."""
    last_line: int
    """The line of the closing fence."""
    name: str
    """The directive's name, such as "admonition"; "" for a plain code block."""
    argument: str
    """What follows the name on the opening line."""
    body: tuple[str, ...]
    """The lines between the fences."""
    depth: int
    """How many fences are open around this one."""
    indent: int
    """How far the opening fence is indented."""

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

    line: int
    """The line of the opening fence, counted from 1."""
    first_code_line: int
    """The line of the first line of the code."""
    options: str
    """The text of the cell's options, "" when it has none."""
    source: str
    """The code."""
    nested: bool
    """True when the cell stands inside another block, where it is silently not run."""

    @property
    def removed(self) -> bool:
        """True when the reader doesn't see the cell."""
        return re.search(r"remove[-_]cell", self.options) is not None


def find_fences(text: str) -> list[Fence]:
    """Return every fenced block of a MyST text, in the order of their opening lines."""
    lines = text.splitlines()
    stack: list[tuple[int, re.Match]] = []
    found = []
    for number, line in enumerate(lines, start=1):
        match = FENCE.match(line)
        if match is None:
            continue
        if stack and _closes(match, stack[-1][1]):
            opened, opening = stack.pop()
            found.append(_fence(lines, opened, number, opening, len(stack)))
        elif stack and _is_literal(stack[-1][1]):
            continue
        elif match["info"].strip() or match["marks"][0] != ":":
            stack.append((number, match))
    while stack:  # a fence that is never closed reaches to the end
        opened, opening = stack.pop()
        found.append(_fence(lines, opened, len(lines) + 1, opening, len(stack)))
    return sorted(found, key=lambda fence: fence.line)


def find_code_cells(text: str) -> list[CodeCell]:
    """Return every code cell of a MyST text, in order, nested ones too."""
    return [_code_cell(fence) for fence in find_fences(text) if fence.name == "code-cell"]


def _closes(match: re.Match, opening: re.Match) -> bool:
    same_mark = match["marks"][0] == opening["marks"][0]
    return same_mark and len(match["marks"]) >= len(opening["marks"]) and not match["info"].strip()


def _is_literal(opening: re.Match) -> bool:
    directive = DIRECTIVE.match(opening["info"].strip())
    if directive is None:
        return opening["marks"][0] != ":"
    return directive["name"] in LITERAL


def _fence(lines: list[str], opened: int, closed: int, opening: re.Match, depth: int) -> Fence:
    info = opening["info"].strip()
    directive = DIRECTIVE.match(info)
    return Fence(
        line=opened,
        last_line=closed,
        name=directive["name"] if directive else "",
        argument=info[directive.end() :].strip() if directive else info,
        body=tuple(lines[opened : closed - 1]),
        depth=depth,
        indent=len(opening["indent"]),
    )


def _code_cell(fence: Fence) -> CodeCell:
    size = options_size(fence.body)
    code = list(fence.body[size:])
    while code and not code[0].strip():
        del code[0]
        size += 1
    return CodeCell(
        line=fence.line,
        first_code_line=fence.line + 1 + size,
        options="\n".join(fence.body[: options_size(fence.body)]),
        source="\n".join(code),
        nested=fence.depth > 0 or fence.indent > 0,
    )


def options_size(body: tuple[str, ...]) -> int:
    """Return how many lines at the top of a directive's body are its options.

    Parameters
    ----------
    body : tuple of str
        The lines of the directive.

    Returns
    -------
    int
        The number of lines: of the YAML block between two ``---``, or of the leading ``:key:``
        lines.
    """
    if body and body[0].strip() == "---":
        for index, line in enumerate(body[1:], start=1):
            if line.strip() == "---":
                return index + 1
    size = 0
    while size < len(body) and re.match(r"^\s*:[\w-]+:", body[size]):
        size += 1
    return size
