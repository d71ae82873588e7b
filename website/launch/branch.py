"""Write the branch `notebooks` from a built site: what readers run, and nothing of the master.

`python -m website.launch.branch SITE FOLDER`, as `python tasks.py branch` calls it.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from homework_tools.master.course import read_course
from homework_tools.text_files import write_text
from website.extensions.course.contents import LOCAL
from website.launch.wheel import FOLDER, WHEELS

HERE = Path(__file__).parent
PYTHON = "python-3.12"  # as Binder's runtime.txt writes it
README = """\
# Notebooks of {title}

The chapters (`book/`) and the homework (`homework/`) as notebooks, without outputs, for Binder,
Colab, Codespaces or a JupyterHub. The book's CI writes this branch anew with each edition, so
changes belong into the branch `main`.

On your own computer: `pip install -r requirements.txt`, then `jupyter lab`.

Text: CC BY 4.0. Code: MIT.
"""


def write_branch(site: Path, folder: Path) -> list[Path]:
    """Write the branch's files.

    What is in the folder is removed. Raises FileNotFoundError if the site has no chapter's
    notebook, no homework or no wheel.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for source, pattern, target in (
        ("_sources/book", "*.ipynb", "book"),
        (f"_sources/{LOCAL}", "*.ipynb", LOCAL),
        (f"{FOLDER}/homework", "*.ipynb", "homework"),
        (FOLDER, WHEELS, "."),
    ):
        found = sorted((site / source).glob(pattern))
        if not found and target != LOCAL:  # a course need not have pages of its own
            raise FileNotFoundError(f"{site / source} holds no {pattern}: build the book first")
        for path in found:
            (folder / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / target)
    write_text(folder / "requirements.txt", _requirements(folder))
    write_text(folder / "runtime.txt", f"{PYTHON}\n")
    title = read_course().title
    write_text(folder / "README.md", README.format(title=title))
    container = json.loads((HERE / "devcontainer.json").read_text(encoding="utf-8"))
    text = json.dumps({"name": title, **container}, indent=2, ensure_ascii=False) + "\n"
    write_text(folder / ".devcontainer" / "devcontainer.json", text)
    shutil.copy(HERE.parents[1] / "LICENSE", folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _requirements(folder: Path) -> str:
    (wheel,) = folder.glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = (HERE / "requirements.lock").read_text(encoding="utf-8")
    return f"./{wheel.name} --hash=sha256:{digest}\n{lock}"


if __name__ == "__main__":
    for written in write_branch(Path(sys.argv[1]), Path(sys.argv[2])):
        print(written)
