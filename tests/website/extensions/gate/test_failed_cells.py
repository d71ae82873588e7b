from types import SimpleNamespace

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from website.extensions.gate.failed_cells import _note_stderr, failed_line

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


def test_warning_is_noted_at_its_own_cell_below_one_that_is_never_run(tmp_path):
    (tmp_path / "page.md").write_text(NESTED, encoding="utf-8")
    warning = new_output("stream", name="stderr", text="careful\n")
    notebook = new_notebook(cells=[new_code_cell("warns", outputs=[warning])])
    nbformat.write(notebook, tmp_path / "page.ipynb")
    env = SimpleNamespace(
        docname="page",
        doc2path=lambda docname: tmp_path / f"{docname}.md",
        mystnb_config=SimpleNamespace(output_folder=tmp_path),
    )
    _note_stderr(SimpleNamespace(env=env), None)
    ((line, message),) = env.page_faults["page"]
    assert line == 7
    assert "'careful'" in message
