"""Read and write tables in CSV; of one that was read, each row knows where it is."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from homework_tools.text_files import utf8_text

BEFORE_HEADER = re.compile(r"(?:sep=(.)\r?\n)?(?:[ ,;\t]*\r?\n)*", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A table from a file, and how the file writes it."""

    header: list[str]
    rows: list[tuple[str, list[str]]]  # below the header, each with its place: `name.csv:3`
    separator: str  # what is between two cells
    start: str  # what is before the header: Excel's mark of UTF-8, its line `sep=;`, empty lines
    line_end: str  # what ends a line

    def text(self) -> str:
        """Return the table as the file would write it."""
        rows = [self.header, *(row for _, row in self.rows)]
        return self.start + csv_text(rows, self.separator, self.line_end)


def read_table(path: Path) -> Table:
    """Return a table from a CSV file, separated by `,`, `;` or tabs, or as a line `sep=;` says.

    A row whose quotation marks are not in pairs, or that has more cells than the header, would lose
    what it holds: it raises a ValueError that names its line.
    """
    text = utf8_text(path)
    before = BEFORE_HEADER.match(text)
    start, named = (before[0], before[1]) if before else ("", "")
    text = text[len(start) :]
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])  # a title may hold a comma
    separator = named or max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, line = [], 1 + start.count("\n")
    try:
        for row in reader:
            where = f"{path.name}:{line}"
            if found and any(cell.strip() for cell in row[len(found[0][1]) :]):
                what = f"put text that holds {separator!r} into quotation marks"
                raise ValueError(f"{where}: more cells than the header has; {what}")
            found.append((where, row))
            line = 1 + start.count("\n") + reader.line_num  # a cell may hold ends of lines
    except csv.Error as error:
        message = f"the quotation marks from here on are not in pairs ({error}); correct them"
        raise ValueError(f"{path.name}:{line}: {message}") from None
    header = found[0][1] if found else []
    mark = "\ufeff" * path.read_bytes().startswith(b"\xef\xbb\xbf")
    return Table(header, found[1:], separator, mark + start, "\r\n" if "\r\n" in text else "\n")


def csv_text(rows: Iterable[Sequence], separator: str = ",", line_end: str = "\n") -> str:
    """Return the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def rows_of(
    path: Path, needed: Sequence[str], hint: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield place and cells of each row that is not empty; the cells are by column, and stripped.

    A column of `needed` that is absent raises a ValueError with the `hint`; others may be there.
    """
    table = read_table(path)
    titles = [title.strip() for title in table.header]
    if absent := [name for name in needed if name not in titles]:
        hint = hint or f"it needs {', '.join(needed)}"
        raise ValueError(f"{path.name}:1: no column {absent[0]!r}; {hint}")
    for where, row in table.rows:
        cells = dict.fromkeys(titles, "") | dict(zip(titles, map(str.strip, row), strict=False))
        if any(cells.values()):
            yield where, cells
