from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from rnaseq_hw import group_mean_differences, log2_normalize_expression, welch_mean_differences

DATA = Path(__file__).parent / "data"
OF_R = pd.read_csv(DATA / "seed44_ttest_R.csv", index_col="gene")
EDGE_CASES = pd.read_csv(
    DATA / "edge_cases.csv", index_col="case", dtype=str, keep_default_na=False
)
ANSWERED = EDGE_CASES[EDGE_CASES["R_welch_p"] != ""]
ANSWERED = ANSWERED[~ANSWERED["control"].str.startswith("see edge.py")]
OVERFLOW = "huge_1e200"  # the squares are infinite: R answers t = 0, we do not answer


def numbers(text):
    return [float(word) for word in text.split()]


def compare(control, treatment, function=welch_mean_differences):
    samples = [f"S{i:02d}" for i in range(1, len(control) + len(treatment) + 1)]
    condition = ["Control"] * len(control) + ["Treatment"] * len(treatment)
    df_expr = pd.DataFrame({"GeneA": [*control, *treatment]}, index=samples, dtype=float)
    df_meta = pd.DataFrame({"condition": condition}, index=samples)
    return function(df_expr, df_meta, group_col="condition").loc["GeneA"]


def test_agrees_with_t_test_of_r_on_the_published_data(published):
    df_log = log2_normalize_expression(published[0])
    results = welch_mean_differences(df_log, published[1], group_col="condition")
    np.testing.assert_allclose(results["p_value"], OF_R["p_welch"], rtol=1e-11)
    np.testing.assert_allclose(results["delta"], OF_R["delta"], atol=1e-13)


def test_all_but_t_and_p_is_that_of_students_test(published):
    df_log = log2_normalize_expression(published[0])
    welch, student = (
        test(df_log, published[1], group_col="condition")
        for test in (welch_mean_differences, group_mean_differences)
    )
    assert list(welch.columns) == list(student.columns)
    same = ["mean_control", "mean_treatment", "delta"]
    pd.testing.assert_frame_equal(welch[same], student[same], check_exact=True)
    assert (welch["p_value"] != student["p_value"]).mean() > 0.9


@pytest.mark.parametrize("case", ANSWERED.index.drop(OVERFLOW))
def test_edge_case_agrees_with_r(case):
    row = ANSWERED.loc[case]
    result = compare(numbers(row["control"]), numbers(row["treatment"]))
    assert result["t_stat"] == pytest.approx(float(row["R_welch_t"]), rel=1e-9)
    assert result["p_value"] == pytest.approx(float(row["R_welch_p"]), rel=1e-9)


def test_squares_that_overflow_give_no_p_value():
    row = ANSWERED.loc[OVERFLOW]
    assert np.isnan(compare(numbers(row["control"]), numbers(row["treatment"]))["p_value"])


@given(
    arrays(float, st.integers(2, 6), elements=st.floats(-100, 100)),
    arrays(float, st.integers(2, 6), elements=st.floats(-100, 100)),
)
def test_agrees_with_scipy_where_values_vary(control, treatment):
    if min(np.ptp(control), np.ptp(treatment)) < 1e-3:
        return
    expected = stats.ttest_ind(treatment, control, equal_var=False)
    result = compare(control, treatment)
    assert result["t_stat"] == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)
    assert result["p_value"] == pytest.approx(expected.pvalue, rel=1e-7, abs=1e-300)


def test_equal_sizes_give_students_t_with_a_larger_p():
    student = compare([1, 2, 3, 4], [2, 9, 4, 11], group_mean_differences)
    welch = compare([1, 2, 3, 4], [2, 9, 4, 11])
    assert welch["t_stat"] == pytest.approx(student["t_stat"], rel=1e-14)
    assert welch["p_value"] > student["p_value"]


@pytest.mark.parametrize(
    ("control", "treatment"),
    [([1], [2, 3]), ([1, 2], [3]), ([1, np.nan], [2, 3]), ([np.nan, np.nan], [2, 3])],
)
def test_group_with_fewer_than_two_values_gets_no_p_value(control, treatment):
    result = compare(control, treatment)
    assert result[["t_stat", "p_value"]].isna().all()


@pytest.mark.parametrize("value", [0.1, 1e8, -3.3])
def test_constant_gene_is_never_called(value):
    assert np.isnan(compare([value] * 7, [value] * 3)["p_value"])


@pytest.mark.parametrize(("control", "treatment", "t"), [(1, 2, np.inf), (2, 1, -np.inf)])
def test_constant_values_that_differ_give_an_infinite_t(control, treatment, t):
    result = compare([control] * 3, [treatment] * 3)
    assert result["t_stat"] == t
    assert result["p_value"] == 0


def test_one_constant_group_is_tested_with_the_other_ones_spread():
    result = compare([2, 2, 2], [3, 4, 5])
    assert result["t_stat"] == pytest.approx(2 / np.sqrt(1 / 3), rel=1e-12)
    assert result["p_value"] == pytest.approx(2 * stats.t.sf(2 / np.sqrt(1 / 3), 2), rel=1e-12)


def test_missing_value_is_left_out():
    with_gap = compare([1, np.nan, 3, 4], [2, 5, np.nan, 9])
    pd.testing.assert_series_equal(with_gap, compare([1, 3, 4], [2, 5, 9]), rtol=1e-13)


def test_wrong_column_is_refused():
    with pytest.raises(KeyError, match="no column 'treated'"):
        welch_mean_differences(
            pd.DataFrame({"A": [1.0]}, ["S01"]),
            pd.DataFrame({"condition": ["Control"]}, ["S01"]),
            group_col="treated",
        )
