"""The homework as an nbgrader source notebook."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from homework_tools.editions.notebooks import marked_answer
from homework_tools.exports.isolated_tests import hidden_tests
from homework_tools.words.translator import gettext

SOLUTION = "# TODO: {todo}\n### BEGIN SOLUTION\n{code}\n### END SOLUTION"
CONFIG = """\
# The settings of this nbgrader course. Times are in seconds.
c = get_config()
c.CourseDirectory.course_id = "{id}"
c.ExecutePreprocessor.timeout = 60
c.ExecutePreprocessor.iopub_timeout = 30
"""


def course_config(master):
    """Return the text of `nbgrader_config.py`, without which a hung cell hangs the grading."""
    return CONFIG.format(id=master.settings.id)


def notebook_cells(master):
    """Return the cells of the source notebook.

    Given cells and checks are locked, hidden tests give points by themselves, and free-text answers
    wait for a person.
    """
    made = []
    for number, cell in enumerate(master.cells, start=1):
        if cell.kind in ("text", "answer"):
            made.append(new_markdown_cell(master.text(cell.public)))
        if cell.kind not in ("text", "hidden-setup"):
            made.append(graded_cell(master, cell, f"{cell.kind}-{number}"))
    return made


def graded_cell(master, cell, name):
    """Return a cell of which nbgrader has to know, with its settings."""
    made = content(master, cell)
    made["metadata"]["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "cell_type": made["cell_type"],
        "solution": cell.kind in ("solution", "answer"),
        "locked": cell.kind not in ("solution", "answer"),
        "grade": cell.points > 0,
        "task": False,
    }
    if cell.points:
        made["metadata"]["nbgrader"]["points"] = cell.points
    return made


def content(master, cell):
    """Return a cell with the marks that tell nbgrader what to take out for students."""
    if cell.kind == "answer":
        answer = marked_answer(master, cell)
        return new_markdown_cell(f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION")
    if cell.kind == "solution":
        return new_code_cell(cell.marked(SOLUTION))
    if cell.kind == "hidden-test":
        tests = hidden_tests(master, cell.question)
        function, call = next(rest for test, *rest in tests if test == cell)
        return new_code_cell(
            f"# {gettext('Question {question}').format(question=cell.question)}: {cell.title}\n"
            f"### BEGIN HIDDEN TESTS\n{function}\n\n{call}\n### END HIDDEN TESTS"
        )
    return new_code_cell(cell.source)
