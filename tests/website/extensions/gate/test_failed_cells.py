from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from website.extensions.gate import failed_cells
from website.extensions.gate.failed_cells import failed_line

CHAPTER = "Words.\n\n```{code-cell} ipython3\nx = 1\n1 / 0\n```\n"
RULE = "------------------\n"
TRACEBACK = (
    "An error occurred while executing the following cell:\n"
    f"{RULE}x = 1\n1 / 0\n{RULE}\n{RULE}Cell In[1], line 2\n----> 2 1 / 0\n\nZeroDivisionError: x"
)


def test_line_of_the_failure_is_found():
    assert failed_line(CHAPTER, TRACEBACK) == 5


def test_cell_is_named_when_the_traceback_has_no_line():
    assert failed_line(CHAPTER, TRACEBACK.replace("Cell In[1], line 2", "")) == 3


def test_unknown_cell_is_the_top_of_the_page():
    assert failed_line(CHAPTER, "The kernel died") == 1


NESTED = """\
::::{dropdown} Answer
```{code-cell} ipython3
never run
```
::::

```{code-cell} ipython3
warns
```
"""


@pytest.fixture
def faults_of(tmp_path, monkeypatch):
    """Return what says what the cells of a page wrote to stderr, of a notebook myst-nb left."""
    found: list[tuple[int, str]] = []
    monkeypatch.setattr(failed_cells, "warn", lambda message, at: found.append((at[1], message)))

    def faults_of(executed: NotebookNode) -> list[tuple[int, str]]:
        (tmp_path / "page.md").write_text(NESTED, encoding="utf-8")
        nbformat.write(executed, tmp_path / "page.ipynb")
        config = SimpleNamespace(output_folder=tmp_path, execution_cache_path=tmp_path / "cache")
        env = SimpleNamespace(
            docname="page",
            doc2path=lambda docname: tmp_path / f"{docname}.md",
            mystnb_config=config,
        )
        failed_cells._check_stderr(SimpleNamespace(env=env), None)
        return found

    return faults_of


def warning_notebook() -> NotebookNode:
    warning = new_output("stream", name="stderr", text="careful\n")
    return new_notebook(cells=[new_code_cell("warns", outputs=[warning], execution_count=1)])


def test_warning_is_noted_at_its_own_cell_below_one_that_is_never_run(faults_of):
    ((line, message),) = faults_of(warning_notebook())
    assert line == 7
    assert "'careful'" in message


def test_warning_of_a_cell_whose_outputs_come_from_the_cache_is_noted(tmp_path, faults_of):
    get_cache(tmp_path / "cache").cache_notebook_bundle(
        CacheBundleIn(warning_notebook(), "page"), check_validity=False
    )
    without_outputs = new_notebook(cells=[new_code_cell("warns")])
    ((line, message),) = faults_of(without_outputs)
    assert line == 7
    assert "'careful'" in message
