"""Run the gate's build in a fork of a process that has imported what every build imports.

A small book takes as long to build as these imports. What is ours is imported by each build anew,
from beside its book. On Windows, which has no fork, so is everything.
"""

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

BUILDERS = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
BUILDERS.set_forkserver_preload(
    [
        *("bs4", "fontTools.subset", "fontTools.ttLib.woff2", "hatchling.builders.wheel"),
        *("jupyter_book.cli.main", "jupyter_book.sphinx", "jupytext", "myst_nb.sphinx_ext"),
        *("PIL.Image", "pydata_sphinx_theme", "sphinx.builders.html", "sphinx.search.en"),
        *("sphinx_book_theme", "sphinx_design", "sphinxcontrib.bibtex"),
    ]
)


def run_build(command: list[str], folder: Path, variables: dict[str, str]) -> tuple[int, str]:
    """Run a command of `build_command` in a folder; return its exit code and all that it wrote."""
    with tempfile.TemporaryDirectory() as name:
        log = Path(name, "log")
        build = BUILDERS.Process(target=_build, args=(command[3:], folder, variables, log))
        build.start()
        build.join()
        return build.exitcode, log.read_text(encoding="utf-8", errors="replace")


def _build(command: list[str], folder: Path, variables: dict[str, str], log: Path) -> None:
    """Do what `python -P -c` does with the code and the arguments of a command."""
    with log.open("wb") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    multiprocessing.set_start_method(None, force=True)  # for what a build starts itself
    code, *arguments = command
    sys.argv = ["-c", *arguments]
    try:
        exec(code, {"__name__": "__main__"})
    except Exception:
        sys.excepthook(*sys.exc_info())
        sys.exit(1)
