"""Refuse a result that was typed by hand: it goes stale as soon as the code changes.

In a page that has code cells, a number in prose comes from a cell (`{glue:text}`). Small numbers
are words, parameters are `code`, formulas are $math$; and a number in code or math that equals a
glued value without standing in any code cell is a typed result all the same.
"""

import re
from ast import literal_eval
from collections.abc import Iterable

from website.extensions.text.page import Page
from website.extensions.text.prose import Piece, read_prose

# A run of digits that isn't part of a word: not log2, S01 or 3rd; but 10-fold, 5% and 8.48e-106.
NUMBER = re.compile(r"(?<![\w.])\d(?:[\d,_]*\d)?(?:\.\d+)?(?:[eE][-+−]?\d+)?(?![\w])")
PART = re.compile(r"\b(?:Part|[Qq]uestion)s?\s+\d+(?:\s*(?:,|and|to|or|–|-)\s*\d+)*")

Faults = list[tuple[int, str]]


def typed_number_faults(page: Page, glued: Iterable[str] = ()) -> Faults:
    """Return the numbers in a chapter's prose that were typed by hand.

    Each is the line, counted from 1, and what to do; a page without code cells has none. `glued` is
    the plain text of each value that the page's cells glue.
    """
    if not page.cells:
        return []
    in_code = {_value(number) for cell in page.cells for number in NUMBER.findall(cell.source)}
    results = [value for each in glued for value in glued_values(each)]
    faults = []
    for piece in read_prose(page):
        faults += _piece_faults(piece, in_code, results)
    return sorted(set(faults))


def glued_values(rendered: str) -> list[float]:
    """Return the numbers in a glued value, as it would be shown.

    They have no sign. A text that isn't a short, single line, such as a table, has none.
    """
    if len(rendered) > 80 or "\n" in rendered:
        return []
    return [_value(number) for number in NUMBER.findall(_unquoted(rendered))]


def equals_as_typed(typed: str, value: float) -> bool:
    """Say whether a typed number is a value, at the precision at which it was typed.

    A number with a single digit says too little and never is.
    """
    mantissa, _, exponent = re.sub(r"[,_]", "", typed).lower().partition("e")
    digits = mantissa.replace(".", "").lstrip("0")
    if len(digits) < 2:
        return False
    if _value(typed) == value:
        return True
    if "." not in mantissa and len(digits.rstrip("0")) < 2:
        return False  # 100 is exact; it isn't 99.7, rounded
    decimals = len(mantissa.partition(".")[2])
    unit = 10.0 ** (int(exponent.replace("−", "-") or 0) - decimals)
    return abs(_value(typed) - value) <= 0.5 * unit * (1 + 1e-9)


def _piece_faults(piece: Piece, in_code: set[float], results: list[float]) -> Faults:
    text = PART.sub(lambda match: " " * len(match[0]), piece.text)
    faults = []
    for match in NUMBER.finditer(text):
        number, line = match[0], piece.line + text.count("\n", 0, match.start())
        is_result = any(equals_as_typed(number, value) for value in results)
        if is_result and _value(number) not in in_code:
            faults.append(
                (line, f"the number {number} is typed, but a cell computes it: write "
                 "{glue:text}`name` with the name that the cell glues it by")
            )  # fmt: skip
        elif piece.kind == "prose":
            faults.append(
                (line, f"the number {number} is typed in prose: if it is a result, glue it from a "
                 "cell and write {glue:text}`name`; if not, write a small number in words, a "
                 "parameter as `code`, a formula as $math$, a date as {{ due_date }}")
            )  # fmt: skip
    return faults


def _value(number: str) -> float:
    return float(re.sub(r"[,_]", "", number).replace("−", "-"))


def _unquoted(rendered: str) -> str:
    try:
        return str(literal_eval(rendered))
    except (SyntaxError, ValueError):
        return re.sub(r"\bnp\.\w+\((.*)\)", r"\1", rendered)
