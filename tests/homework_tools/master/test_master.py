"""The master keeps its rules: each planted fault is refused with its file and line."""

import ast
import contextlib
import inspect
import io
import warnings

import numpy as np
import pandas as pd
import pytest

import rnaseq_hw as hw
from homework_tools.master.master import (
    MasterError,
    model_answer,
    question_text,
    rubric,
    solved,
    stub,
)
from homework_tools.master.read import MASTER, read_master, read_settings
from homework_tools.master.rules import SIGNATURES
from homework_tools.master.verify import verify
from tools.chapters import as_saved

FILTER = "def filter_genes(df_expr, max_missing=0.8):\n"
BEGIN_FILTER = "    ### BEGIN SOLUTION compute each gene's missingness"
END_FILTER = "    return df_expr[kept_genes].copy(), gene_summary_df\n    ### END SOLUTION\n"
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
    "other name": (FILTER, FILTER.replace("genes", "gene"), None, "no given or solution cell"),
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
    "seed in words": ("  seed: ", "  seed: x", 0, "`seed` must be a whole number"),
    "colon without quotes": ("  title: ", "  title: RNA-seq: ", 0, "put text with a colon, and"),
    "date that cannot be": ("  due: ", "  due: 2026-13-45 # ", None, "month must be in 1..12"),
    "neither hidden nor released": ("  solutions: ", "  solutions: soon # ", 0, "not 'soon'"),
    "day without a time": ("  due: ", "  due: 2 February 2026 # ", 0, "such as 2026-02-02 23:59"),
    "date without quotes": ("  due: ", "  due: 2026-02-02 # ", 0, "a due date in quotes"),
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


def test_master_itself_is_accepted(master):
    verify(master)


def test_master_survives_the_way_to_a_notebook_and_back():
    same = as_saved(MASTER) == MASTER.read_text(encoding="utf-8")
    assert same, "JupyterLab saves homework/homework.md otherwise: `python tasks.py format`"


def test_everything_that_the_author_asks_is_asked(master):
    assert master.questions() == ("1a", "1b", "1c", "2", "3", "4a", "4b", "4c", "4d", "4e", "5")
    assert master.functions("4a") == ("group_mean_differences",)
    total = sum(master.points(question) for question in master.questions())
    assert total == master.settings.points


def test_fixed_signatures_are_those_of_the_package():
    fixed = [name for name in SIGNATURES if name in hw.__all__]
    assert len(fixed) > 5
    for name in fixed:
        parameters = inspect.signature(getattr(hw, name)).parameters.values()
        ours = [each for each in parameters if each.kind is not each.KEYWORD_ONLY]
        bare = inspect.Signature([each.replace(annotation=each.empty) for each in ours])
        assert str(bare) == f"({SIGNATURES[name]})"


@pytest.mark.parametrize("kind", ["given", "solution", "check", "hidden-setup", "hidden-test"])
def test_cell_stands_on_the_line_that_it_names(kind, master):
    lines = MASTER.read_text(encoding="utf-8").split("\n")
    assert master.code(kind)
    for cell in master.code(kind):
        assert "\n".join(lines[cell.line - 1 :]).startswith(cell.source)


def test_stub_has_a_todo_in_the_place_of_the_solution(master):
    (cell,) = master.code("solution", "2")
    assert "    # TODO: compute each gene's missingness" in stub(cell)
    assert stub(cell).endswith("    raise NotImplementedError()")
    assert "fraction_missing" not in stub(cell)
    assert "SOLUTION" not in solved(cell)
    assert "fraction_missing" in solved(cell)


def test_free_text_has_question_answer_and_rubric(master):
    (cell,) = master.code("answer", "1a")
    assert question_text(cell).startswith("### Question 1a")
    assert "<!--" not in question_text(cell) + model_answer(cell)
    assert sum(item.points for item in rubric(cell)) == cell.points


def test_another_seed_changes_the_data_everywhere(master):
    other = read_master(seed=4711)
    assert other.settings.seed == 4711
    (old, new) = ("\n".join(c.source for c in each.code("given")) for each in (master, other))
    published = f"seed={master.settings.seed}"
    assert old.count(published) == new.count("seed=4711") == 2
    assert published not in new


@pytest.mark.parametrize("seed", [1, 2**32 - 1])
def test_master_holds_with_another_seed(seed):
    verify(read_master(seed=seed))


def test_settings_are_read_without_the_cells(tmp_path):
    path = tmp_path / "short.md"
    header = MASTER.read_text(encoding="utf-8").split("\n---\n")[0]
    path.write_text(f"{header}\n---\n\nNothing.\n", encoding="utf-8")
    assert read_settings(path) == read_settings()


# ---- the solutions and the package can't drift apart --------------------------------------------


@pytest.fixture(scope="module")
def solution(master):
    """Return what the given code and the solutions define."""
    names = {}
    for cell in [*master.code("given"), *master.code("solution")]:
        tree = ast.parse(solved(cell))
        kept = (ast.FunctionDef, ast.Import, ast.ImportFrom)
        tree.body = [node for node in tree.body if isinstance(node, kept)]
        exec(compile(tree, "<homework>", "exec"), names)
    return names


SHAPES = [
    {"n_samples": 12, "n_genes": 40, "missing_p": 0.0},
    {"n_samples": 31, "n_genes": 60, "missing_p": 0.2},
    {"n_samples": 60, "n_genes": 80, "missing_p": 0.6, "shift_size": 0.5},
]


@pytest.fixture(params=[(shape, seed) for shape in range(len(SHAPES)) for seed in (0, 44, 2026)])
def data(request):
    shape, seed = request.param
    return hw.simulate_dataset(**{"n_shift": 6, "shift_size": 2.0, **SHAPES[shape], "seed": seed})


def test_solution_filters_like_the_package(solution, data):
    for maximum in (0.0, 0.25, 0.5, 0.8, 1.0):
        ours, theirs = (f(data[0], maximum) for f in (hw.filter_genes, solution["filter_genes"]))
        for one, other in zip(ours, theirs, strict=True):
            pd.testing.assert_frame_equal(one, other)


def test_solution_tests_like_the_package(solution, data):
    df_expr, df_meta, _ = data
    df_log = hw.log2_normalize_expression(hw.filter_genes(df_expr, 0.8)[0])
    shuffled = df_meta.sample(frac=1, random_state=1)
    ours, theirs = (
        function(df_log, shuffled, group_col="condition")
        for function in (hw.group_mean_differences, solution["group_mean_differences"])
    )
    pd.testing.assert_frame_equal(ours, theirs, rtol=1e-9)


def test_solution_treats_genes_that_cannot_be_tested_like_the_package(solution):
    df_expr = pd.DataFrame(
        {
            "no Treatment": [1.0, 2.0, 3.0, np.nan, np.nan, np.nan],
            "no value": [np.nan] * 6,
            "one against one": [1.0, np.nan, np.nan, 2.0, np.nan, np.nan],
            "one against three": [1.0, np.nan, np.nan, 2.0, 3.0, 5.0],
            "plain": [1.0, 2.0, 3.0, 4.0, 5.0, 7.0],
        },
        index=list("abcdef"),
    )
    df_meta = pd.DataFrame({"arm": ["Control"] * 3 + ["Treatment"] * 3}, index=df_expr.index)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = solution["group_mean_differences"](df_expr, df_meta, group_col="arm")
    ours = hw.group_mean_differences(df_expr, df_meta, group_col="arm")
    pd.testing.assert_frame_equal(ours, theirs)


def test_solution_counts_errors_like_the_package(solution, data):
    df_expr, df_meta, true_genes = data
    results = hw.group_mean_differences(df_expr, df_meta, group_col="condition")
    results.iloc[3, results.columns.get_loc("p_value")] = np.nan
    for truth, alpha in [
        (true_genes, 0.05),
        ([], 0.05),
        (true_genes, 0.3),
        (list(results.index), 1),
    ]:
        ours = hw.error_rates(results, truth, alpha)
        theirs = solution["error_rates"](results, truth, alpha)
        for name in theirs.index:
            np.testing.assert_allclose(float(ours[name]), float(theirs[name]), err_msg=name)


def test_given_code_makes_the_data_of_the_package(solution, data, published):
    call = {"n_samples": 31, "n_genes": 60, "n_shift": 6, "missing_p": 0.2, "seed": 3}
    for ours, theirs in [
        (hw.simulate_dataset(**call), solution["simulate_dataset"](**call)),
        (hw.simulate_dataset(seed=5), solution["simulate_dataset"](seed=5)),
    ]:
        pd.testing.assert_frame_equal(ours[0], theirs[0])
        pd.testing.assert_frame_equal(ours[1], theirs[1])
        assert ours[2] == theirs[2]
    pd.testing.assert_frame_equal(
        hw.log2_normalize_expression(data[0]), solution["log2_normalize_expression"](data[0])
    )


def test_volcano_plot_has_the_authors_labels(solution, published_results):
    with contextlib.redirect_stdout(io.StringIO()):
        ax = solution["volcano_plot"](published_results)
    reference = hw.volcano_plot(published_results)
    assert ax.get_xlabel() == reference.get_xlabel()
    assert ax.get_ylabel() == reference.get_ylabel()


def test_solution_finds_the_shifted_genes(solution, published):
    df_expr, df_meta, true_genes = published
    found = solution["find_shifted_genes"](df_expr, df_meta.iloc[::-1], n=10)
    assert sorted(found) == sorted(true_genes)


def test_solution_saves_and_counts(solution, published, published_results, tmp_path):
    path = tmp_path / "names.csv"
    solution["save_shifted_genes"](published[2], path=path)
    top = solution["top_genes"](published_results)
    assert solution["count_true_genes"](top, path=path) == 10
    assert top["p_value"].is_monotonic_increasing
