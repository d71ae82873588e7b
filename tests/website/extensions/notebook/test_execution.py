"""Chapters run at the same time, and only what ran to its end is kept."""

import threading
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache import get_cache
from myst_nb.core.config import NbParserConfig
from myst_parser.config.main import MdParserConfig

from website.extensions.notebook import execution

CHAPTER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
---

```{{code-cell}} ipython3
{code}
```
"""


APP = SimpleNamespace(doctreedir="doctrees")


@pytest.fixture
def env(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "write_settings", lambda folder: {})
    for name, code in [("one", "1"), ("two", "2"), ("words", None)]:
        text = CHAPTER.format(code=code) if code else "# Words\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    cached = NbParserConfig(execution_mode="cache", execution_cache_path=str(tmp_path / "cache"))
    return SimpleNamespace(
        doc2path=lambda name: str(tmp_path / f"{name}.md"),
        myst_config=MdParserConfig(),
        mystnb_config=cached,
    )


def outcome(notebook, error=None):
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="ran")]
    return SimpleNamespace(err=error, time=1.0)


def kept(env):
    cache = get_cache(env.mystnb_config.execution_cache_path)
    return {Path(record.uri).stem for record in cache.list_cache_records()}


def test_two_chapters_run_at_the_same_time_and_once(env, monkeypatch):
    both, ran = threading.Barrier(2, timeout=20), []

    def run(notebook, **options):
        both.wait()  # breaks unless two are here
        ran.append(notebook.cells[0].source)
        return outcome(notebook)

    monkeypatch.setattr(execution, "WORKERS", 2)
    monkeypatch.setattr(execution, "single_nb_execution", run)
    for _ in range(2):
        execution._run_chapters(APP, env, ["one", "two", "words"])
    assert sorted(ran) == ["1", "2"]
    assert kept(env) == {"one", "two"}


def test_chapter_that_failed_is_not_kept(env, monkeypatch):
    def run(notebook, **options):
        return outcome(notebook, ValueError() if notebook.cells[0].source == "2" else None)

    monkeypatch.setattr(execution, "single_nb_execution", run)
    execution._run_chapters(APP, env, ["one", "two"])
    assert kept(env) == {"one"}
