"""A sandbox with tight limits, the hidden tests, and a class of four."""

import json
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from functools import cache

import pytest

from homework_tools.grading import grade
from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.sandbox.host.sandbox import Sandbox
from tests.homework_tools.submissions import EMPTY, QUICK, file_with_cells, notebook, put, written


@pytest.fixture(scope="session")
def sandboxes():
    """Return the sandboxes that all runs of the grader share, by their limits and kind."""
    with ExitStack() as started:
        yield cache(lambda *wanted: started.enter_context(Sandbox(*wanted)))


@pytest.fixture(autouse=True)
def shared_sandbox(sandboxes, monkeypatch):
    """Let no run of this process start a sandbox of its own: each submission has its own worker."""
    monkeypatch.setattr(grade, "Sandbox", lambda *wanted: nullcontext(sandboxes(*wanted)))


@pytest.fixture(scope="session")
def sandbox(sandboxes):
    return sandboxes(QUICK)


@pytest.fixture
def hasty(sandbox, monkeypatch):
    """Return the sandbox with little time for a submission, for what never ends."""
    monkeypatch.setattr(sandbox, "limits", replace(QUICK, call_s=1, total_s=2, restarts=99))
    return sandbox


@pytest.fixture(scope="module")
def tests(master):
    return HiddenTests(master)


@pytest.fixture
def folder(tmp_path, master):
    """Return a folder with four submissions: full points, a fault, none, and a broken file."""
    right = file_with_cells(master)
    wrong = file_with_cells(master, "def top_genes(results, n=10): return results.head(n)")
    put(tmp_path / "in", "alice.ipynb", right)
    cells = [cell for cell in json.loads(wrong)["cells"] if cell["metadata"].get("question") != "3"]
    cells.append(written("=1+1 is my answer", "3"))
    put(tmp_path / "in", "bob.ipynb", notebook(cells))
    put(tmp_path / "in", "carol.ipynb", EMPTY)
    put(tmp_path / "in", "dan.ipynb", b"{")
    return tmp_path
