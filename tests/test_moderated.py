from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import (
    blocked_mean_differences,
    group_mean_differences,
    load_experiment,
    log2_counts_per_million,
    moderated_mean_differences,
    tmm_factors,
)

DATA = Path(__file__).parent / "data"
OF_R = pd.read_csv(DATA / "limma_R.csv")
OF_OURS = {
    "delta": "delta",
    "sigma": "sigma",
    "moderated_sigma": "moderated_sigma",
    "df": "df_total",
    "t_stat": "t_moderated",
    "p_value": "p_moderated",
    "prior_df": "prior_df",
    "prior_variance": "prior_variance",
}
SAMPLES = ["S01", "S02", "S03", "S04"]
META = pd.DataFrame({"condition": ["Control"] * 2 + ["Treatment"] * 2}, SAMPLES)


@pytest.fixture(scope="module")
def tables():
    """Return log2 CPM and sample table of each data set, made as R's script makes them."""
    airway, airway_meta = load_experiment("airway")
    toy = pd.read_csv(DATA / "toy_counts.csv", index_col="gene").T
    pairs = META.set_axis(toy.index).assign(cell_line=["a", "b", "a", "b"])
    log2_cpm = {
        name: log2_counts_per_million(df_counts, norm_factors=tmm_factors(df_counts))
        for name, df_counts in (("airway", airway), ("toy", toy))
    }
    seen = airway.div(airway.sum(axis=1), axis=0) > 1e-6
    equal = {f"g{i:02d}": [i, i + 1, 2 * i, 2 * i + 1 + (i == 1)] for i in range(1, 21)}
    return {
        "airway": (log2_cpm["airway"].loc[:, seen.sum() >= 4], airway_meta),
        "toy": (log2_cpm["toy"], pairs),
        "equal": (pd.DataFrame(equal, SAMPLES, dtype=float), META),
    }


@pytest.mark.parametrize(
    ("data", "model"),
    [
        ("airway", "simple"),
        ("airway", "blocked"),
        ("toy", "simple"),
        ("toy", "blocked"),
        ("equal", "simple"),
    ],
)
def test_agrees_with_limma(tables, data, model):
    df_log, df_meta = tables[data]
    block_col = "cell_line" if model == "blocked" else None
    results = moderated_mean_differences(df_log, df_meta, "condition", block_col=block_col)
    expected = OF_R.query("data == @data and model == @model").set_index("gene")
    assert len(expected) >= 20
    for ours, of_r in OF_OURS.items():
        np.testing.assert_allclose(
            results.loc[expected.index, ours], expected[of_r], rtol=1e-8, atol=1e-12, err_msg=ours
        )


def test_variances_no_more_different_than_chance_are_one(tables):
    results = moderated_mean_differences(*tables["equal"], "condition")
    assert np.isinf(results["prior_df"]).all()
    assert (results["moderated_sigma"] == results["moderated_sigma"].iloc[0]).all()
    # Never more than the degrees of freedom of all genes together.
    assert (results["df"] == 2 * 20).all()


@pytest.mark.parametrize("block_col", [None, "cell_line"])
def test_difference_is_that_of_the_unmoderated_model(tables, block_col):
    df_log, df_meta = tables["airway"]
    df_log = df_log.iloc[:, :300]
    results = moderated_mean_differences(df_log, df_meta, "condition", block_col=block_col)
    if block_col:
        plain = blocked_mean_differences(df_log, df_meta, "condition", block_col=block_col)
    else:
        plain = group_mean_differences(df_log, df_meta, "condition")
    np.testing.assert_allclose(results["delta"], plain["delta"], atol=1e-12)


def test_each_sigma_moves_towards_the_prior_one(tables):
    results = moderated_mean_differences(*tables["airway"], "condition")
    prior = np.sqrt(results["prior_variance"])
    above = results["sigma"] > prior
    assert 0.2 < above.mean() < 0.8
    between = results["moderated_sigma"].between(prior, results["sigma"])
    assert between[above].all()
    between = results["moderated_sigma"].between(results["sigma"], prior)
    assert between[~above].all()


def test_prior_is_found_again_in_simulated_variances():
    rng = np.random.default_rng(5)
    prior_df, prior_variance = 8, 0.09
    variance = prior_df * prior_variance / rng.chisquare(prior_df, 20_000)
    df_log = pd.DataFrame(rng.normal(0, np.sqrt(variance), (4, 20_000)), SAMPLES)
    results = moderated_mean_differences(df_log, META, "condition")
    assert results["prior_df"].iloc[0] == pytest.approx(prior_df, rel=0.15)
    assert results["prior_variance"].iloc[0] == pytest.approx(prior_variance, rel=0.05)
    # No gene is shifted, and the model holds: p-values are uniform.
    tolerance = 4 * np.sqrt(0.05 * 0.95 / 20_000)
    assert (results["p_value"] < 0.05).mean() == pytest.approx(0.05, abs=tolerance)


def test_gene_without_variation_borrows_that_of_the_others(tables):
    df_log, df_meta = tables["airway"]
    df_log = df_log.iloc[:, :200].copy()
    df_log.iloc[:, 0] = 3.0
    results = moderated_mean_differences(df_log, df_meta, "condition")
    assert results["sigma"].iloc[0] == 0
    assert results["moderated_sigma"].iloc[0] > 0
    assert results["p_value"].iloc[0] == 1


@pytest.mark.parametrize(
    "values", [[[1.0], [2.0], [3.0], [5.0]], [[1.0, 1, 3], [1, 1, 4], [1, 1, 4], [1, 1, 9]]]
)
def test_no_typical_variance_is_refused(values):
    with pytest.raises(ValueError, match="no typical variance"):
        moderated_mean_differences(pd.DataFrame(values, SAMPLES), META, "condition")


def test_rounding_is_no_variation():
    samples = [f"S{i}" for i in range(6)]
    df_meta = pd.DataFrame({"condition": ["Control", "Treatment"] * 3}, samples)
    df_log = pd.DataFrame({"A": [0.1] * 6, "B": [4.7] * 6, "C": range(6)}, samples)
    assert (df_log - df_log.mean())["A"].any()
    with pytest.raises(ValueError, match="no typical variance"):
        moderated_mean_differences(df_log, df_meta, "condition")


def test_missing_value_is_refused(tables):
    df_log, df_meta = tables["equal"]
    with pytest.raises(ValueError, match="misses a value in sample S01, gene g05"):
        moderated_mean_differences(df_log.replace({"g05": {5.0: np.nan}}), df_meta, "condition")
