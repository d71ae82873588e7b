"""The homework as a page on which it is done: the student's notebook, run by the browser.

What a reader without scripts sees is the whole notebook. `website/python/page/` makes its code and
answers editable; it reads the notebook file that the site offers for download.
"""

import hashlib
import re

import nbformat
from docutils import nodes
from nbformat import NotebookNode

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.sections import QUESTION
from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.blocks.homework import (
    HomeworkDirective,
    link,
    notebook_address,
    site_master,
)

PAGE = "homework-here"
CELLS = "homework-cells"
START = """\
<div id="homework-notebook" data-notebook="{notebook}" data-edition="{edition}"></div>

:::{{container}} notebook-cannot
{cannot}
:::

"""
CANNOT = gettext_noop(
    "On this page as you see it nothing can be run: that takes JavaScript, a page that comes from a"
    " web server rather than from a disk, and a site that was built with Python. The notebook runs"
    " anywhere:"
)
SECTIONS = "homework-sections"


class HomeworkHere(HomeworkDirective):
    """The student's notebook, cell by cell."""

    def run(self) -> list[nodes.Node]:
        """Write the notebook into the page."""
        master = site_master(self.env)
        notebook = student_notebook(master)
        self.env.metadata[self.env.docname][PAGE] = [
            cell.source for cell in notebook.cells if cell.cell_type == "code"
        ]
        file = notebook_address(self.env, master)
        self.env.temp_data[CELLS] = {cell.id: cell for cell in notebook.cells}
        self.env.temp_data[SECTIONS] = {q: master.section(q) for q in master.sections}
        text = "\n\n".join(_place_of(cell) for cell in notebook.cells)
        start = START.format(
            notebook=file,
            edition=edition_of(notebook),
            cannot=f"{gettext(CANNOT)} {link(gettext('download it'), file)}.",
        )
        self.show(start + text.partition("\n\n")[2])  # the page has its own title
        for section in self.state_machine.node.findall(nodes.section):
            is_below_a_part = isinstance(section.parent.parent, nodes.section)
            if is_below_a_part and (match := re.match(QUESTION, section[0].astext())):
                section["ids"].append(f"question-{match[1]}")  # an address that any points keep
        return []


class HomeworkCell(HomeworkDirective):
    """A cell of code, or of the student's own words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        cell = self.env.temp_data[CELLS][self.arguments[0]]
        kind, question = cell.metadata["tags"][0], cell.metadata.get("question", "")
        box = nodes.container(ids=[cell.id], classes=["cell", f"homework-{kind}"])
        if kind == "answer":
            self.state.nested_parse([cell.source], 0, box)
            return [box]
        code = nodes.literal_block(cell.source, cell.source, language="python")
        box += nodes.container("", code, classes=["cell_input"])
        section = self.env.temp_data[SECTIONS].get(question)
        if kind == "check" and section:
            help_ = nodes.container(classes=["notebook-chapter"])
            words = gettext("If it fails: {section}").format(section=section)
            self.state.nested_parse([words], 0, help_)
            box += help_
        return [box]


def edition_of(notebook: NotebookNode) -> str:
    """Return a name of a notebook that another edition of the homework does not have."""
    return hashlib.sha256(nbformat.writes(notebook).encode()).hexdigest()[:8]


def _place_of(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown" and not cell.metadata.get("tags"):
        return cell.source
    return f"```{{homework-cell}} {cell.id}\n```"
