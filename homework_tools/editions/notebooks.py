"""Make the notebooks: the one that a student gets, and the instructors' with its outputs."""

import tempfile
from collections.abc import Iterable, Iterator

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from homework_tools.master.master import Cell, Master
from homework_tools.words.translator import gettext, gettext_noop, ngettext

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
ANSWER = gettext_noop("**Your answer to question {question}:**")
PLACEHOLDER = gettext_noop("*Write here, in place of this line.*")
INSTRUCTOR = gettext_noop(
    "**Instructor's edition of {title}: not for students.** It holds the solutions, the model "
    "answers with their rubrics, and the hidden tests, and was run from top to bottom."
)


def student_notebook(master: Master) -> NotebookNode:
    """Return what a student gets: given code, stubs, checks, and cells for free text."""
    return _homework(master, _student_cells(master))


def instructor_notebook(master: Master) -> NotebookNode:
    """Return the homework with solutions, model answers, rubrics and hidden tests, executed.

    The code runs in an empty temporary folder.
    """
    notebook = _homework(master, _instructor_cells(master))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": folder}},
        ).execute()
    return notebook


def _student_cells(master: Master) -> Iterator[NotebookNode]:
    for cell in master.cells:
        if cell.kind in ("text", "answer"):
            yield new_markdown_cell(master.text(cell.public))
        elif cell.public:
            yield new_code_cell(cell.public, metadata=_labels(cell))
        if cell.kind == "answer":
            answer = gettext(ANSWER).format(question=cell.question)
            yield new_markdown_cell(f"{answer}\n\n{gettext(PLACEHOLDER)}", metadata=_labels(cell))


def _instructor_cells(master: Master) -> Iterator[NotebookNode]:
    yield new_markdown_cell(gettext(INSTRUCTOR).format(title=master.settings.title))
    for cell in master.cells:
        if cell.kind in ("text", "answer"):
            yield new_markdown_cell(master.text(cell.public))
        if cell.kind == "answer":
            text = f"**{gettext('Model answer')}.**\n\n{marked_answer(master, cell)}"
            yield new_markdown_cell(text, metadata=_labels(cell))
        elif cell.kind != "text":
            metadata = _labels(cell)
            if cell.kind == "hidden-test":
                metadata |= {"points": cell.points, "title": cell.title}
            yield new_code_cell(cell.solved, metadata=metadata)


def marked_answer(master: Master, cell: Cell) -> str:
    """Return the model answer of a free text and its rubric, which no student sees."""
    items = [
        f"- {ngettext('{n} point', '{n} points', item.points)}: {item.what}" for item in cell.rubric
    ]
    title = f"**{gettext('Rubric')}.**"
    return master.text("\n".join([cell.model_answer, "", title, "", *items]))


def _labels(cell: Cell) -> dict:
    """Return the metadata that say, also in a student's notebook, what a cell is."""
    return {"tags": [cell.kind]} | ({"question": cell.question} if cell.question else {})


def made_notebook(cells: Iterable[NotebookNode], **metadata: dict) -> NotebookNode:
    """Return a notebook of cells, whose bytes are the same in every run."""
    numbered = list(cells)
    for number, cell in enumerate(numbered, start=1):
        cell["id"] = f"cell-{number}"
    notebook = new_notebook(cells=numbered, metadata={"kernelspec": KERNEL} | metadata)
    nbformat.validate(notebook)
    return notebook


def _homework(master: Master, cells: Iterable[NotebookNode]) -> NotebookNode:
    settings = {"id": master.settings.id, "seed": master.settings.seed}
    return made_notebook(cells, homework=settings, language_info={"name": "python"})
