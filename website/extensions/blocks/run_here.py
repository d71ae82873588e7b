"""Python in the page: which pages have it, and the script that makes their code editable.

A site that is built without Python's files has no button for it. A page's own cells are marked
where they need a package that Python in the page lacks; `website/python/page/` does the rest.
"""

import sys
from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent

from homework_tools.words.translator import gettext
from website.extensions.blocks.homework_here import PAGE
from website.extensions.text.names import names_in
from website.python.files import download_size, python_files
from website.python.files.needs import bundles_for

FOLDER = "python"  # below _static
NEEDS_PYTHON = "needs-python"  # the class of a box that only a site with Python's files shows
LACKING = "notebook-lacking"
# The page has the height of its button before a script lets it act.
DOOR = '<button type="button" class="notebook-door">{words}</button>'
# Without its script the homework's page says so.
FAILS = "document.documentElement.classList.add('notebook-fails')"
NOT_THERE = {
    "multiprocessing",
    "sqlite3",
    "ssl",
    "subprocess",
    "tkinter",
}  # of the standard library


class MarkCells(SphinxPostTransform):
    """Drop what needs Python from a site without it; mark the cells that need more than it has."""

    default_priority = 800
    formats = ("html",)

    def run(self, **options) -> None:
        manifest = python_files()
        if manifest is None:
            for box in list(self.document.findall(_is_box(NEEDS_PYTHON))):
                box.parent.remove(box)
            return
        cells = list(self.document.findall(_is_box("cell_input")))
        known = {*manifest["owners"], "rnaseq_hw", *sys.stdlib_module_names} - NOT_THERE
        for cell, lacks in zip(cells, lacking(map(_code, cells), known), strict=True):
            if lacks:
                is_folded = "cell" not in cell.parent["classes"]
                (cell.parent.parent if is_folded else cell.parent)["classes"].append(LACKING)
        if PAGE not in self.env.metadata[self.env.docname] and any(map(_can_be_opened, cells)):
            title = next(self.document.findall(nodes.title))
            words = escape(gettext("Run this chapter’s code here"), quote=False)
            door = nodes.raw("", DOOR.format(words=words), format="html")
            title.parent.insert(title.parent.index(title) + 1, door)


def lacking(sources: Iterable[str], known: set[str]) -> list[bool]:
    """Return for each cell whether it needs what only unknown modules can give."""
    unknown: set[str] = set()  # names that a cell defines which cannot run
    verdicts = []
    for source in sources:
        names = names_in(source)
        lacks = bool(names.used & unknown or names.modules - known)
        unknown = unknown | names.made if lacks else unknown - names.made
        verdicts.append(lacks)
    return verdicts


def _is_box(name: str):
    return lambda node: isinstance(node, nodes.Element) and name in node.get("classes", ())


def _can_be_opened(cell: nodes.Element) -> bool:
    boxes = traverse_parent(cell)
    return not any({LACKING, "pycell"} & set(box.get("classes", ())) for box in boxes)


def _code(cell: nodes.Node) -> str:
    return next(cell.findall(nodes.literal_block)).astext()


def _sources(doctree: nodes.document) -> list[str]:
    """Return the code of a page's cells, and that of its exercises with their checks."""
    boxes = [*doctree.findall(_is_box("cell_input")), *doctree.findall(_is_box("pycell"))]
    return [code.astext() for box in boxes for code in box.findall(nodes.literal_block)]


def _find_python(app: Sphinx, config) -> None:
    config.python_files = python_files() or {}


def _load_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Let a page with code load the script that opens it."""
    manifest = python_files() if doctree is not None else None
    if manifest is None:
        return
    whole = app.env.metadata[pagename].get(PAGE)
    sources = whole or _sources(doctree)
    if not sources:
        return
    bundles = bundles_for(sources)
    script = "homework.mjs" if whole else "chapter.mjs"
    size = round(download_size(manifest, bundles) / 1e6)
    settings: dict[str, Any] = {"data-bundles": " ".join(bundles), "data-megabytes": str(size)}
    if whole:
        settings["onerror"] = FAILS
    app.add_js_file(f"{FOLDER}/{script}", loading_method=None, type="module", **settings)
    app.add_css_file(f"{FOLDER}/notebook.css")
