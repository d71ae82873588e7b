"""A notebook edited where nothing keeps its pair up to date, as in VS Code, changes its chapter."""

import json
import os
import shutil
from pathlib import Path

from jupytext.cli import jupytext

import tasks
from tools.chapters import as_saved

CHAPTER, LATER = "ttest", 5  # seconds


def sync(chapter: Path) -> list[str]:
    """Do to one chapter what `make notebooks` does to all; return its lines."""
    jupytext(["--quiet", "--sync", str(chapter)])
    text = as_saved(chapter)
    chapter.write_text(text, encoding="utf-8", newline="\n")
    return text.splitlines()


def test_edited_notebook_changes_its_chapter_by_one_line(tmp_path):
    (tmp_path / "book").mkdir()
    chapter, notebook = tmp_path / f"book/{CHAPTER}.md", tmp_path / f"notebooks/{CHAPTER}.ipynb"
    shutil.copy(tasks.ROOT / "book" / chapter.name, chapter)
    shutil.copy(tasks.ROOT / "pyproject.toml", tmp_path)
    before = sync(chapter)
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
    first = cell["source"][0]
    cell["source"][0] = f"# Seen.\n{first}"
    cell["execution_count"] = 1
    content["metadata"]["vscode"] = {"interpreter": {"hash": "0" * 64}}
    notebook.write_text(json.dumps(content), encoding="utf-8")
    later = chapter.stat().st_mtime + LATER
    os.utime(notebook, (later, later))
    place = before.index(first.rstrip("\n"))
    assert sync(chapter) == [*before[:place], "# Seen.", *before[place:]]
