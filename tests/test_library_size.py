from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnaseq_hw import counts_per_million, log2_counts_per_million

DATA = Path(__file__).parent / "data"
TOY = pd.read_csv(DATA / "toy_counts.csv", index_col="gene").rename_axis(None).T
CPM_R = pd.read_csv(DATA / "toy_cpm_R.csv", index_col="gene")
TMM_R = pd.read_csv(DATA / "toy_norm_factors_R.csv", index_col="sample")["tmm"]
FUNCTIONS = [counts_per_million, log2_counts_per_million]

counts = arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.integers(1, 10**6)
).map(lambda values: pd.DataFrame(values).rename(index="S{}".format, columns="G{}".format))


def of_r(prefix):
    return CPM_R[[f"{prefix}_{sample}" for sample in TOY.index]].set_axis(TOY.index, axis=1).T


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (counts_per_million(TOY), of_r("cpm")),
        (counts_per_million(TOY, norm_factors=TMM_R), of_r("cpm_tmm")),
        (log2_counts_per_million(TOY, prior_count=2), of_r("logcpm_prior2")),
    ],
    ids=["cpm", "cpm with TMM", "log2 cpm"],
)
def test_agrees_with_edger(result, expected):
    pd.testing.assert_frame_equal(result, expected, rtol=1e-10, atol=0, check_names=False)


@given(counts)
def test_each_sample_adds_up_to_a_million(df_counts):
    np.testing.assert_allclose(counts_per_million(df_counts).sum(axis=1), 1e6, rtol=1e-12)


@given(counts, st.integers(2, 50))
def test_sequencing_everything_deeper_changes_no_cpm(df_counts, times):
    pd.testing.assert_frame_equal(
        counts_per_million(df_counts * times), counts_per_million(df_counts)
    )


@given(counts)
def test_without_prior_count_log2_cpm_is_the_logarithm_of_cpm(df_counts):
    pd.testing.assert_frame_equal(
        log2_counts_per_million(df_counts, prior_count=0), np.log2(counts_per_million(df_counts))
    )


def test_count_of_zero_has_one_value_in_libraries_of_all_sizes():
    df_counts = pd.DataFrame({"A": [0, 0], "B": [100, 999_999]}, index=["S01", "S02"])
    values = log2_counts_per_million(df_counts)["A"]
    assert values["S01"] == pytest.approx(values["S02"], rel=1e-14)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_norm_factors_are_matched_by_label(function):
    shuffled = TMM_R.sample(frac=1, random_state=1)
    assert list(shuffled.index) != list(TOY.index)
    pd.testing.assert_frame_equal(
        function(TOY, norm_factors=shuffled), function(TOY, norm_factors=TMM_R)
    )


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("factors", "error", "message"),
    [
        ([1, 1], TypeError, "not list"),
        (pd.Series({"S01": "a", "S02": "b"}), TypeError, "of numbers .*not (object|str)"),
        (pd.Series({"S01": 1.0}), ValueError, "no factor for S02"),
        (
            pd.Series({"S01": 1.0, "S02": 0.0}),
            ValueError,
            "finite, but that of S02 is 0.0",
        ),
        (pd.Series({"S01": 1.0, "S02": np.nan}), ValueError, "that of S02 is nan"),
        (pd.Series({"S01": 1.0, "S02": np.inf}), ValueError, "that of S02 is inf"),
        (pd.Series([1.0, 2.0, 3.0], ["S01", "S02", "S01"]), ValueError, "Duplicated.*S01"),
    ],
)
def test_wrong_norm_factors_are_refused(function, factors, error, message):
    df_counts = pd.DataFrame({"A": [1, 2]}, index=["S01", "S02"])
    with pytest.raises(error, match=message):
        function(df_counts, norm_factors=factors)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([[1, 2], [-3, 4]], "holds -3 for sample S02, gene A; a count is zero or more"),
        ([[1, 2.5], [3, 4]], r"holds 2.5 for sample S01, gene B; .* whole number: .*round"),
        ([[1, 2], [3, np.nan]], "holds nan for sample S02, gene B; a count is never missing"),
        ([[1, 2], [0, 0]], "S02 of df_counts has no reads"),
    ],
)
def test_what_is_no_count_is_refused(function, values, message):
    df_counts = pd.DataFrame(values, index=["S01", "S02"], columns=["A", "B"])
    with pytest.raises(ValueError, match=message):
        function(df_counts)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("index", "columns", "message"),
    [(["S01", "S01"], ["A", "B"], "sample.*S01"), (["S01", "S02"], ["A", "A"], "gene.*: A")],
)
def test_label_that_stands_twice_is_refused(function, index, columns, message):
    with pytest.raises(ValueError, match=f"Duplicated {message}"):
        function(pd.DataFrame([[1, 2], [3, 4]], index=index, columns=columns))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("table", [TOY.iloc[:0], TOY.iloc[:, :0]], ids=["samples", "genes"])
def test_table_without_samples_or_genes_is_refused(function, table):
    with pytest.raises(ValueError, match="nothing to scale"):
        function(table)


def test_text_among_the_counts_is_refused():
    with pytest.raises(TypeError, match="df_counts column B holds"):
        counts_per_million(pd.DataFrame({"A": [1], "B": ["x"]}))


@pytest.mark.parametrize(
    ("prior_count", "message"), [(-1, "at least 0, not -1"), (0, "no logarithm with prior_count=0")]
)
def test_prior_count_that_gives_no_logarithm_is_refused(prior_count, message):
    df_counts = pd.DataFrame({"A": [0, 1], "B": [1, 1]})
    with pytest.raises(ValueError, match=message):
        log2_counts_per_million(df_counts, prior_count=prior_count)
