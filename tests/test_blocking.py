from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rnaseq_hw import (
    blocked_mean_differences,
    group_mean_differences,
    load_experiment,
    log2_counts_per_million,
    simulate_counts,
    tmm_factors,
)

DATA = Path(__file__).parent / "data"
OF_R = pd.read_csv(DATA / "limma_R.csv")
SAMPLES = ["S01", "S02", "S03", "S04", "S05", "S06"]
META = pd.DataFrame(
    {"condition": ["Control", "Treatment"] * 3, "patient": ["A", "A", "B", "B", "C", "C"]}, SAMPLES
)


def random_table(n_genes=30, seed=1, mean=0):
    rng = np.random.default_rng(seed)
    values = rng.normal(mean, 1, (6, n_genes)) + rng.normal(0, 3, (3, n_genes)).repeat(2, axis=0)
    return pd.DataFrame(values, SAMPLES, [f"G{i}" for i in range(n_genes)])


def compare(df_expr, df_meta=META, block_col="patient"):
    return blocked_mean_differences(df_expr, df_meta, "condition", block_col=block_col)


@pytest.mark.parametrize("data", ["airway", "toy"])
def test_agrees_with_r(data):
    expected = OF_R.query("data == @data and model == 'blocked'").set_index("gene")
    if data == "airway":
        df_counts, df_meta = load_experiment("airway")
    else:
        df_counts = pd.read_csv(DATA / "toy_counts.csv", index_col="gene").T
        pairs = {"condition": ["Control"] * 2 + ["Treatment"] * 2, "cell_line": ["a", "b"] * 2}
        df_meta = pd.DataFrame(pairs, df_counts.index)
    df_log = log2_counts_per_million(df_counts, norm_factors=tmm_factors(df_counts))
    results = compare(df_log[expected.index], df_meta, "cell_line")
    of_r = expected[["delta", "std_error", "sigma", "df_residual", "t_ordinary", "p_ordinary"]]
    # limma has no rule for genes that are constant up to rounding; ours get no p-value.
    vary = expected["sigma"] > 1e-12
    assert vary.sum() >= 35
    np.testing.assert_allclose(results[vary], of_r[vary], rtol=1e-8, atol=1e-12)
    assert results.loc[~vary, "p_value"].isna().all()


def test_columns():
    assert list(compare(random_table())) == [
        "delta",
        "std_error",
        "sigma",
        "df",
        "t_stat",
        "p_value",
    ]


def test_pairs_give_the_paired_student_test():
    df_expr = random_table()
    expected = stats.ttest_rel(df_expr.iloc[1::2], df_expr.iloc[0::2])
    results = compare(df_expr)
    np.testing.assert_allclose(results["t_stat"], expected.statistic, rtol=1e-10)
    np.testing.assert_allclose(results["p_value"], expected.pvalue, rtol=1e-10)


def test_one_block_gives_the_unpaired_student_test():
    df_expr = random_table()
    results = compare(df_expr, META.assign(patient="A"))
    plain = group_mean_differences(df_expr, META, "condition")
    shared = ["delta", "t_stat", "p_value"]
    pd.testing.assert_frame_equal(results[shared], plain[shared], rtol=1e-10)


def test_difference_between_blocks_does_not_matter():
    df_expr = random_table()
    moved = df_expr.add([0, 0, 70, 70, -40, -40], axis=0)
    pd.testing.assert_frame_equal(compare(moved), compare(df_expr), rtol=1e-9, atol=1e-12)


def test_samples_are_matched_by_label():
    df_expr = random_table()
    shuffled = compare(df_expr.iloc[[4, 2, 5, 0, 1, 3]], META.iloc[::-1])
    pd.testing.assert_frame_equal(shuffled, compare(df_expr), rtol=1e-10)


def test_large_mean_costs_no_digits():
    df_expr = (random_table() * 1024).round()  # so that adding 2**30 is exact
    far = compare(df_expr + 2.0**30)
    pd.testing.assert_frame_equal(far, compare(df_expr), rtol=1e-9, atol=1e-9)


def test_block_of_one_sample_says_nothing_of_the_treatment():
    df_expr = random_table()
    lonely = df_expr.copy()
    df_meta = META.assign(patient=["A", "A", "B", "B", "C", "D"])
    lonely.loc["S06"] += 1000
    pd.testing.assert_frame_equal(compare(lonely, df_meta), compare(df_expr, df_meta), rtol=1e-8)


@pytest.mark.parametrize("value", [0, 0.1, 1e8, -1e16])
def test_constant_gene_is_never_called(value):
    df_expr = random_table().assign(G0=value)
    df_expr["G1"] = value + np.array([1, 1, 2, 2, 3, 3])  # constant within blocks
    results = compare(df_expr)
    assert results.loc[["G0", "G1"], "p_value"].isna().all()
    assert results["p_value"].iloc[2:].notna().all()


@pytest.mark.parametrize("spreads", [(14, 14), (2, 20)])
def test_ten_epsilons_part_rounding_from_spread_as_without_blocks(spreads):
    values = [value for spread in spreads for value in (1, 1 + spread * 2**-52)]
    df_expr = pd.DataFrame({"A": values}, SAMPLES[:4])
    df_meta = pd.DataFrame({"condition": ["Control"] * 2 + ["Treatment"] * 2, "patient": "A"})
    df_meta.index = df_expr.index
    plain = group_mean_differences(df_expr, df_meta, "condition")["p_value"]
    pd.testing.assert_series_equal(compare(df_expr, df_meta)["p_value"], plain, rtol=1e-9)


def test_exact_difference_gets_a_p_value_of_zero():
    df_expr = random_table().assign(G0=[1.5, 2.5, 4.0, 5.0, 9.0, 10.0], G1=[2, 1, 5, 4, 10, 9])
    results = compare(df_expr)
    assert results.loc[["G0", "G1"], "t_stat"].tolist() == [np.inf, -np.inf]
    assert results.loc[["G0", "G1"], "p_value"].tolist() == [0, 0]


def test_batch_effect_is_blocked_for_and_the_false_positive_rate_holds():
    df_counts, df_meta, _ = simulate_counts(
        n_samples=20, n_genes=4000, n_shift=0, batch_size=1.5, batch_confounding=0.6, seed=3
    )
    df_log = log2_counts_per_million(df_counts)
    blind = group_mean_differences(df_log, df_meta, "condition")["p_value"] < 0.05
    blocked = compare(df_log, df_meta, "batch")["p_value"] < 0.05
    assert blind.mean() > 0.15
    assert blocked.mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 4000) + 0.005)


def test_sample_that_stands_twice_but_is_not_asked_for_does_not_matter():
    df_expr = random_table()
    others = META.iloc[[0, 0]].set_axis(["X", "X"])
    pd.testing.assert_frame_equal(compare(df_expr, pd.concat([META, others])), compare(df_expr))


def test_confounded_design_is_refused():
    df_meta = META.assign(patient=["A", "B"] * 3)
    with pytest.raises(ValueError, match=r"No block of 'patient' \(A, B\) holds both .*confounded"):
        compare(random_table(), df_meta)


def test_missing_value_is_refused():
    df_expr = random_table()
    df_expr.loc["S03", "G7"] = np.nan
    with pytest.raises(ValueError, match=r"sample S03, gene G7; .*max_missing=0"):
        compare(df_expr)


def test_duplicated_gene_is_refused():
    with pytest.raises(ValueError, match="Duplicated gene names in df_expr: G7"):
        compare(random_table().rename(columns={"G8": "G7"}))


def test_too_few_samples_are_refused():
    with pytest.raises(ValueError, match="2 samples leave no residual degrees of freedom"):
        compare(random_table().iloc[:2])


def test_sample_without_a_block_is_refused():
    df_meta = META.copy()
    df_meta.loc["S02", "patient"] = None
    with pytest.raises(ValueError, match="S02 has no block in column 'patient'"):
        compare(random_table(), df_meta)


def test_wrong_block_column_is_refused():
    with pytest.raises(KeyError, match="no column 'donor'; its columns are 'condition', 'patient'"):
        compare(random_table(), block_col="donor")
