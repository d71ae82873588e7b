"""Check the text of each page as it is read: the contract, typed numbers and the seed."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from homework_tools.master.course import Course
from website.extensions.course.contents import LOCAL
from website.extensions.course.passages import page_text
from website.extensions.gate.chapter import chapter_faults
from website.extensions.gate.faults import warn
from website.extensions.gate.seed import seed_faults
from website.extensions.gate.typed_numbers import typed_number_faults
from website.extensions.notebook.execution import nb_config
from website.extensions.text.page import read_page


def glued_texts(app: Sphinx, docname: str) -> dict[str, str]:
    """Return the plain text of each value that a page's cells glue, by name."""
    path = Path(nb_config(app.env).output_folder, f"{docname}.glue.json")
    keys = vars(app.env)["nb_metadata"].get(docname, {}).get("glue", [])  # the file has older ones
    if not (keys and path.exists()):
        return {}
    glued = json.loads(path.read_text(encoding="utf-8"))
    return {key: glued[key]["data"].get("text/plain", "") for key in keys}


APPENDICES = ["book/speed"]  # pages with cells that teach no step


def _check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    page = read_page(source[0])
    # A chapter is a page with code cells; the book's first page is its cover, and a page in
    # `local` is the course's own.
    own = docname.startswith(f"{LOCAL}/")
    is_chapter = bool(page.cells) and not own and docname not in (app.config.root_doc, *APPENDICES)
    faults = chapter_faults(page) if is_chapter else []
    faults += seed_faults(page, app.config.myst_substitutions["seed"])
    for line, message in faults:
        warn(message, (docname, line))


def _check_numbers(app: Sphinx, doctree: nodes.document) -> None:
    docname = app.env.docname
    page = read_page(page_text(app, docname))
    glued = glued_texts(app, docname)
    if app.config.myst_substitutions["seed"] != str(Course().seed):
        glued = {}  # with another seed an invented number may equal a result, by chance alone
    for line, message in typed_number_faults(page, glued.values()):
        warn(message, (docname, line))
