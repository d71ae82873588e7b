"""Name the file and the line of a cell that failed or warned, and keep its traceback.

The stack stops with the page's name alone. What it raised still holds the cell's code and its
traceback, and that is enough to find the line.
"""

import re
from contextlib import suppress
from pathlib import Path

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from myst_nb.core.execute import ExecutionError
from sphinx.application import Sphinx
from sphinx.util import logging

from homework_tools.text_files import write_text
from website.extensions.gate.faults import warn
from website.extensions.notebook.execution import nb_config
from website.extensions.text.page import read_page

LOGGER = logging.getLogger(__name__)
FAILED = "failed_cell"  # the kind of the message, for `make serve`
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def failed_line(text: str, traceback: str) -> int:
    """Return the line of a chapter at which a cell failed.

    Jupyter tells of a failure by the cell's code between two rules, then the traceback. The line is
    that of the cell's opening when the traceback doesn't tell more, and 1 when the cell isn't
    found.
    """
    parts = re.split(r"^-{10,}\n", traceback, flags=re.M)
    code = parts[1].strip() if len(parts) > 1 else ""
    inner = re.findall(r"Cell In ?\[\d+\], line (\d+)", traceback)
    for cell in read_page(text).cells:
        if cell.source.strip() == code:
            return cell.first_code_line + int(inner[0]) - 1 if inner else cell.line
    return 1


def _place(app: Sphinx, docname: str, traceback: str) -> tuple[str, int]:
    path = Path(app.env.doc2path(docname))
    line = failed_line(path.read_text(encoding="utf-8"), traceback)
    return path.relative_to(app.srcdir).as_posix(), line


def _check_stderr(app: Sphinx, doctree: nodes.document) -> None:
    """Read the executed notebook, for the page doesn't show what a hidden cell wrote."""
    docname, config = app.env.docname, nb_config(app.env)
    executed = Path(config.output_folder, f"{docname}.ipynb")
    if not executed.exists():
        return
    text = Path(app.env.doc2path(docname)).read_text(encoding="utf-8")
    lines = [cell.line for cell in read_page(text).cells if not cell.nested]
    notebook = nbformat.read(executed, as_version=4)
    # myst-nb 1.4 writes it without the outputs that it took from the cache
    with suppress(KeyError):
        _, notebook = get_cache(config.execution_cache_path).merge_match_into_notebook(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for line, cell in zip(lines, cells, strict=False):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                words = " ".join(output.text.split())
                message = f"a cell wrote to stderr, {words[:200]!r}: fix its cause, so that no "
                message += "reader meets a warning that the text doesn't explain"
                warn(message, (docname, line))


def _show_failure(app: Sphinx, doctree: nodes.document) -> None:
    """Say at the top of a page which cell failed, where a build goes on: the cell may be hidden."""
    docname = app.env.docname
    run = vars(app.env)["nb_metadata"].get(docname, {}).get("exec_data") or {}
    if not run.get("traceback"):
        return
    traceback = ANSI.sub("", run["traceback"]).partition("following cell:\n")[2] or run["traceback"]
    path, line = _place(app, docname, traceback)
    _say(docname, line, traceback)
    box = nodes.admonition(classes=["danger", "failed-cell"])
    box += nodes.title("", f"A cell failed: {path}, line {line}")
    box += nodes.literal_block(traceback, traceback, language="none")
    section = next(doctree.findall(nodes.section), doctree)
    section.insert(1, box)


def _tell_failure(app: Sphinx, exception: Exception | None) -> None:
    if not isinstance(exception, ExecutionError):
        return
    docname = app.env.path2doc(str(exception))
    if docname is None:
        return
    failure = exception.__cause__
    # a cell that ran too long, or a kernel that died, has no traceback
    traceback = ANSI.sub("", getattr(failure, "traceback", None) or str(failure))
    path, line = _place(app, docname, traceback)
    message = _say(docname, line, traceback)
    report = Path(app.outdir, "reports", f"{docname}.err.log")
    write_text(report, f"{path}:{line}: {message}\n\n{traceback}")


def _say(docname: str, line: int, traceback: str) -> str:
    """Say in the terminal which cell failed and why, and return the words."""
    message = f"a cell of this page failed, {traceback.strip().splitlines()[-1]}: fix the cell"
    LOGGER.error(message, location=(docname, line), type="book", subtype=FAILED)
    return message
