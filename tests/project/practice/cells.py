"""What the cells of a chapter compute, as far as a test asks for it."""

from functools import cache
from symtable import symtable

import jupytext

import tasks


class Names:
    """The names of a chapter before its exercises, without the glue.

    Its cells run in order, up to the last one that gives the wanted name a value.
    """

    def __init__(self, chapter: str):
        text = (tasks.ROOT / f"book/{chapter}.md").read_text(encoding="utf-8")
        cells = jupytext.reads(text.partition("\n## Exercises\n")[0], "md:myst").cells
        code = [cell for cell in cells if cell.cell_type == "code"]
        shown = [cell for cell in code if "remove-cell" not in cell.metadata.get("tags", [])]
        self._cells = [cell.source for cell in shown]
        self._given = [self._gives(source) for source in self._cells]
        self._names, self._run = {}, 0

    @staticmethod
    def _gives(source: str) -> set[str]:
        """Return the names to which a cell assigns a value, a function or a module."""
        symbols = symtable(source, "<cell>", "exec").get_symbols()
        return {each.get_name() for each in symbols if each.is_assigned() or each.is_imported()}

    def __getitem__(self, name: str):
        last = max(number for number, given in enumerate(self._given, 1) if name in given)
        while self._run < last:
            exec(self._cells[self._run], self._names)
            self._run += 1
        return self._names[name]


names_of = cache(Names)
