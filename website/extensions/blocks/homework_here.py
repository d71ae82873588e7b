"""The homework as a page on which it is done: the student's notebook, run by the browser.

What a reader without scripts sees is the whole notebook. `website/python/page/` makes its code and
answers editable; it reads the notebook file that the site offers for download.
"""

import hashlib

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from homework_tools.editions.notebooks import student_notebook
from website.extensions.blocks.homework import DOWNLOADS, HomeworkDirective

PAGE = "homework-here"
CELLS = "homework-cells"
PLACE = '<div id="homework-notebook" data-notebook="{notebook}" data-edition="{edition}"></div>'
CANNOT = (
    "On this page as you see it nothing can be run: that takes JavaScript, a page that comes from a"
    " web server rather than from a disk, and a site that was built with Python. The notebook runs"
    " anywhere:"
)
CHAPTERS = {  # where to read when the check of a question, or of a part, says no
    "1": "simulation", "2": "filtering", "3": "normalization", "4a": "ttest", "4b": "ttest",
    "4c": "volcano", "4d": "volcano", "4e": "error_rates", "5": "false_positive_rate",
}  # fmt: skip


class HomeworkHere(HomeworkDirective):
    """The student's notebook, cell by cell."""

    def run(self) -> list[nodes.Node]:
        """Write the notebook into the page."""
        master = self.master()
        notebook = student_notebook(master)
        self.env.metadata[self.env.docname][PAGE] = [
            cell.source for cell in notebook.cells if cell.cell_type == "code"
        ]
        file = "../" * self.env.docname.count("/") + f"{DOWNLOADS}/{master.settings.id}.ipynb"
        place = PLACE.format(notebook=file, edition=edition_of(notebook))
        link = nodes.reference("", "download it", refuri=file, internal=True)
        cannot = nodes.container("", nodes.paragraph("", f"{CANNOT} ", link, nodes.Text(".")))
        cannot["classes"] = ["notebook-cannot"]
        self.state_machine.node += [nodes.raw("", place, format="html"), cannot]
        self.env.temp_data[CELLS] = {cell.id: cell for cell in notebook.cells}
        text = "\n\n".join(_place_of(cell) for cell in notebook.cells)
        return self.show(text.partition("\n\n")[2])  # the page has its own title


class HomeworkCell(HomeworkDirective):
    """A cell of code, or of the student's own words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the cell as it is read; the browser makes it one to write in."""
        cell = self.env.temp_data[CELLS][self.arguments[0]]
        kind, question = cell.metadata["tags"][0], cell.metadata.get("question", "")
        box = nodes.container(ids=[cell.id], classes=["cell", f"homework-{kind}"])
        if kind == "answer":
            self.state.nested_parse([cell.source], 0, box)
            return [box]
        code = nodes.literal_block(cell.source, cell.source, language="python")
        box += nodes.container("", code, classes=["cell_input"])
        chapter = chapter_of(question)
        if kind == "check" and f"book/{chapter}" in self.env.found_docs:
            help_ = nodes.container(classes=["notebook-chapter"])
            self.state.nested_parse([f"If it fails: [](/book/{chapter}.md)"], 0, help_)
            box += help_
        return [box]


def edition_of(notebook: NotebookNode) -> str:
    """Return a name of a notebook that another edition of the homework does not have."""
    return hashlib.sha256(nbformat.writes(notebook).encode()).hexdigest()[:8]


def chapter_of(question: str) -> str:
    """Return the chapter that helps with a question, such as "4a"; of its part, if it has none."""
    return CHAPTERS.get(question) or CHAPTERS.get(question[:1], "")


def setup_homework_here(app: Sphinx) -> None:
    """Offer the page."""
    app.add_directive("homework-here", HomeworkHere)
    app.add_directive("homework-cell", HomeworkCell)


def _place_of(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown" and not cell.metadata.get("tags"):
        return cell.source
    return f"```{{homework-cell}} {cell.id}\n```"
