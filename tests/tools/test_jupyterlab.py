"""A chapter edited and saved in a real JupyterLab changes by the edited line alone."""

import difflib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request

import pytest

import tasks
from tools.chapters import chapters_with_cells
from tools.environment import environment

CHAPTER = chapters_with_cells()[0].stem  # test_chapters.py shows that each is saved as it is


class Lab:
    """A running JupyterLab, asked as its page in the browser asks it."""

    def __init__(self, root, server):
        self.root = root
        self.server = server

    def ask(self, method, path, body=None):
        """Send one request to the contents service and return its answer."""
        request = urllib.request.Request(
            f"{self.server['url']}api/contents/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.server['token']}"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def open(self, path):
        """Return a file as a notebook, with what JupyterLab adds when its kernel has started."""
        notebook = self.ask("GET", f"{path}?type=notebook&content=1")["content"]
        names = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        language = {"name": "python", "version": "3.99"}
        notebook["metadata"].update(kernelspec=names, language_info=language)
        for count, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code":
                text = {"output_type": "stream", "name": "stdout", "text": "out\n"}
                cell.update(execution_count=count, outputs=[text])
        return notebook

    def save(self, path, notebook):
        """Save a notebook to a file, of either kind."""
        self.ask("PUT", path, {"type": "notebook", "format": "json", "content": notebook})

    def read(self, path):
        """Return the lines of a file on the disk."""
        return (self.root / path).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab in a copy of the chapters; stop it at the end."""
    folder = tmp_path_factory.mktemp("lab")
    root, runtime = folder / "project", folder / "runtime"
    shutil.copytree(tasks.ROOT / "book", root / "book")
    shutil.copy(tasks.ROOT / "pyproject.toml", root)
    settings = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    settings.update(JUPYTER_RUNTIME_DIR=str(runtime), JUPYTERLAB_WORKSPACES_DIR=str(folder / "ws"))
    options = ["--no-browser", "--ServerApp.port=0", "--ServerApp.open_browser=False"]
    root_user = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options, *root_user],
            cwd=root,
            env={**environment(sys.executable), **settings},
            stdout=log,
            stderr=log,
        )
    try:
        yield Lab(root, wait_for_server(process, runtime, folder / "log.txt"))
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for_server(process, runtime, log):
    """Return what a starting server wrote about itself: its address and its token."""
    for _ in range(240):
        for path in runtime.glob("jpserver-*.json"):
            server = json.loads(path.read_text(encoding="utf-8") or "{}")
            if server.get("port"):
                return server
        assert process.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.25)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


def changes(before, after):
    """Return the lines that were taken away and those that were added."""
    lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
    return [line for line in lines if not line.startswith("@@")]


def edit_first_code_line(notebook):
    """Add one character to the first code cell's first line; return both versions of the line."""
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first, *rest = cell["source"].split("\n")
    cell["source"] = "\n".join([first + "#", *rest])
    return first, first + "#"


def test_chapter_edited_as_a_notebook_changes_by_one_line(lab):
    before = lab.read(f"book/{CHAPTER}.md")
    notebook = lab.open(f"book/{CHAPTER}.md")
    old, new = edit_first_code_line(notebook)
    lab.save(f"book/{CHAPTER}.md", notebook)
    assert changes(before, lab.read(f"book/{CHAPTER}.md")) == [f"-{old}", f"+{new}"]
    assert (lab.root / "notebooks" / f"{CHAPTER}.ipynb").is_file()


def test_paired_notebook_edited_changes_its_chapter_by_one_line(lab):
    lab.save(f"book/{CHAPTER}.md", lab.open(f"book/{CHAPTER}.md"))
    before = lab.read(f"book/{CHAPTER}.md")
    notebook = lab.open(f"notebooks/{CHAPTER}.ipynb")
    old, new = edit_first_code_line(notebook)
    lab.save(f"notebooks/{CHAPTER}.ipynb", notebook)
    assert changes(before, lab.read(f"book/{CHAPTER}.md")) == [f"-{old}", f"+{new}"]


def test_saving_without_an_edit_changes_nothing(lab):
    path = lab.root / "book" / f"{CHAPTER}.md"
    before = path.read_bytes()
    lab.save(f"book/{CHAPTER}.md", lab.open(f"book/{CHAPTER}.md"))
    assert path.read_bytes() == before
