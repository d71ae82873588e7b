"""What a student reads of a fault, and what a fault costs."""

import json
import re

import pytest

from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.reports.summary import summary
from homework_tools.grading.submission import read_submission
from tests.homework_tools.submissions import (
    code,
    earned,
    graded,
    notebook,
    solved_cells,
    written,
)


def test_top_level_code_does_not_run(tests, sandbox, master):
    cells = ["while True: pass", "exit()", "1 / 0", "import os\nos._exit(1)", "np.random.seed(1)"]
    cells += ["both = filter_genes(df_expr)\nkept, summary = both\nagain = summary"]
    cells += ["import matplotlib.pyplot as plt\nplt.rcParams['x'] = 1\nsummary['new'] = 1"]
    record = graded(tests, sandbox, *cells)
    assert sum(earned(master, record).values()) == 28
    assert record["flags"] == []


def test_broken_cell_costs_what_it_defines_and_is_named(tests, sandbox, master):
    cells = solved_cells(master)
    place = next(n for n, cell in enumerate(cells) if "def top_genes" in cell["source"])
    cells[place]["source"] += "\n  )"
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    assert earned(master, record)["4b"] == 0
    assert earned(master, record)["4a"] == master.points("4a")
    flag, _ = record["flags"]  # and that there are no answers
    assert flag.startswith(f"SyntaxError in cell {place + 1}")
    feedback = [test["feedback"] for test in record["tests"] if test["question"] == "4b"]
    assert "top_genes is not defined in the notebook" in feedback[0]


@pytest.mark.parametrize(
    ("version", "noted"),
    [("3.99.1", True), ("3.11.0", False), ("x", False), (None, False), ([3, 99], False)],
)
def test_code_that_may_be_too_new_for_the_graders_python_is_noted(tests, sandbox, version, noted):
    file = json.loads(notebook([code("def f(): return new syntax")]))
    file["metadata"]["language_info"] = {"name": "python", "version": version}
    record = tests.grade(read_submission("a.ipynb", json.dumps(file).encode()), sandbox)
    assert record["flags"][0].startswith("SyntaxError")
    assert any("written with Python 3.99" in note for note in record["notes"]) == noted


def changed_by_a_student(master, old, new, **changes):
    """Return the released notebook, solved, with a text replaced in the one cell that has it."""
    cells = json.loads(json.dumps(student_notebook(master).cells))
    solutions = iter(master.code("solution"))
    for cell in cells:
        if "solution" in cell["metadata"].get("tags", []):
            cell["source"] = next(solutions).solved
    (cell,) = [cell for cell in cells if old in cell["source"]]
    cell["source"] = cell["source"].replace(old, new)
    cell.update(changes)
    return cells


def words_for(tests, sandbox, cells, question="4b"):
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    lost = [test["feedback"] for test in record["tests"] if test["question"] == question]
    return lost[0], record


def test_error_in_a_cell_that_was_handed_out_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes((")
    words, record = words_for(tests, sandbox, cells)
    place = "SyntaxError in your cell of question 4b, line 1: `def top_genes(("
    assert record["flags"][0].startswith(place)
    assert f"Not everything could be read: {place}" in words
    assert (
        "top_genes is not defined in the notebook. Not everything could be read: SyntaxError\n"
        in (summary(master, [record]))
    )


def test_line_that_does_not_run_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "LN2 = np.log(2)\n\n\ndef top_genes(")
    cells.append(code("def top_genes(results, n=10): return LN2"))
    words, _ = words_for(tests, sandbox, cells)
    assert "LN2 is set in your cell of question 4b, line 1, by a line that does not run" in words


def test_solution_in_a_cell_of_text_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes(", cell_type="raw")
    words, _ = words_for(tests, sandbox, cells)
    assert "Your cell of question 4b holds it, but is a raw cell" in words


def test_error_inside_a_function_is_placed_by_its_question_for_the_instructor(
    tests, sandbox, master
):
    cells = changed_by_a_student(
        master, "def top_genes(results, n=10):", "def top_genes(results, n=10):\n    1 / 0"
    )
    _, record = words_for(tests, sandbox, cells)
    (detail, _) = [test["detail"] for test in record["tests"] if test["question"] == "4b"]
    assert "(ZeroDivisionError in your cell of question 4b, line 2: `1 / 0`)" in detail


@pytest.mark.parametrize("question", ["4b", "<b>", "", None, ["4b"]])
def test_cell_whose_label_is_not_its_own_is_placed_by_its_number(tests, sandbox, master, question):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes((")
    (place,) = [n for n, cell in enumerate(cells, start=1) if "top_genes((" in cell["source"]]
    if question == "4b":  # split in two, of which each keeps the label
        cells.append(code("x = 1") | {"metadata": cells[place - 1]["metadata"]})
    cells[place - 1]["metadata"]["question"] = question
    _, record = words_for(tests, sandbox, cells)
    assert record["flags"][0].startswith(f"SyntaxError in cell {place}, line 1")


RENAMED = ["filter_gene", "my_filter_genes", "filterGenes", "filter_genes_2", "Filter"]


@pytest.mark.parametrize("name", RENAMED)
def test_renamed_function_is_named(tests, sandbox, master, name):
    cells = solved_cells(master)
    for cell in cells:
        cell["source"] = cell["source"].replace("def filter_genes", f"def {name}")
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = "filter_genes is not defined in the notebook. There is a function "
    words += f"`{name}`: give it the name filter_genes again."
    assert {t["feedback"] for t in record["tests"] if t["question"] == "2"} == {words}


def test_function_with_no_similar_name_gets_no_guess(tests, sandbox):
    cells = [code("import numpy as np\ndef mean(x): return 1\ndef top_genes(results, n): return 1")]
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = [test["feedback"] for test in record["tests"] if test["question"] in ("2", "1b")]
    assert {text.partition(" ")[2] for text in words} == {"is not defined in the notebook."}


@pytest.mark.parametrize(("kind", "shown"), [("markdown", "Markdown"), ("raw", "raw")])
def test_function_in_a_cell_that_is_no_code_is_found(tests, sandbox, master, kind, shown):
    cells = solved_cells(master)
    place = next(n for n, cell in enumerate(cells) if "def filter_genes" in cell["source"])
    cells[place]["cell_type"] = kind
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = f"filter_genes is not defined in the notebook. Cell {place + 1} holds it, but is a "
    words += f"{shown} cell: make it a code cell again."
    assert {t["feedback"] for t in record["tests"] if t["question"] == "2"} == {words}


def test_cell_that_is_too_large_costs_what_it_defines_and_is_named(tests, sandbox, master):
    large = f"def top_genes(results, n=10):\n    '{'x' * 5 * 2**20}'"
    cells = [cell for cell in solved_cells(master) if "def top_genes" not in cell["source"]]
    submission = read_submission("a.ipynb", notebook([code(large), *cells]))
    record = tests.grade(submission, sandbox)
    points = earned(master, record)
    assert points == {q: 0 if q == "4b" else master.points(q) for q in points}
    assert record["flags"][0] == "cell 1 is too large to be read: 5.0 MB of code"
    lost = next(test for test in record["tests"] if test["question"] == "4b")
    partly = "top_genes is not defined in the notebook. Not everything could be read: "
    assert lost["feedback"].startswith(f"{partly}cell 1 is")
    assert lost["mistake"] == f"{partly}a cell that is too large."


def test_function_below_a_timing_command_is_read(tests, sandbox, master):
    right = next(c for c in master.code("solution", "4b")).solved
    record = graded(tests, sandbox, "def top_genes(results, n=10): return 1", f"\n%%time\n{right}")
    assert earned(master, record)["4b"] == master.points("4b")
    record = graded(tests, sandbox, "%%bash\ndef top_genes(results, n=10): return 1")
    assert earned(master, record)["4b"] == master.points("4b")


@pytest.mark.parametrize(
    "line", ["LN2 = np.log(2)", "a, LN2 = 1, np.log(2)", "LN2: float = abs(1)"]
)
def test_name_set_by_a_line_that_does_not_run_is_named_with_its_place(tests, sandbox, line):
    use = "def top_genes(results, n=10): return LN2"
    record = graded(tests, sandbox, f"plot(LN2, c=1)\n\n{line}", use)
    (feedback, _) = [test["feedback"] for test in record["tests"] if test["question"] == "4b"]
    assert re.search(r"LN2 is set in cell \d+, line 3, by a line that does not run", feedback)
    assert "or write that line inside the function" in feedback


def test_answer_cells_that_are_gone_are_flagged(tests, sandbox, master):
    cells = [*solved_cells(master), written("My answer.", "3"), written("", "1a")]
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    assert record["flags"] == ["questions without an answer cell in the notebook: 4c, 5"]


def test_changed_arguments_are_flagged(tests, sandbox):
    source = "def top_genes(table, k):\n    return table.nsmallest(k, 'p_value')"
    record = graded(tests, sandbox, source)
    assert record["flags"] == ["the arguments of top_genes were changed to `(table, k)`"]


def test_types_of_arguments_and_a_look_at_a_table_cost_nothing(tests, sandbox):
    source = "def top_genes(results: pd.DataFrame, n: int = 10) -> pd.DataFrame:\n"
    source += "    display(results.head())\n    return results.nsmallest(n, 'p_value')"
    record = graded(tests, sandbox, source)
    assert record["flags"] == []
    assert earned(tests.master, record)["4b"] == tests.master.points("4b")


def test_what_lost_several_points_is_said_once(master, tests, sandbox):
    record = graded(tests, sandbox, "def top_genes(results, n=10): raise NotImplementedError()")
    words = feedback(master, record)
    assert (
        "Fix this first:\n\n- **2 points, question 4b:** still to be written: top_genes.\n" in words
    )
    assert "## Question 4b: 0 of 2\n\n- Lost 2: the cause is at the top.\n" in words
    assert "- Earned 2: keeps the right genes, with all samples and values.\n" in words
