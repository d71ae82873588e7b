"""Put the site's own scripts and styles into it: the lab's, and those of Python in the page."""

import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from website.node import folder_of, run_node
from website.python.files import python_files

BUNDLER = Path(__file__).with_name("scripts.mjs")
CODEMIRROR_LICENSE = "node_modules/@codemirror/view/LICENSE"


def write_scripts(folder: Path, *, with_python: bool, words: dict | None = None) -> None:
    """Bundle scripts and styles into the folder of a site's static files.

    `words` are those of another language, from `website.words.catalogues.script_words`.
    """
    text = json.dumps(words or {"messages": {}})
    run_node(BUNDLER, folder, *["python"] * with_python, text=text)
    if with_python:
        shutil.copy(folder_of() / CODEMIRROR_LICENSE, folder / "python" / "CodeMirror-LICENSE.txt")


def _write_scripts(app: Sphinx) -> None:
    if app.builder.format == "html":
        with_python, words = python_files() is not None, app.config.script_words
        write_scripts(Path(app.outdir, "_static"), with_python=with_python, words=words)
