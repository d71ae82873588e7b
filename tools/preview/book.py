"""Keep the whole book in memory, so that a save costs no more than the page that was saved.

A Sphinx application is made once, in a process of its own. What cannot be taken over into the next
build, such as settings or code of an extension, ends that process, and another begins.
"""

import gc
import logging
import re
import shutil
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import format_exception

from docutils import nodes
from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from homework_tools.text_files import write_text
from tools.book import execution_key, take_outputs
from tools.environment import BUILD, ROOT, digest
from website.extensions.gate.failed_cells import FAILED
from website.extensions.notebook.execution import WORKERS

COMPILED = ".mo"  # Sphinx makes these of the catalogues during a build
QUIET = 3  # seconds without a save, after which there is time to tidy up


class Preview:
    """A book that is built again and again."""

    def __init__(self, source: Path, folder: Path, key: str):
        """Read the settings of the book in `source`; what is made goes into `folder`.

        `key` stands for the code that makes a page of a text: a page made by other code is stale.
        """
        self.key = key
        self.app = Sphinx(
            source,
            None,
            folder / "html",
            folder / "doctrees",
            "html",
            confoverrides=settings(source, folder / "cache"),
            status=None,
            warning=sys.stderr,
        )
        self.keys: dict[str, str] = vars(self.app.env).setdefault("preview_keys", {})
        # There during a build: where one was cut off, a page may be written and not finished.
        self.note = folder / "unfinished.txt"
        if self.note.is_file():
            self.keys.clear()
        self.stale = [name for name in sorted(self.app.env.all_docs) if self.keys.get(name) != key]
        self.failed: set[str] = set()  # the files of the pages with a cell that failed
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, WarningStreamHandler):
                handler.addFilter(self._is_cause)
        self.chosen: list[str] = []
        self.written: list[str] = []
        self.app.connect("env-get-outdated", lambda *_: self.chosen)
        self.app.connect("doctree-read", self._note_read)
        self.app.connect("html-page-context", self._note_written)

    def _note_read(self, app: Sphinx, doctree: nodes.document) -> None:
        self.keys[app.env.docname] = self.key

    def _note_written(self, app: Sphinx, pagename: str, *_) -> None:
        self.written.append(pagename)

    def _is_cause(self, record: logging.LogRecord) -> bool:
        """Say whether to show a warning: a page whose cell failed lacks more for that reason."""
        said = vars(record)
        page = re.sub(r":\d+$", "", said.get("location") or "")
        if (said.get("type"), said.get("subtype")) == ("mystnb", "exec"):
            self.failed.add(page)
        return page not in self.failed or said.get("subtype") == FAILED

    def build(self, viewed: str = "") -> list[str]:
        """Read and write the pages that have changed, and some of those that are stale.

        The page that is `viewed` comes first. Return what was written.
        """
        self.chosen = next_pages(self.stale, viewed)
        self.written = []
        self.failed.clear()
        self.app.builder.images.clear()  # those of the last build are where they belong
        # Sphinx keeps pages that it has read once, and the first page, from which menus are made,
        # even with what it stores for another process.
        self.app.env._pickled_doctree_cache.clear()
        vars(self.app.env).pop("master_doctree", None)
        self.note.touch()
        self.app.build()
        self.note.unlink()
        waiting = [name for name in self.stale if name not in self.chosen]
        self.stale = [name for name in waiting if self.keys.get(name) != self.key]
        # The theme's files and the site's own are there; when one changes, this process ends.
        vars(self.app.builder)["copy_assets"] = lambda: None
        return self.written


def next_pages(stale: list[str], viewed: str) -> list[str]:
    """Return which pages come next: the viewed one alone, else a few, whose cells run together."""
    return [name for name in stale if name == viewed] or stale[: 2 * WORKERS]


def page_key(cells: str) -> str:
    """Return a hash of the code that makes a page; `cells` is that of what runs its cells."""
    files = [path for name in ("website", "homework_tools") for path in (ROOT / name).rglob("*")]
    code = [path for path in files if path.suffix in (".py", ".mjs")]  # the build writes labs by it
    local = [path for path in (ROOT / "local").rglob("*") if path.suffix != COMPILED]
    return digest(cells, ROOT / "_toc.yml", *sorted([*code, *local]))  # each page has the menu


def settings(source: Path, cache: Path) -> dict:
    """Return the settings of a book, such that a cell that fails is shown."""
    from_command_line = {"external_toc_path": "_toc.yml", "latex_individualpages": False}
    made, _ = get_final_config(
        user_yaml=source / "_config.yml", sourcedir=source, cli_config=from_command_line
    )
    # A preview has no address, and this extension would start a process that outlives its own.
    made["extensions"] = [name for name in made["extensions"] if name != "sphinx_sitemap"]
    made = {name: value for name, value in made.items() if not name.startswith("sitemap_")}
    ours = {"nb_execution_cache_path": str(cache), "nb_execution_raise_on_error": False}
    return made | ours | {"is_preview": True}


def sweep(folder: Path, key: str, site: Path) -> None:
    """Drop the outputs that another package made; take those of `make book` in their place.

    `site` is the folder in which that works.
    """
    cache, note = folder / "cache", folder / "execution-key.txt"
    if note.is_file() and note.read_text(encoding="utf-8") == key:
        return
    shutil.rmtree(cache, ignore_errors=True)
    take_outputs(cache, key, site)
    write_text(note, key)


def work(pipe: Connection, source: Path, folder: Path, viewed: str) -> None:
    """Build the book, and again at each message: the page that is viewed. Answer what was written.

    After a build that failed, too, the next message may have come while it ran.
    """
    gc.disable()
    key = execution_key()
    sweep(folder, key, BUILD / "work" / "_build")
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError):  # whoever asks has ended
        while True:
            try:
                with patch_docutils(None), docutils_namespace():
                    keep_building(Preview(source, folder, page_key(key)), pipe, viewed)
            except (EOFError, BrokenPipeError):
                raise
            except Exception as error:  # whatever an extension raises
                whole = "".join(format_exception(error))
                text = str(error) if isinstance(error, SphinxError) else whole
                print(f"The book could not be built: {text}\nCorrect it and save.", file=sys.stderr)
                viewed = pipe.recv()


def keep_building(preview: Preview, pipe: Connection, viewed: str) -> None:
    """Build at each message; between two of them the stale pages follow."""
    while True:
        pipe.send(preview.build(viewed))
        waits = not preview.stale
        if waits and not pipe.poll(QUIET):
            gc.collect()  # during a build it takes seconds
            gc.freeze()
        while waits or pipe.poll():
            viewed, waits = pipe.recv(), False
