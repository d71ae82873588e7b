"""The homework's solutions and the package can't drift apart."""

import ast
import contextlib
import inspect
import io
import warnings

import numpy as np
import pandas as pd
import pytest

import rnaseq_hw as hw
from homework_tools.master.rules import SIGNATURES


def test_fixed_signatures_are_those_of_the_package():
    fixed = [name for name in SIGNATURES if name in hw.__all__]
    assert len(fixed) > 5
    for name in fixed:
        parameters = inspect.signature(getattr(hw, name)).parameters.values()
        ours = [each for each in parameters if each.kind is not each.KEYWORD_ONLY]
        bare = inspect.Signature([each.replace(annotation=each.empty) for each in ours])
        assert str(bare) == f"({SIGNATURES[name]})"


@pytest.fixture(scope="module")
def solution(master):
    """Return what the given code and the solutions define."""
    names = {}
    for cell in [*master.code("given"), *master.code("solution")]:
        tree = ast.parse(cell.solved)
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
    assert ax.get_ylabel() == "-log10(p_value)"


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
