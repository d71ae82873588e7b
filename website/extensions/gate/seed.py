"""Keep the seed that the reader sees in the code equal to the one in the book's settings."""

import ast
from dataclasses import dataclass
from typing import Any

from website.extensions.text.page import Page, read_page

PUBLISHED: dict[str, Any] = {
    "n_samples": 100,
    "n_genes": 1000,
    "n_shift": 10,
    "shift_size": 4,
    "noise_sd": 0.2,
    "missing_p": 0.05,
}
DEFAULTS = {"n_shift": 10, "noise_sd": 0.2}  # those of `simulate_dataset` that agree


@dataclass(frozen=True)
class PublishedCall:
    """One call of `simulate_dataset` that makes the published data, with its shift or without."""

    line: int  # the line of the chapter that holds the seed (or the call, when it has none)
    column: int  # where the seed begins in that line, counted from 0
    seed: str | None  # the seed as it is written, or None when the call has none


def find_published_calls(page: Page) -> list[PublishedCall]:
    """Return the calls in a chapter's code cells that make the published data.

    A cell that isn't valid Python has none.
    """
    calls = []
    for cell in page.cells:
        if cell.nested:  # it is never run, and its columns are not the page's
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_published(node):
                calls.append(_published_call(node, cell.first_code_line))
    return sorted(calls, key=lambda call: (call.line, call.column))


def replace_seed(text: str, seed: str) -> str:
    """Return a chapter's text with another seed in every published call."""
    lines = text.split("\n")
    for call in reversed(find_published_calls(read_page(text))):
        if call.seed is not None:
            line, end = lines[call.line - 1], call.column + len(call.seed)
            lines[call.line - 1] = line[: call.column] + seed + line[end:]
    return "\n".join(lines)


def seed_faults(page: Page, seed: str) -> list[tuple[int, str]]:
    """Return a fault, with its line, for each published call that has another seed."""
    return [
        (
            call.line,
            f"seed={call.seed} in the call that makes the published data, but the homework says "
            f"{seed}: run `python tasks.py seed {seed}` (or the seed that you want everywhere)",
        )
        for call in find_published_calls(page)
        if call.seed != str(seed)
    ]


def _arguments(call: ast.Call) -> dict[str | None, ast.expr]:
    """Return the arguments of a call by name, also those given by their place."""
    placed = dict(zip([*PUBLISHED, "seed"], call.args, strict=False))
    return placed | {word.arg: word.value for word in call.keywords}


def _is_published(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if not name.endswith("simulate_dataset"):
        return False
    given = {name: getattr(value, "value", None) for name, value in _arguments(call).items()}
    settings = DEFAULTS | given | {"seed": None}
    if settings.get("shift_size") == 0:  # Part 5: the same data, with the shift taken away
        settings["shift_size"] = PUBLISHED["shift_size"]
    return settings == PUBLISHED | {"seed": None}


def _published_call(call: ast.Call, first_code_line: int) -> PublishedCall:
    seed = _arguments(call).get("seed")
    node = call if seed is None else seed
    written = None if seed is None else ast.unparse(seed)
    return PublishedCall(first_code_line + node.lineno - 1, node.col_offset, written)
