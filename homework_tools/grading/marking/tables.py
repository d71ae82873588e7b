"""Read a table that a person wrote by hand or in a spreadsheet, line by line."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from homework_tools.text_files import utf8_text


def rows_of(
    path: Path, needed: Sequence[str], hint: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield place and cells of each row that is not empty, in a CSV file separated by `,` or `;`.

    The place is `name.csv:3`, where the row begins; the cells are by column, without spaces around.
    A column of `needed` that is absent raises a ValueError with the `hint`; others may be there.
    """
    text = utf8_text(path)
    separator = ";" if text.partition("\n")[0].count(";") > 1 else ","  # as some Excels save it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    titles = [title.strip() for title in next(reader, [])]
    if absent := [name for name in needed if name not in titles]:
        hint = hint or f"it needs {', '.join(needed)}"
        raise ValueError(f"{path.name}:1: no column {absent[0]!r}; {hint}")
    line = reader.line_num + 1
    for row in reader:
        cells = dict.fromkeys(titles, "") | dict(zip(titles, map(str.strip, row), strict=False))
        if any(cells.values()):
            yield f"{path.name}:{line}", cells
        line = reader.line_num + 1


def number_up_to(where: str, column: str, given: str, most: int) -> float:
    """Return points that a person wrote; raise `ValueError` unless they can be."""
    try:
        points = float(given.replace(",", "."))
    except ValueError:
        points = -1
    if not 0 <= points <= most:
        raise ValueError(f"{where}: {column} must be a number from 0 to {most}, not {given!r}")
    return points
