"""A broken master is refused: each planted fault with its file and line."""

import pytest

from homework_tools.master.master import MasterError
from homework_tools.master.read import read_master
from homework_tools.master.verify import verify

FILTER = "def filter_genes(df_expr, max_missing=0.8):\n"
BEGIN_FILTER = "    ### BEGIN SOLUTION compute each gene's missingness"
CHECK_1B = ":question: 1b\n:tags: [check]\n\n# Check of question 1b"

# name: (text of the master, what stands there instead, lines further down, words of the message)
FAULTS = {
    "no end": ("    ### END SOLUTION\n", "", None, "BEGIN SOLUTION without an END"),
    "no begin": (BEGIN_FILTER, "    # compute", None, "END SOLUTION without a BEGIN"),
    "begin twice": (BEGIN_FILTER, f"{BEGIN_FILTER}\n{BEGIN_FILTER}", 1, "BEGIN SOLUTION again"),
    "misspelled marker": (BEGIN_FILTER, BEGIN_FILTER.replace("###", "##"), 0, "a marker is"),
    "marker without what to do": (
        "### BEGIN SOLUTION sort the whole table by its p-values, and take the first rows",
        "### BEGIN SOLUTION",
        0,
        "say after BEGIN SOLUTION",
    ),
    "marker in given code": (
        "    return np.log2(df_expr + pseudocount)",
        "    ### BEGIN SOLUTION x\n    return np.log2(df_expr + pseudocount)",
        0,
        "a marker of a solution in a cell tagged 'given'",
    ),
    "other argument": (FILTER, FILTER.replace("0.8", "0.5"), 0, "filter_genes.*max_missing=0.5"),
    "other name": (FILTER, FILTER.replace("genes", "gene"), 0, "filter_gene is not in SIGNATURES"),
    "function left out": (
        "def volcano_plot(",
        "def draw(",
        None,
        "no given or solution cell defines volcano_plot: write it, or take it out of SIGNATURES",
    ),
    "defined again": (
        "results = group_mean_differences(df_log",
        "def filter_genes():\n    pass\nresults = group_mean_differences(df_log",
        0,
        "filter_genes is defined a second time",
    ),
    "points": ("  points: ", "  points: 9", 0, r"the front matter says 9\d+ points"),
    "rubric": ("- 1 point: only the", "- 2 points: only the", None, "add up to 4, not to 3"),
    "unknown question": (CHECK_1B, CHECK_1B.replace("1b\n", "1x\n", 1), 3, "unknown question '1x'"),
    "answer twice": ('"question": "3"', '"question": "1a"', 2, "question '1a' is asked twice"),
    "no check": (CHECK_1B, CHECK_1B.replace("[check]", "[given]"), 3, "unknown key 'question'"),
    "unknown tag": (":tags: [given]", ":tags: [givn]", 2, "unknown tag 'givn'"),
    "no tag": (":tags: [given]\n", "", None, "a cell has one tag"),
    "unknown key": (":question: 1b", ":quest: 1b", 3, "unknown key 'quest'"),
    "settings": (":question: 1b", ":question: 1b: x", -1, "settings of a cell can't be read .*YA"),
    "settings of text": ('"question": "3"', '"question": 3"', 0, "settings of a cell can't be r"),
    "tag without a word": (":tags: [given]", ":tags:", None, "None is not of type 'array'"),
    "syntax": (
        "    return np.log2(df_expr +",
        "    return np.log2)df_expr +",
        0,
        "no valid Python",
    ),
    "model answer open": ("<!-- END MODEL ANSWER -->", "", None, "once and in order"),
    "solution in the open": (
        "## What practice adds",
        "## What practice adds\n\n<!-- BEGIN MODEL ANSWER -->",
        0,
        "a solution in plain text",
    ),
    "unknown place": ("{{ points 1c }}", "{{ points 9z }}", 0, "points 9z .* has no value"),
    "other seed": (
        "missing_p=0.05, seed=",
        "missing_p=0.05, seed=1",
        0,
        r"run `python tasks.py seed \d",
    ),
    "unknown setting": ("  id: rnaseq", "  ide: rnaseq", 0, "unknown setting 'ide'"),
    "setting of the course": ("  id: ", "  seed: 7\n  id: ", 0, "'seed': .*; others: course.yml"),
    "points in words": ("  points: ", "  points: x", 0, "`points` must be a whole number"),
    "colon without quotes": ("  id: ", "  id: RNA-seq: ", 0, "put text with a colon in quotes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused_with_file_and_line(name, planting):
    old, new, further, words = FAULTS[name]
    line = planting.plant(old, new)
    where = r"\d+" if further is None else str(line + further)
    with pytest.raises(MasterError, match=rf"^homework/homework\.md:{where}: .*{words}"):
        read_master(planting.path)


def test_question_without_hidden_test_is_refused(planting):
    text = planting.path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("```{code-cell} ipython3\n:question: 4b\n:tags: [check]")
    rest = rest[rest.index("\n```\n") + 5 :]
    planting.path.write_text(head + rest, encoding="utf-8", newline="\n")
    assert mark
    with pytest.raises(MasterError, match="question '4b' has no cell tagged 'check'"):
        read_master(planting.path)


def test_check_that_passes_on_the_stub_is_refused(planting):
    planting.plant("# Check of question 4b.\n", "# Check of question 4b.\nif False:\n    ")
    text = planting.path.read_text(encoding="utf-8")
    start = text.index("# Check of question 4b.")
    end = text.index("```", start)
    planting.path.write_text(text[:start] + "pass\n" + text[end:], encoding="utf-8", newline="\n")
    line = text.count("\n", 0, start) + 1
    with pytest.raises(MasterError, match=rf"homework\.md:{line}: this check passes on the stub"):
        verify(read_master(planting.path))


def test_check_that_passes_on_a_function_that_does_nothing_is_refused(planting):
    text = planting.path.read_text(encoding="utf-8")
    start = text.index("# Check of question 4b.")
    end = text.index("```", start)
    text = text[:start] + "top_genes(pd.DataFrame({'p_value': [1.0]}))\n" + text[end:]
    planting.path.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(MasterError, match="passes on a function that does nothing"):
        verify(read_master(planting.path))


def test_hidden_test_that_fails_on_the_solution_is_refused(planting):
    cell = read_master(planting.path).code("hidden-test", "2")[0]
    first = cell.source.split("\n")[0]
    planting.plant(f"\n{first}\n", f"\nassert filter_genes(df_expr) == 0, 'planted'\n{first}\n")
    with pytest.raises(
        MasterError, match=rf"homework\.md:{cell.line}: this hidden-test cell fails"
    ):
        verify(read_master(planting.path))


def test_wrong_solution_is_refused_by_its_check(planting):
    planting.plant('["missingness"] <= max_missing', '["missingness"] < max_missing')
    cell = read_master(planting.path).code("check", "2")[0]
    with pytest.raises(MasterError, match=rf"homework\.md:{cell.line}: this check cell fails"):
        verify(read_master(planting.path))
