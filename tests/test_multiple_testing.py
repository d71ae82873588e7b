from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnaseq_hw import benjamini_hochberg, error_rates, group_mean_differences, simulate_dataset

DATA = Path(__file__).parent / "data"
OF_R = pd.read_csv(DATA / "seed44_ttest_R.csv", index_col="gene")
p_value_lists = st.lists(st.floats(0, 1) | st.just(np.nan), max_size=30)


def test_agrees_with_p_adjust_of_r():
    result = benjamini_hochberg(OF_R["p_value"])
    np.testing.assert_allclose(result, OF_R["p_bh"], rtol=1e-12)


def test_by_hand():
    # In order .01, .02, .04, .5: times 4/1, 4/2, 4/3, 4/4.
    result = benjamini_hochberg(pd.Series([0.5, 0.01, 0.04, 0.02]))
    np.testing.assert_allclose(result, [0.5, 0.04, 0.16 / 3, 0.04], rtol=1e-14)


def test_index_is_kept_and_the_name_says_what_it_is():
    p_values = pd.Series([0.5, 0.01], index=pd.Index(["B", "A"], name="gene"), name="p_value")
    result = benjamini_hochberg(p_values)
    pd.testing.assert_index_equal(result.index, p_values.index)
    assert result.name == "adj_p_value"


@pytest.mark.parametrize("kind", [list, np.array, tuple])
def test_plain_sequence_gets_numbers_as_labels(kind):
    assert benjamini_hochberg(kind([0.5, 0.01])).to_dict() == {0: 0.5, 1: 0.02}


@pytest.mark.parametrize("missing", [np.nan, pd.NA])
def test_gene_without_a_test_stays_without_and_does_not_count(missing):
    result = benjamini_hochberg(pd.Series([0.01, missing, 0.04], dtype="Float64"))
    assert result.isna().tolist() == [False, True, False]
    assert result.dropna().tolist() == [0.02, 0.04]


@pytest.mark.parametrize("p_values", [[], [np.nan], [0.3], [0.0], [1.0]])
def test_fewer_than_two_tests_need_no_adjustment(p_values):
    np.testing.assert_array_equal(benjamini_hochberg(p_values), p_values)


@given(p_value_lists)
def test_adjusted_is_never_below_the_p_value_and_keeps_the_order(values):
    p_values = pd.Series(values, dtype=float)
    adjusted = benjamini_hochberg(p_values)
    pair = pd.DataFrame({"p": p_values, "adjusted": adjusted}).dropna().sort_values("p")
    assert (pair["adjusted"] >= pair["p"]).all()
    assert (pair["adjusted"] <= 1).all()
    assert pair["adjusted"].is_monotonic_increasing


@given(p_value_lists, st.floats(0.01, 0.99))
def test_calls_are_those_of_the_step_up_rule(values, level):
    tested = np.sort([value for value in values if not np.isnan(value)])
    places = np.flatnonzero(len(tested) * tested <= level * np.arange(1, len(tested) + 1))
    called = places[-1] + 1 if len(places) else 0
    adjusted = benjamini_hochberg(pd.Series(values, dtype=float)).dropna()
    clear = abs(adjusted - level) > 1e-9  # a tie with the level is a matter of rounding
    if clear.all():
        assert (adjusted <= level).sum() == called


def test_mean_false_discovery_proportion_stays_below_the_level():
    rng = np.random.default_rng(1)
    proportions = []
    for seed in rng.integers(2**31, size=150):
        df_expr, df_meta, true_genes = simulate_dataset(
            n_samples=10, n_genes=200, n_shift=40, shift_size=0.4, seed=int(seed)
        )
        results = group_mean_differences(np.log2(df_expr), df_meta, group_col="condition")
        adjusted = pd.DataFrame({"p_value": benjamini_hochberg(results["p_value"])})
        rates = error_rates(adjusted, true_genes, alpha=0.2)
        proportions.append(rates["fp"] / max(1, rates["fp"] + rates["tp"]))
    # Independent tests: the level times the fraction of genes that are not shifted, exactly.
    standard_error = np.std(proportions, ddof=1) / np.sqrt(len(proportions))
    assert np.mean(proportions) == pytest.approx(0.2 * 160 / 200, abs=4 * standard_error)
    assert standard_error < 0.01


@pytest.mark.parametrize("value", [-0.1, 1.1, np.inf])
def test_what_is_no_p_value_is_refused(value):
    with pytest.raises(ValueError, match=f"that of GeneB is {value}"):
        benjamini_hochberg(pd.Series([0.1, value], ["GeneA", "GeneB"]))


def test_input_is_not_changed():
    p_values = pd.Series([0.5, 0.01, 0.04, 0.02])
    before = p_values.copy()
    benjamini_hochberg(p_values)
    pd.testing.assert_series_equal(p_values, before)


def test_gene_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="Duplicated gene names in p_values: A"):
        benjamini_hochberg(pd.Series([0.1, 0.2], ["A", "A"]))


@pytest.mark.parametrize(
    ("p_values", "message"),
    [(["x"], "pd.to_numeric"), (pd.DataFrame({"p_value": [0.1]}), r"pass results\['p_value'\]")],
)
def test_what_is_no_column_of_numbers_is_refused(p_values, message):
    with pytest.raises(TypeError, match=message):
        benjamini_hochberg(p_values)
