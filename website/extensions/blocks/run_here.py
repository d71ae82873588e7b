"""Python in the page: which pages have it, and the script that makes their code editable.

A site that is built without Python's files has no button for it. A page's own cells are marked
where they need a package that Python in the page lacks; `website/python/page/` does the rest.
"""

import ast
import sys
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from website.extensions.blocks.homework_here import PAGE
from website.python.files import download_size, python_files
from website.python.files.needs import bundles_for

FOLDER = "python"  # below _static
NEEDS_PYTHON = "needs-python"  # the class of a box that only a site with Python's files shows
LACKING = "notebook-lacking"
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
        """Change the page as it is written."""
        manifest = python_files()
        if manifest is None:
            for box in list(self.document.findall(_is_box(NEEDS_PYTHON))):
                box.parent.remove(box)
            return
        cells = list(self.document.findall(_is_box("cell_input")))
        known = {*manifest["owners"], "rnaseq_hw", *sys.stdlib_module_names} - NOT_THERE
        for cell, lacks in zip(cells, lacking(map(_code, cells), known), strict=True):
            if lacks:
                cell.parent["classes"].append(LACKING)


def lacking(sources: Iterable[str], known: set[str]) -> list[bool]:
    """Return for each cell whether it needs what only unknown modules can give."""
    unknown: set[str] = set()  # names that a cell defines which cannot run
    verdicts = []
    for source in sources:
        tree = ast.parse(source)
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        imports = list(_imports(tree))
        made |= {name for _, name in imports}
        lacks = bool(used & unknown) or any(module not in known for module, _ in imports)
        unknown = unknown | made if lacks else unknown - made
        verdicts.append(lacks)
    return verdicts


def setup_run_here(app: Sphinx) -> None:
    """Mark cells as pages are written."""
    app.add_post_transform(MarkCells)


def _imports(tree: ast.AST) -> Iterable[tuple[str, str]]:
    """Yield the module that each import needs, and the name that it gives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                module = each.name.partition(".")[0]
                yield module, each.asname or module
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                yield node.module.partition(".")[0], each.asname or each.name


def _is_box(name: str):
    return lambda node: isinstance(node, nodes.Element) and name in node.get("classes", ())


def _code(cell: nodes.Node) -> str:
    return next(cell.findall(nodes.literal_block)).astext()


def _sources(doctree: nodes.document) -> list[str]:
    """Return the code of a page's cells, and that of its exercises with their checks."""
    boxes = [*doctree.findall(_is_box("cell_input")), *doctree.findall(_is_box("pycell"))]
    return [code.astext() for box in boxes for code in box.findall(nodes.literal_block)]


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
    app.add_js_file(f"{FOLDER}/{script}", loading_method=None, type="module", **settings)
    app.add_css_file(f"{FOLDER}/notebook.css")
