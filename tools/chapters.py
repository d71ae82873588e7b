"""The chapters and the homework as text: how JupyterLab saves them, and their seed.

Only finding the chapters needs nothing but the standard library.
"""

import re
import sys
from itertools import zip_longest

from tools.environment import ROOT, read

COURSE = ROOT / "course.yml"
PAGES = "[!.]*.md"  # Emacs and macOS lay files of their own beside a page
HOMEWORK = ROOT / "homework" / "homework.md"
KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def chapters_with_cells():
    """Return the chapters that are notebooks: those with a jupytext header."""
    pages = sorted((ROOT / "book").glob(PAGES))
    return [page for page in pages if "\njupytext:" in page.read_text(encoding="utf-8")[:200]]


def as_saved(path):
    """Return a chapter's text as JupyterLab would save it: by way of its notebook."""
    import jupytext
    from jupytext.config import load_jupytext_config

    config = load_jupytext_config(str(path))
    notebook = jupytext.reads(read(path), "md:myst", config=config)
    saved = jupytext.reads(jupytext.writes(notebook, "ipynb", config=config), "ipynb")
    saved.metadata["kernelspec"] = KERNELSPEC  # in this order: an .ipynb sorts its entries
    return jupytext.writes(saved, "md:myst", config=config)


def save_chapters():
    """Write each chapter, and the homework, as JupyterLab would, where it is written otherwise."""
    for path in [*chapters_with_cells(), HOMEWORK]:
        text = as_saved(path)
        if text != read(path):
            path.write_bytes(text.encode("utf-8"))
            print(f"{path.relative_to(ROOT).as_posix()} reformatted")


def reseeded(path, value):
    """Return a file's text with the published seed changed to another."""
    from website.extensions.gate.seed import replace_seed

    text = read(path) if path.is_file() else ""
    if path != COURSE:
        return replace_seed(text, value)
    for line in (r"(?m)^seed:.*$", r"(?m)^# seed: \d+.*$"):  # set already, or still the default
        if re.search(line, text):
            return re.sub(line, f"seed: {value}", text, count=1)
    return f"{text}seed: {value}\n"


def change_seed(value):
    """Change the published data set's seed: in the settings, the homework and every chapter."""
    if not re.fullmatch("0|[1-9][0-9]*", value) or int(value) >= 2**32:
        sys.exit(f"seed {value}: write a whole number from 0 to {2**32 - 1}, such as 45")
    pages = [COURSE, HOMEWORK, *sorted((ROOT / "book").glob(PAGES))]
    texts = {page: reseeded(page, value) for page in pages}  # all known before one is kept
    for page, text in texts.items():
        before = read(page).split("\n") if page.is_file() else []
        for number, (old, new) in enumerate(zip_longest(before, text.split("\n")), start=1):
            if new and old != new:
                print(f"{page.relative_to(ROOT).as_posix()}:{number}: {new.strip()}")
        page.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    change_seed(sys.argv[1]) if sys.argv[1:] else save_chapters()
