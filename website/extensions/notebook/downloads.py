"""Offer each chapter as a clean notebook in its download menu.

The theme's own button gives the executed notebook, full of the book's markup. The clean one is
written where that button points to, so the link is never dead.
"""

from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from website.extensions.gate.page import read_page
from website.extensions.notebook.clean import clean_notebook
from website.extensions.notebook.references import PageReferences

PREFACE = """\
*This notebook is the page “{title}” of [{book}]({source}), without its outputs: run it from top to
bottom. It needs numpy, pandas, scipy, matplotlib and the course's package:*
`pip install "rnaseq-hw @ git+{repository}"`

*Text: CC BY 4.0. Code: MIT.*"""


def _write_notebook(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if not context.get("ipynb_source"):
        return
    target = Path(app.outdir, "_sources", context["ipynb_source"])
    source = Path(app.env.doc2path(pagename))
    text = source.read_text(encoding="utf-8")
    if not read_page(text).cells:
        target.unlink(missing_ok=True)
        return
    names = PageReferences(app, pagename)
    notebook = clean_notebook(text, names, _preface(app, pagename, names.address()))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _preface(app: Sphinx, pagename: str, address: str) -> str:
    return PREFACE.format(
        title=app.env.titles[pagename].astext(),
        book=app.config.html_title,
        source=address,
        repository=app.config.html_theme_options["repository_url"],
    )
