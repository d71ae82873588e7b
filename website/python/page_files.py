"""Put the page's half of Python in the page into the site: its modules, bundled, and its styles."""

import shutil
from pathlib import Path

from rcssmin import cssmin

from website.node import folder_of, run_node

SOURCES = Path(__file__).parent / "page"
ENTRIES = ("homework", "chapter")
STYLE = "notebook.css"
LICENSE = "node_modules/@codemirror/view/LICENSE"


def write_page_files(folder: Path) -> None:
    """Write the scripts of the pages, what these share, and their style sheet.

    Parameters
    ----------
    folder : Path
        Where to write: a folder of the site's static files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bundler = Path(__file__).with_name("bundle.mjs")
    run_node(bundler, folder, *(SOURCES / f"{name}.mjs" for name in ENTRIES))
    style = cssmin((SOURCES / STYLE).read_text(encoding="utf-8"))
    (folder / STYLE).write_text(style, encoding="utf-8", newline="\n")
    shutil.copy(folder_of() / LICENSE, folder / "CodeMirror-LICENSE.txt")
