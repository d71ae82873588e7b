"""Genes with gaps, constant or huge values: the test follows R, or the settled answer."""

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rnaseq_hw import group_mean_differences, log2_normalize_expression, simulate_dataset
from tests.one_gene import compare

DATA = Path(__file__).parent / "data"
EDGE_CASES = pd.read_csv(
    DATA / "edge_cases.csv", index_col="case", dtype=str, keep_default_na=False
)
EDGE_CASES = EDGE_CASES[~EDGE_CASES["control"].str.startswith("see edge.py")]
R_INTERVALS = pd.read_csv(DATA / "student_intervals_R.csv")
REFUSED = ["plus_inf_in_treat", "minus_inf_in_control", "inf_in_both", "empty_control"]
NAN = np.nan


def numbers(text):
    """Read the numbers of a cell of edge_cases.csv."""
    return [float(number) for number in text.split()]


@pytest.mark.parametrize("case", EDGE_CASES.index.difference(REFUSED, sort=False))
def test_edge_case_has_the_settled_answer(case):
    row = EDGE_CASES.loc[case]
    result = compare(numbers(row["control"]), numbers(row["treatment"]))
    settled = [float(row[f"rec_{column}"]) for column in ("delta", "t", "p")]
    found = result[["delta", "t_stat", "p_value"]].to_numpy()
    np.testing.assert_allclose(found, settled, rtol=1e-13, atol=1e-28)


@pytest.mark.parametrize("case", ["plus_inf_in_treat", "minus_inf_in_control", "inf_in_both"])
def test_edge_case_with_an_infinite_value_is_refused(case):
    row = EDGE_CASES.loc[case]
    with pytest.raises(ValueError, match=r"infinite value: -?inf in row .* Write NaN"):
        compare(numbers(row["control"]), numbers(row["treatment"]))


def test_edge_case_without_a_control_sample_is_refused():
    with pytest.raises(ValueError, match="No sample of df_expr is 'Control'"):
        compare([], numbers(EDGE_CASES.loc["empty_control", "treatment"]))


def test_mean_that_exists_is_kept_where_no_test_is_possible():
    result = compare([1.0, 2.0, 6.0], [NAN, NAN, NAN])
    assert result["mean_control"] == 3.0
    assert result.drop("mean_control").isna().all()


def test_mean_of_equal_values_is_that_value():
    result = compare([0.1] * 3, [0.7] * 3)
    assert result[["mean_control", "mean_treatment"]].tolist() == [0.1, 0.7]


def test_group_constant_but_for_rounding_is_constant_beside_a_group_of_zeros():
    result = compare([0.0, 0.0, 0.0], [1.0, 1.0 + 2**-52, 1.0])
    assert result[["t_stat", "p_value"]].tolist() == [np.inf, 0.0]


@pytest.mark.parametrize(("control", "mean"), [([1, 2, 3], 2), ([0, 6, -6], 0)])
def test_spread_too_large_for_a_floating_point_number_gives_no_test(control, mean):
    result = compare(np.multiply(control, 1e160), [2, 4, 7])
    assert result["mean_control"] == mean * 1e160
    assert result[["t_stat", "p_value"]].isna().all()


@pytest.mark.parametrize("case", EDGE_CASES.index.difference(REFUSED, sort=False))
def test_edge_case_raises_nothing_where_the_caller_wants_floating_point_errors(case):
    row = EDGE_CASES.loc[case]
    with np.errstate(all="raise"):
        compare(numbers(row["control"]), numbers(row["treatment"]))


@pytest.mark.parametrize(
    ("spread_c", "spread_t", "p_value"),
    # A standard error of 9.9 and of 10.05 epsilons; t.test of R 4.2.2, the first: "essentially
    # constant".
    [(14, 14, NAN), (2, 20, 0.4650055)],
)
def test_ten_epsilons_of_the_mean_part_rounding_from_spread(spread_c, spread_t, p_value):
    control, treatment = ([1, 1 + spread * 2**-52] for spread in (spread_c, spread_t))
    result = compare(control, treatment)
    assert result["p_value"] == pytest.approx(p_value, abs=1e-7, nan_ok=True)
    mirrored = compare(np.negative(control), np.negative(treatment))
    assert mirrored["p_value"] == pytest.approx(p_value, abs=1e-7, nan_ok=True)


def test_p_value_that_underflows_is_zero_beside_a_finite_t():
    rng = np.random.default_rng(1)
    result = compare(rng.normal(0, 0.01, 200), rng.normal(1000, 0.01, 200))
    assert 1e5 < result["t_stat"] < np.inf
    assert result["p_value"] == 0.0


def test_tiny_p_value_keeps_its_digits():
    values = [0.0, 1.0] * 20
    result = compare(values, [value + 1000 for value in values])
    expected = 2 * stats.t.sf(result["t_stat"], 78)
    assert 0 < expected < 1e-200
    assert result["p_value"] == pytest.approx(expected, rel=1e-10, abs=0)


@pytest.mark.parametrize("mean", [1e8, 1e12])
def test_large_mean_leaves_the_digits_of_the_test(mean):
    rng = np.random.default_rng(44)
    control, treatment = rng.normal(mean, 1, (2, 30))
    exact_delta, exact_t = exact_student(control, treatment)
    result = compare(control, treatment)
    assert result["delta"] == pytest.approx(exact_delta, rel=1e-12, abs=0)
    assert result["t_stat"] == pytest.approx(exact_t, rel=1e-12, abs=0)
    assert result["p_value"] == pytest.approx(2 * stats.t.sf(abs(exact_t), 58), rel=1e-11, abs=0)


def exact_student(control, treatment):
    """Compute delta and t with whole fractions, without rounding."""
    groups = [[Fraction(value) for value in group] for group in (control, treatment)]
    means = [sum(group) / len(group) for group in groups]
    squares = sum(
        (value - mean) ** 2 for group, mean in zip(groups, means, strict=True) for value in group
    )
    n_c, n_t = map(len, groups)
    variance = squares / (n_c + n_t - 2) * (Fraction(1, n_c) + Fraction(1, n_t))
    delta = means[1] - means[0]
    return float(delta), math.copysign(math.sqrt(delta**2 / variance), delta)


@pytest.mark.parametrize("scale", [log2_normalize_expression, lambda df_expr: df_expr])
def test_constant_genes_are_called_only_where_they_are_shifted(scale):
    df_expr, df_meta, true_genes = simulate_dataset(
        n_genes=2000, noise_sd=0, missing_p=0.05, seed=1
    )
    results = group_mean_differences(scale(df_expr), df_meta, group_col="condition")
    assert results.drop(true_genes)["p_value"].isna().all()
    assert (results.loc[true_genes, "p_value"] == 0).all()
    assert (results.loc[true_genes, "t_stat"] == np.inf).all()


@pytest.mark.parametrize(("control", "treatment"), [([1, 1], [2, 2]), ([2, 2], [1, 1])])
def test_infinite_t_has_the_sign_of_delta(control, treatment):
    result = compare(control, treatment)
    assert result["t_stat"] == np.sign(result["delta"]) * np.inf


@pytest.mark.parametrize("far", [1e-3, 1e9])
def test_first_value_may_be_missing_or_far_from_the_others(far):
    control, treatment = [np.nan, far, 1.0, 2.0, 4.0], [np.nan, np.nan, 3.0, 5.0, 9.0]
    result = compare(control, treatment)
    expected = stats.ttest_ind([3.0, 5.0, 9.0], [far, 1.0, 2.0, 4.0])
    assert result["t_stat"] == pytest.approx(expected.statistic, rel=1e-12)
    assert result["p_value"] == pytest.approx(expected.pvalue, rel=1e-12)


@pytest.mark.parametrize(
    "row", list(R_INTERVALS.itertuples()), ids=lambda row: f"{row.case}-{row[2]}"
)
def test_interval_is_that_of_r(row):
    samples = EDGE_CASES.loc[row.case]
    control, treatment = numbers(samples["control"]), numbers(samples["treatment"])
    result = compare(control, treatment, confidence=row.confidence)
    assert result[["ci_low", "ci_high"]].tolist() == pytest.approx(
        [row.ci_low, row.ci_high],
        rel=1e-10,  # SciPy 1.13 is off by 4e-11 in a quantile of t, 1.17 by less than 1e-11
        abs=1e-12,
    )
