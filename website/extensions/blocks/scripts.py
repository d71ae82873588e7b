"""Put the site's own scripts and styles into it: the lab's, and those of Python in the page."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

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


def _start_to_write(app: Sphinx) -> None:
    """Let Node work while the pages are read."""
    if app.builder.format == "html":
        folder, with_python = Path(app.outdir, "_static"), python_files() is not None
        work = partial(write_scripts, with_python=with_python, words=app.config.script_words)
        vars(app)["scripts"] = ThreadPoolExecutor(1).submit(work, folder)


def _wait_for_scripts(app: Sphinx, env: BuildEnvironment) -> None:
    if "scripts" in vars(app):
        vars(app)["scripts"].result()
