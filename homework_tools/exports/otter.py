"""The homework as an Otter Assign notebook, whose students need not install Otter."""

import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from homework_tools.editions.notebooks import marked_answer
from homework_tools.exports.isolated_tests import hidden_tests

SOLUTION = '''\
# BEGIN SOLUTION NO PROMPT
{code}
# END SOLUTION
""" # BEGIN PROMPT
# TODO: {todo}
raise NotImplementedError()
""" # END PROMPT'''
PACKAGES = ["numpy", "pandas", "scipy", "matplotlib"]


def notebook_cells(master):
    """Return the cells of the Otter Assign notebook.

    All tests that give points are hidden; the checks stay plain cells that need no library.
    """
    made = [
        boundary(
            "ASSIGNMENT CONFIG",
            name=master.settings.id,
            init_cell=False,
            export_cell=False,
            requirements=PACKAGES,
            tests={"ok_format": False},  # the other format compares outputs, which we don't keep
        )
    ]
    for cell in master.cells:
        if cell.kind == "text":
            made.append(new_markdown_cell(master.text(cell.source)))
        elif cell.kind in ("given", "check"):
            made.append(new_code_cell(cell.source))
        elif cell.kind == "solution":
            made += code_question(master, cell)
        elif cell.kind == "answer":
            made += text_question(master, cell)
    return made


def boundary(what, **settings):
    """Return the raw cell that begins or ends a block of the notebook."""
    return new_raw_cell(f"# {what}\n{yaml.safe_dump(settings) if settings else ''}".rstrip())


def solution(cell):
    """Return a solution between its boundaries."""
    return [boundary("BEGIN SOLUTION"), cell, boundary("END SOLUTION")]


def code_question(master, cell):
    """Return a solution with the hidden tests of its question."""
    tests = [test_cell(test.points, code) for test, code, _ in hidden_tests(master, cell.question)]
    return [
        boundary("BEGIN QUESTION", name=f"q{cell.question}", check_cell=False),
        *solution(new_code_cell(cell.marked(SOLUTION))),
        boundary("BEGIN TESTS"),
        *tests,
        boundary("END TESTS"),
        boundary("END QUESTION"),
    ]


def test_cell(points, function):
    """Return a hidden test; Otter itself calls the function."""
    settings = yaml.safe_dump({"hidden": True, "points": points})
    return new_code_cell(f'""" # BEGIN TEST CONFIG\n{settings}""" # END TEST CONFIG\n{function}')


def text_question(master, cell):
    """Return a free-text question, which a person grades."""
    name = f"q{cell.question}_text"
    return [
        boundary("BEGIN QUESTION", name=name, manual=True, points=cell.points),
        new_markdown_cell(master.text(cell.question_text)),
        *solution(new_markdown_cell(marked_answer(master, cell))),
        boundary("END QUESTION"),
    ]
