"""The chapters and the homework as text: how JupyterLab saves them, and their seed.

Only finding the chapters needs nothing but the standard library.
"""

import re
import sys

from tools.environment import ROOT, read

HOMEWORK = ROOT / "homework" / "homework.md"
KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def chapters_with_cells():
    """Return the chapters that are notebooks: those with a jupytext header."""
    pages = sorted((ROOT / "book").glob("*.md"))
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

    text = replace_seed(read(path), str(value))
    if path != HOMEWORK:
        return text
    header, mark, rest = text.partition("\n---\n")
    header, times = re.subn(r"(?m)^(  seed: *)\d+ *$", rf"\g<1>{value}", header)
    if times != 1:
        name = path.relative_to(ROOT).as_posix()
        sys.exit(f"{name} must begin with one line `  seed: 44`; it has {times}. Fix it first.")
    return header + mark + rest


def change_seed(value):
    """Change the published data set's seed, in the homework and in every chapter."""
    if not 0 <= value < 2**32:
        sys.exit(f"seed {value} is out of range: take a whole number from 0 to {2**32 - 1}")
    pages = [HOMEWORK, *sorted((ROOT / "book").glob("*.md"))]
    texts = {page: reseeded(page, value) for page in pages}  # all known before one is kept
    for page, text in texts.items():
        pairs = enumerate(zip(read(page).split("\n"), text.split("\n"), strict=True), start=1)
        for number, (before, after) in pairs:
            if before != after:
                print(f"{page.relative_to(ROOT).as_posix()}:{number}: {after.strip()}")
        page.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    change_seed(int(sys.argv[1])) if sys.argv[1:] else save_chapters()
