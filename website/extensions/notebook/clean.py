"""Make a notebook from a chapter: clean, without outputs, and at home in any JupyterLab."""

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from homework_tools.editions.notebooks import made_notebook
from homework_tools.words.translator import gettext
from website.extensions.notebook.plain_markdown import details, plain_inline, plain_markdown
from website.extensions.notebook.references import PageReferences
from website.extensions.text.page import Fence, read_page
from website.extensions.text.prose import figure_settings
from website.extensions.text.pycells import read_exercise

KEPT_TAGS = {"raises-exception"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def clean_notebook(
    text: str, names: PageReferences, preface: str, install: str = ""
) -> nbformat.NotebookNode:
    """Return a chapter as a notebook.

    It has no outputs, and lacks the cells that the book removes. The first cell is the preface:
    where the notebook comes from, what it needs, its licenses; the second, if any, installs what
    the chapter imports.
    """
    cells = [new_markdown_cell(preface), new_code_cell(install)]
    for cell in jupytext.reads(text, fmt="md:myst").cells:
        if cell.cell_type == "markdown":
            cells += _text_cells(cell.source, names)
        elif cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", []):
            cells.append(_code_cell(cell))
            cells.append(_caption(cell, names))
    cells = [cell for cell in cells if cell is not None and cell.source]
    return made_notebook(cells, kernelspec=KERNEL, language_info={"name": "python"})


def _text_cells(text: str, names: PageReferences) -> list[nbformat.NotebookNode]:
    """Return a cell for a text, and more for the exercises that are written in the page."""
    lines, cells, done = text.splitlines(), [], 0
    for fence in read_page(text).fences:
        if fence.name == "pycell":
            cells.append(_plain("\n".join(lines[done : fence.line - 1]), names))
            cells += _exercise_cells(fence, names)
            done = fence.last_line
    return [*cells, _plain("\n".join(lines[done:]), names)]


def _exercise_cells(fence: Fence, names: PageReferences) -> list[nbformat.NotebookNode]:
    """Return what to write, the code to complete, its check, and the hints with the solution."""
    found = read_exercise(list(fence.body))
    reveal = [
        line
        for count, (_, hint) in enumerate(found.hints, start=1)
        for line in details(
            gettext("Hint {count}").format(count=count),
            plain_markdown("\n".join(hint), names).splitlines(),
        )
    ]
    if found.solution:
        code = ["```python", *found.solution.splitlines(), "```"]
        reveal += details(gettext("A solution"), code)
    # "Run all" goes on after a check that fails, as it does until the code is written.
    check = new_code_cell(found.check, metadata={"tags": ["raises-exception"]})
    words = "\n".join(found.words[1])
    text = new_markdown_cell("\n".join(reveal))
    return [_plain(words, names), new_code_cell(found.code), check, text]


def _plain(text: str, names: PageReferences) -> nbformat.NotebookNode:
    return new_markdown_cell(plain_markdown(text, names))


def _code_cell(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    tags = [tag for tag in cell.metadata.get("tags", []) if tag in KEPT_TAGS]
    return new_code_cell(cell.source, metadata={"tags": tags} if tags else {})


def _caption(cell: nbformat.NotebookNode, names: PageReferences) -> nbformat.NotebookNode | None:
    figure = figure_settings(cell.metadata, "figure")
    if "caption" not in figure:
        return None
    caption = plain_inline(" ".join(str(figure["caption"]).split()), names)
    number = names.number(figure["name"]) if "name" in figure else gettext("Figure")
    return new_markdown_cell(f"*{number}. {caption}*" if "*" not in caption else caption)
