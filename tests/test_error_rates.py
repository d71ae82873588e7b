import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnaseq_hw import (
    error_rates,
    group_mean_differences,
    log2_normalize_expression,
    simulate_dataset,
)

NAN = np.nan
COUNTS = ["tp", "fp", "tn", "fn", "untested"]
RATES = ["false_positive_rate", "false_negative_rate"]
RESULTS = pd.DataFrame({"p_value": [0.01, 0.2, 0.03, 0.7]}, index=list("ABCD"))


@st.composite
def judged_results(draw):
    """Draw p-values with gaps, and the names of the shifted genes."""
    p_values = draw(st.lists(st.floats(0, 1) | st.sampled_from([0.05, NAN]), max_size=12))
    results = pd.DataFrame({"p_value": p_values}, dtype=float).rename("Gene{}".format)
    true_genes = [gene for gene in results.index if draw(st.booleans())]
    return results, true_genes


def test_published_data_give_the_known_counts_and_rates(published, published_results):
    rates = error_rates(published_results, published[2])
    assert rates[COUNTS].tolist() == [10, 60, 930, 0, 0]
    assert rates[RATES].tolist() == [60 / 990, 0.0]


def test_each_kind_of_decision_is_counted():
    rates = error_rates(RESULTS, ["A", "B"])
    assert rates.to_dict() == {
        "tp": 1,
        "fp": 1,
        "tn": 1,
        "fn": 1,
        "false_positive_rate": 0.5,
        "false_negative_rate": 0.5,
        "untested": 0,
    }


def test_rates_have_their_own_denominators():
    rates = error_rates(RESULTS, ["A", "B", "D"])
    assert rates[RATES].tolist() == [1.0, 2 / 3]


def test_counts_stay_whole_numbers_beside_the_rates():
    rates = error_rates(RESULTS, ["A"])
    assert all(type(rates[count]) is int for count in COUNTS)
    assert all(type(rates[rate]) is float for rate in RATES)


def test_p_value_of_exactly_alpha_is_not_called():
    results = pd.DataFrame({"p_value": [0.05, np.nextafter(0.05, 0)]}, index=["at", "below"])
    assert error_rates(results, ["at", "below"], alpha=0.05)[["tp", "fn"]].tolist() == [1, 1]


def test_default_alpha_is_5_percent():
    results = pd.DataFrame({"p_value": [0.04, 0.06]}, index=["A", "B"])
    assert error_rates(results, [])["fp"] == 1


def test_shifted_gene_without_a_p_value_is_a_miss():
    results = pd.DataFrame({"p_value": [NAN, 0.01]}, index=["A", "B"])
    rates = error_rates(results, ["A", "B"])
    assert rates[["fn", "untested", "false_negative_rate"]].tolist() == [1, 0, 0.5]


def test_unshifted_gene_without_a_p_value_is_left_out_of_the_false_positive_rate():
    results = pd.DataFrame({"p_value": [NAN, 0.01, 0.5]}, index=["A", "B", "C"])
    rates = error_rates(results, [])
    assert rates[["tn", "untested", "false_positive_rate"]].tolist() == [1, 1, 0.5]


def test_false_negative_rate_of_no_shifted_gene_is_nan():
    rates = error_rates(RESULTS, [])
    assert np.isnan(rates["false_negative_rate"])
    assert rates["false_positive_rate"] == 0.5


def test_false_positive_rate_of_no_unshifted_gene_is_nan():
    rates = error_rates(RESULTS, list("ABCD"))
    assert np.isnan(rates["false_positive_rate"])
    assert rates["false_negative_rate"] == 0.5


def test_no_gene_at_all_has_no_rates():
    rates = error_rates(RESULTS.iloc[:0], [])
    assert rates[COUNTS].tolist() == [0] * 5
    assert rates[RATES].isna().all()


@pytest.mark.parametrize(("alpha", "called"), [(0, 0), (1, 2)])
def test_alpha_may_be_0_or_1(alpha, called):
    results = pd.DataFrame({"p_value": [0.0, 0.5, 1.0]}, index=["A", "B", "C"])
    assert error_rates(results, [], alpha)["fp"] == called


def test_column_of_a_saved_table_may_name_the_true_genes():
    saved = pd.DataFrame({"gene": ["A", "B"]})
    assert error_rates(RESULTS, saved["gene"]).equals(error_rates(RESULTS, ["A", "B"]))


def test_missing_p_value_of_a_nullable_type_is_untested():
    results = pd.DataFrame({"p_value": pd.array([0.5, None], dtype="Float64")}, index=["A", "B"])
    assert error_rates(results, [])["untested"] == 1


@given(judged_results(), st.floats(0, 1))
def test_counts_add_up_to_all_genes(judged, alpha):
    results, true_genes = judged
    rates = error_rates(results, true_genes, alpha)
    assert rates[COUNTS].sum() == len(results)
    assert rates["tp"] + rates["fn"] == len(true_genes)
    assert rates["tp"] + rates["fp"] == (results["p_value"] < alpha).sum()


@given(judged_results(), st.floats(0, 1))
def test_rates_lie_between_0_and_1_or_are_nan(judged, alpha):
    for rate in error_rates(*judged, alpha)[RATES]:
        assert np.isnan(rate) or 0 <= rate <= 1


@given(judged_results(), st.randoms(use_true_random=False))
def test_order_of_genes_does_not_matter(judged, random):
    results, true_genes = judged
    shuffled = results.loc[random.sample(list(results.index), len(results))]
    random.shuffle(true_genes)
    assert error_rates(shuffled, true_genes).equals(error_rates(results, true_genes))


@given(judged_results())
def test_input_is_not_changed(judged):
    results, true_genes = judged
    before = results.copy(deep=True), list(true_genes)
    error_rates(results, true_genes)
    pd.testing.assert_frame_equal(results, before[0])
    assert true_genes == before[1]


def test_false_positive_rate_stays_at_alpha_when_no_gene_is_shifted():
    rates = []
    for seed in range(200):
        df_expr, df_meta, _ = simulate_dataset(20, 1000, 10, shift_size=0, seed=seed)
        results = group_mean_differences(log2_normalize_expression(df_expr), df_meta, "condition")
        rates.append(error_rates(results, [])["false_positive_rate"])
    standard_error = np.sqrt(0.05 * 0.95 / (200 * 1000))
    assert abs(np.mean(rates) - 0.05) < 4 * standard_error


@pytest.mark.parametrize("alpha", [-0.01, 1.01, 5, NAN])
def test_alpha_outside_0_to_1_is_refused(alpha):
    with pytest.raises(ValueError, match=f"alpha must be from 0 to 1, not {alpha}"):
        error_rates(RESULTS, [], alpha)


def test_alpha_that_is_no_number_is_refused():
    with pytest.raises(TypeError, match=r"alpha must be a number, not '0\.05'"):
        error_rates(RESULTS, [], "0.05")


@pytest.mark.parametrize("p_value", [-0.1, 1.1, np.inf])
def test_p_value_outside_0_to_1_is_refused(p_value):
    results = pd.DataFrame({"p_value": [0.5, p_value]}, index=["A", "B"])
    with pytest.raises(ValueError, match=f"gene B has {p_value}; check the column p_value"):
        error_rates(results, [])


def test_true_genes_that_are_not_among_the_results_are_named():
    message = r"not among the results: X, Y\. .* leave it out of true_genes, or keep it in results"
    with pytest.raises(ValueError, match=message):
        error_rates(RESULTS, ["X", "A", "Y"])


def test_true_gene_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match=r"names in true_genes: A\. Give each its own name, or"):
        error_rates(RESULTS, ["A", "B", "A"])


def test_gene_that_stands_twice_in_the_results_is_refused():
    with pytest.raises(ValueError, match=r"gene names in results: A\. Give each its own name, or"):
        error_rates(RESULTS.rename({"B": "A"}), ["A"])


def test_one_name_instead_of_a_list_is_refused():
    with pytest.raises(TypeError, match="true_genes must be a list of names, not the string 'A'"):
        error_rates(RESULTS, "A")


def test_results_without_p_values_name_the_columns_there_are():
    results = pd.DataFrame({"delta": [1.0], "pval": [0.5]}, index=["A"])
    with pytest.raises(KeyError, match="no column p_value; its columns are delta, pval"):
        error_rates(results, [])


def test_results_that_are_a_column_are_refused():
    with pytest.raises(TypeError, match=r"results must be a pandas DataFrame, not Series; wrap it"):
        error_rates(RESULTS["p_value"], [])


@pytest.mark.parametrize("true_genes", [pd.DataFrame({"gene": ["A"]}), None, 5])
def test_truth_that_is_no_list_of_names_is_refused(true_genes):
    results = pd.DataFrame({"p_value": [0.5]}, index=["A"])
    with pytest.raises(TypeError, match=r"list of names, not .*pass the column"):
        error_rates(results, true_genes)


def test_text_as_p_value_is_named():
    results = pd.DataFrame({"p_value": ["0.5", "low"]}, index=["A", "B"])
    with pytest.raises(TypeError, match=r"p_value of results must hold numbers.*'low'"):
        error_rates(results, [])
