"""A small copy of the project, whose commands may change its files."""

import importlib
import shutil
import sys

import pytest

import tasks

PUBLISHED = """\
# A page

```{code-cell} ipython3
hw.simulate_dataset(
    n_samples=100, n_genes=1000, n_shift=10, shift_size=4, noise_sd=0.2, missing_p=0.05,
    seed=44,
)
```

```{code-cell} ipython3
hw.simulate_dataset(n_samples=6, seed=1)
```
"""

COURSE = "# The course.\n# seed: 44  # change it with `make seed`\n# term: ''\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a small copy of the project, and its `tasks` module."""
    for name in ("tasks.py", "_config.yml", "requirements.lock"):
        shutil.copy(tasks.ROOT / name, tmp_path)
    for name in ("website", "rnaseq_hw", "tools"):
        shutil.copytree(tasks.ROOT / name, tmp_path / name)
    (tmp_path / "homework").mkdir()
    header = "---\nhomework:\n  points: 40\nkernelspec:\n  name: python3\n---\n\n"
    homework = f"{header}{PUBLISHED}"
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8", newline="\n")
    (tmp_path / "homework" / "homework.md").write_text(homework, encoding="utf-8", newline="\n")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.md").write_text(PUBLISHED, encoding="utf-8", newline="\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tasks", "tools")]:
        monkeypatch.delitem(sys.modules, name)
    copy = importlib.import_module("tasks")
    assert tmp_path == copy.ROOT
    monkeypatch.setattr(copy, "ready_python", lambda options: sys.executable)
    return copy


@pytest.fixture
def tool(project):
    """Return what loads a module of the copy's tools by its name."""
    return lambda name: importlib.import_module(f"tools.{name}")
