"""A copy of the master in which a test may plant a fault."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from homework_tools.master.read import MASTER, read_master

collect_ignore = ["mutants", "alternatives"]  # answers to grade, not modules to test


@dataclass
class Planting:
    """A master in a folder of its own."""

    path: Path

    def plant(self, old: str, new: str) -> int:
        """Replace the first place of a text; return its line."""
        text = self.path.read_text(encoding="utf-8")
        assert old in text, f"the master has no {old!r}"
        self.path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
        return text.count("\n", 0, text.index(old)) + 1


@pytest.fixture
def planting(tmp_path):
    """Return a copy of the master that the test may spoil."""
    path = tmp_path / "homework" / "homework.md"
    path.parent.mkdir()
    path.write_bytes(MASTER.read_bytes())
    return Planting(path)


@pytest.fixture(scope="session")
def master():
    """Return the master as it is."""
    return read_master()


def run_solved(master, folder):
    """Run the homework with the solutions in a folder; return the names that are there then."""
    plt.switch_backend("Agg")
    names = {"__name__": "__main__"}
    with contextlib.chdir(folder):
        for cell in master.cells:
            if cell.kind in ("given", "solution", "check"):
                exec(cell.solved, names)
    plt.close("all")
    return names


@pytest.fixture(scope="session")
def solved_names(master, tmp_path_factory):
    """Return the names of the homework when it has been run with the solutions."""
    return run_solved(master, tmp_path_factory.mktemp("solved"))
