"""Read and write tables in CSV; of one that was read, each row knows where it is."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from homework_tools.text_files import utf8_text


@dataclass(frozen=True)
class Table:
    """A table from a file, and how the file writes it."""

    header: list[str]
    rows: list[tuple[str, list[str]]]  # below the header, each with its place: `name.csv:3`
    separator: str  # what is between two cells
    mark: bool  # whether the file begins with the mark that Excel puts before UTF-8
    line_end: str  # what ends a line

    def text(self) -> str:
        """Return the table as the file would write it."""
        rows = [self.header, *(row for _, row in self.rows)]
        return "\ufeff" * self.mark + csv_text(rows, self.separator, self.line_end)


def read_table(path: Path) -> Table:
    """Return a table from a CSV file, separated by `,`, `;` or tabs."""
    text = utf8_text(path)
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])  # a title may hold a comma
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header, rows, line = next(reader, []), [], reader.line_num + 1
    for row in reader:
        rows.append((f"{path.name}:{line}", row))
        line = reader.line_num + 1  # a cell may hold ends of lines
    mark = path.read_bytes().startswith(b"\xef\xbb\xbf")
    return Table(header, rows, separator, mark, "\r\n" if "\r\n" in text else "\n")


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
