from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import load_experiment, median_of_ratios, simulate_counts, tmm_factors

DATA = Path(__file__).parent / "data"
TOY = pd.read_csv(DATA / "toy_counts.csv", index_col="gene").rename_axis(None).T
OF_R = {
    name: pd.read_csv(DATA / f"{name}_norm_factors_R.csv", index_col="sample").rename_axis(None)
    for name in ("toy", "airway")
}
FUNCTIONS = [median_of_ratios, tmm_factors]


@pytest.fixture(scope="module")
def counts():
    return {"toy": TOY, "airway": load_experiment("airway")[0]}


@pytest.mark.parametrize("data", ["toy", "airway"])
def test_median_of_ratios_agrees_with_deseq2(counts, data):
    expected = OF_R[data]["size_factor"]
    pd.testing.assert_series_equal(median_of_ratios(counts[data]), expected, rtol=1e-8, atol=0)


@pytest.mark.parametrize("data", ["toy", "airway"])
def test_tmm_agrees_with_edger(counts, data):
    expected = OF_R[data]["tmm"].rename("norm_factor")
    pd.testing.assert_series_equal(tmm_factors(counts[data]), expected, rtol=1e-8, atol=0)


def test_product_of_tmm_factors_is_one():
    assert tmm_factors(TOY).prod() == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_order_of_genes_and_of_samples_does_not_matter(function):
    shuffled = TOY.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    pd.testing.assert_series_equal(function(shuffled)[TOY.index], function(TOY), rtol=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_genes_without_a_read_do_not_matter(function):
    names = [f"silent{i}" for i in range(100)]  # as many as would move the upper quartile
    silent = pd.DataFrame(0, TOY.index, names)
    pd.testing.assert_series_equal(function(TOY.join(silent)), function(TOY), rtol=1e-14)


def test_median_of_ratios_follows_depth():
    deeper = TOY.mul([1, 2, 4, 8], axis=0)
    ratio = median_of_ratios(deeper) / median_of_ratios(TOY)
    np.testing.assert_allclose(ratio / ratio.iloc[0], [1, 2, 4, 8], rtol=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_few_dominant_genes_leave_the_others_comparable(function):
    df_counts, df_meta, true_genes = simulate_counts(
        n_genes=2000, n_shift=0, n_dominant=5, dominant_share=0.6, dispersion=0.01, seed=1
    )
    factors = function(df_counts)
    sizes = factors if function is median_of_ratios else factors * df_counts.sum(axis=1)
    means = df_counts.drop(columns=true_genes).div(sizes, axis=0).sum(axis=1)
    groups = means.groupby(df_meta["condition"]).mean()
    # By library size alone Treatment would have 0.4 as much of every other gene.
    assert groups["Treatment"] / groups["Control"] == pytest.approx(1, abs=0.03)


def test_samples_without_a_gene_in_common_are_refused():
    df_counts = pd.DataFrame({"A": [1, 0], "B": [0, 1]}, index=["S01", "S02"])
    with pytest.raises(ValueError, match="No gene has a count above 0 in every sample"):
        median_of_ratios(df_counts)
    with pytest.raises(ValueError, match="S02 shares no gene with the reference sample S01"):
        tmm_factors(df_counts)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("value", "message"),
    [(-1, "holds -1"), (0.5, "holds 0.5"), (np.nan, "holds nan"), (0, "S02 .* no reads")],
)
def test_what_is_no_count_is_refused(function, value, message):
    with pytest.raises(ValueError, match=message):
        function(pd.DataFrame({"A": [1, value]}, index=["S01", "S02"]))


def test_one_sample_is_its_own_reference():
    one = TOY.iloc[:1]
    assert tmm_factors(one).tolist() == [1.0]
    assert median_of_ratios(one).tolist() == [1.0]


def test_genes_that_tie_are_trimmed_as_edger_trims_them():
    values = np.random.RandomState(7).poisson(20, (4, 200))
    # calcNormFactors of edgeR 3.40.2
    expected = [1.000202872005923, 0.9975134520071639, 0.9950724924181922, 1.007252654957213]
    np.testing.assert_allclose(tmm_factors(pd.DataFrame(values)), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("values", "expected"),  # calcNormFactors of edgeR 3.40.2
    [
        # One gene has the same share everywhere, the others do not.
        (
            [[10, 20, 30, 40], [10, 40, 20, 30], [10, 20, 35, 35]],
            [1.082266733257023, 0.853751306722053, 1.082266733257023],
        ),
        # Two samples of three are mostly empty.
        (
            [
                [5, 9, 0, 0, 0, 0, 0, 0, 0, 0],
                [3, 50, 0, 0, 0, 0, 0, 0, 0, 0],
                [8, 20, 30, 4, 5, 9, 40, 6, 7, 11],
            ],
            [1.6271913488971754, 1.8455729164929739, 0.3329892130150349],
        ),
    ],
)
def test_small_tables_get_the_factors_of_edger(values, expected):
    np.testing.assert_allclose(tmm_factors(pd.DataFrame(values)), expected, rtol=1e-12)


def test_mostly_empty_samples_take_the_richest_as_reference():
    values = np.zeros((6, 26), dtype=int)
    values[:, 0] = [10, 20, 30, 90, 15, 12]
    values[:, 1] = [40, 22, 35, 60, 9, 50]
    for sample in range(6):
        values[sample, 2 + 4 * sample : 6 + 4 * sample] = [5, 1, 2, sample + 1]
    assert (np.quantile(values, 0.75, axis=1) == 0).all()
    # calcNormFactors of edgeR 3.40.2
    expected = [1.342799223894341, 0.8880125660225995, 0.93778549055753]
    expected += [1.002061989178809, 0.7069658445993258, 1.2623310855994248]
    np.testing.assert_allclose(tmm_factors(pd.DataFrame(values)), expected, rtol=1e-8)
