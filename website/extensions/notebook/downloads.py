"""Offer each chapter as a clean notebook in its download menu.

The theme's own button gives the executed notebook, full of the book's markup. The clean one is
written where that button points to, so the link is never dead.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from homework_tools.text_files import write_text
from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.course.passages import page_text
from website.extensions.notebook.clean import clean_notebook
from website.extensions.notebook.plain_markdown import link
from website.extensions.notebook.references import PageReferences
from website.extensions.text.names import names_in
from website.extensions.text.page import read_page
from website.launch.wheel import FOLDER, wheel_name, write_wheel

INSTALLED = {"numpy", "pandas", "scipy", "matplotlib", "IPython"} | set(sys.stdlib_module_names)
NEEDS = gettext_noop(
    "It needs numpy, pandas, scipy and matplotlib; the next cell gets what else it needs."
)
NEEDS_FILE = gettext_noop(
    "It needs numpy, pandas, scipy, matplotlib and {names}. This copy of the book was built "
    "without an address, so the notebook can't get them itself: the table “How to run it” of the "
    "book's first page has the file that pip installs."
)
INSTALL = """\
# Get what this notebook needs and this computer does not have.
from importlib.util import find_spec

if not all(find_spec(name) for name in {names}):
    %pip install --quiet {packages}"""
PREFACE = gettext_noop("""\
*This notebook is the page “{title}” of {book}, without its outputs: run it from top to
bottom. {needs}*

*Text: CC BY 4.0. Code: MIT.*""")


def _write_notebook(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if not context.get("ipynb_source"):
        return
    target = Path(app.outdir, "_sources", context["ipynb_source"])
    text = page_text(app, pagename)
    names = PageReferences(app, pagename)
    needs, install = _needs(app, find_imports(text))
    preface = gettext(PREFACE).format(
        title=app.env.titles[pagename].astext(),
        book=link(app.config.html_title, names.address()),
        needs=needs,
    )
    notebook = clean_notebook(text, names, preface, install)
    write_text(target, nbformat.writes(notebook) + "\n")


def find_imports(text: str) -> list[str]:
    """Return the packages that a chapter's code imports, without those that every notebook has."""
    cells = [cell for cell in read_page(text).cells if not cell.removed]
    return sorted({name for cell in cells for name in names_in(cell.source).modules} - INSTALLED)


def _needs(app: Sphinx, names: list[str]) -> tuple[str, str]:
    """Return what the preface says of the packages, and the cell that gets them."""
    if not names:
        return gettext("It needs numpy, pandas, scipy and matplotlib."), ""
    if not app.config.html_baseurl:
        return gettext(NEEDS_FILE).format(names=gettext(" and ").join(names)), ""
    address = f"{app.config.html_baseurl.rstrip('/')}/{FOLDER}/{wheel_name()}"
    wanted = [
        f'"rnaseq-hw @ {address}"' if name == "rnaseq_hw" else f"{name}=={version(name)}"
        for name in names
    ]
    return gettext(NEEDS), INSTALL.format(names=names, packages=" ".join(wanted))


def _write_wheel(app: Sphinx) -> None:
    write_wheel(Path(app.outdir, FOLDER))  # a page says its size
