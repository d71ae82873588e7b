"""Put the site's own scripts and styles into it: the lab's, and those of Python in the page.

The lab is also bundled for the build itself, which writes each lab as it opens.
"""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from website.node import folder_of, run_node
from website.python.files import python_files

BUNDLER = Path(__file__).with_name("scripts.mjs")
CODEMIRROR_LICENSE = "node_modules/@codemirror/view/LICENSE"


def write_scripts(folder: Path, writer: Path, words: dict, *, with_python: bool) -> None:
    """Bundle scripts and styles into the folder of a site's static files.

    `writer` becomes the program that writes labs; `words` are `script_words` of a catalogue.
    """
    run_node(BUNDLER, folder, writer, *["python"] * with_python, text=json.dumps(words))
    if with_python:
        shutil.copy(folder_of() / CODEMIRROR_LICENSE, folder / "python" / "CodeMirror-LICENSE.txt")


def lab_writer(app: Sphinx) -> Path:
    """Return the program that writes labs as they open, in the language of the site."""
    return Path(app.doctreedir, "lab_writer.mjs")


def _start_to_write(app: Sphinx) -> None:
    """Let Node work while the pages are read."""
    if app.builder.format == "html":
        what = Path(app.outdir, "_static"), lab_writer(app), app.config.script_words
        with_python = python_files() is not None
        done = ThreadPoolExecutor(1).submit(write_scripts, *what, with_python=with_python)
        vars(app)["scripts"] = done


def _wait_for_scripts(app: Sphinx, env: BuildEnvironment) -> None:
    if "scripts" in vars(app):
        vars(app)["scripts"].result()
