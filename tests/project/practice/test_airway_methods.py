"""The stored results of four methods on airway are what R and PyDESeq2 compute."""

import re
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from scipy.special import polygamma
from scipy.stats import median_abs_deviation

import rnaseq_hw as hw
import tasks

DATA = tasks.ROOT / "tests" / "data"
STORED = resources.files("rnaseq_hw") / "data" / "airway"
EVERY = 400


@pytest.fixture(scope="module")
def airway():
    return hw.load_experiment("airway")


@pytest.fixture(scope="module")
def by_python():
    return pd.read_csv(STORED / "pydeseq2.csv.gz", index_col="gene")


@pytest.fixture(scope="module")
def by_r():
    return pd.read_csv(STORED / "r_methods.csv.gz", index_col="gene")


def test_tables_hold_the_genes_of_the_counts(airway, by_python, by_r):
    genes = airway[0].columns.tolist()
    assert by_python.index.tolist() == genes
    assert by_r.index.tolist() == genes


@pytest.mark.parametrize("program", ["DESeq2", "edgeR", "limma"])
def test_chapter_names_the_version_that_made_the_stored_results(program):
    """A reader whose program is newer sees why the same lines give other p-values."""
    source = (STORED / "README.md").read_text(encoding="utf-8")
    version = re.search(rf"{program} ([\d.]+):", source)[1]
    chapter = (tasks.ROOT / "book" / "deseq2_edger_limma.md").read_text(encoding="utf-8")
    assert re.search(rf"^\w.* # .*\b{program} {re.escape(version)}$", chapter, re.M)


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("deseq2_p_value", "deseq2_block"),
        ("edger_p_value", "edgerQL_block"),
        ("voom_p_value", "voom_block"),
    ],
)
def test_as_many_genes_are_called_as_in_the_reference(by_r, column, method):
    reference = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method").loc[method]
    p_values = by_r[column]
    assert p_values.notna().sum() == reference["n_tested"]
    assert (p_values < 0.05).sum() == reference["p_lt_.05"]
    if method != "deseq2_block":  # which adjusts only after its independent filtering
        assert (hw.benjamini_hochberg(p_values) <= 0.05).sum() == reference["padj_lt_.05"]


def test_deseq2_calls_nearly_as_many_as_with_all_zero_genes(by_r):
    """Its choice of a threshold for the mean depends on how many genes have no read at all."""
    reference = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method")
    called = (by_r["deseq2_adj_p_value"] <= 0.05).sum()
    assert called == pytest.approx(reference.loc["deseq2_block", "padj_lt_.05"], rel=0.01)


@pytest.mark.parametrize(
    ("ours", "reference"),
    [("deseq2", "deseq2_block"), ("edger", "edgerQL_block"), ("voom", "voom_block")],
)
def test_top_genes_are_those_of_the_reference(by_r, ours, reference):
    top = pd.read_csv(DATA / "airway_top_genes_R.csv", index_col="gene")
    top = top.dropna(subset=[f"{reference}_p", f"{reference}_lfc"])
    stored = by_r.loc[top.index]
    assert len(top) > 40
    np.testing.assert_allclose(stored[f"{ours}_p_value"], top[f"{reference}_p"], rtol=1.1e-4)
    np.testing.assert_allclose(stored[f"{ours}_delta"], top[f"{reference}_lfc"], atol=6e-5)


def test_a_sample_of_genes_computed_anew_agrees_with_what_is_stored(airway, by_python):
    """Steps that need all genes get the stored trend; the rest is computed, gene by gene."""
    from pydeseq2.dds import DeseqDataSet  # not at the top: each test process would load it
    from pydeseq2.default_inference import DefaultInference
    from pydeseq2.ds import DeseqStats

    df_counts, df_meta = airway
    options = {"quiet": True, "inference": DefaultInference(n_cpus=1)}
    sample = df_counts.iloc[:, ::EVERY]
    stored = by_python.iloc[::EVERY]
    design = {"design": "~cell_line + condition", "refit_cooks": False}
    dds = DeseqDataSet(counts=sample, metadata=df_meta, **design, **options)
    size_factors = hw.median_of_ratios(df_counts)
    dds.obs["size_factors"] = size_factors
    dds.layers["normed_counts"] = sample.div(size_factors, axis="index").to_numpy()
    dds.var["_normed_means"] = dds.layers["normed_counts"].mean(axis=0)
    dds.fit_genewise_dispersions()

    trend = by_python["dispersion_trend"]
    residuals = np.log(by_python["dispersion_gene"] / trend)[by_python["dispersion_gene"] >= 1e-6]
    spread = median_abs_deviation(residuals, scale="normal") ** 2
    dds.uns["_squared_logres"] = spread
    dds.uns["prior_disp_var"] = np.maximum(spread - polygamma(1, 3 / 2), 0.25)
    dds.var["fitted_dispersions"] = stored["dispersion_trend"]
    dds.fit_MAP_dispersions()
    dds.fit_LFC()
    contrast = ["condition", "Treatment", "Control"]
    stats = DeseqStats(dds, contrast=contrast, cooks_filter=False, **options)
    stats.run_wald_test()

    computed = pd.DataFrame(
        {
            "base_mean": stats.base_mean,
            "dispersion_gene": dds.var["genewise_dispersions"],
            "dispersion": dds.var["dispersions"],
            "delta": stats.LFC["condition[T.Treatment]"] / np.log(2),
            "p_value": stats.p_values,
        }
    )
    assert len(computed) > 80
    for column, tolerance in {"base_mean": 1e-4, "dispersion": 2e-3, "p_value": 2e-3}.items():
        np.testing.assert_allclose(computed[column], stored[column], rtol=tolerance)
    np.testing.assert_allclose(computed["delta"], stored["delta"], atol=2e-3)
    # For a few genes the likelihood is flat, and the optimizer stops elsewhere.
    same = np.isclose(computed["dispersion_gene"], stored["dispersion_gene"], rtol=2e-3)
    assert same.mean() > 0.95


def test_shrinkage_moves_clear_differences_little_and_unclear_ones_much(by_python):
    ratio = by_python["shrunken_delta"] / by_python["delta"]
    clear, unclear = by_python["p_value"] < 1e-10, by_python["p_value"] > 0.5
    assert clear.sum() > 500
    assert ratio[clear].between(0.9, 1).all()
    assert ratio[unclear].median() < 0.5


def test_dispersions_of_both_programs_agree(by_python, by_r):
    ratio = (by_python["dispersion"] / by_r["deseq2_dispersion"])[by_python["base_mean"] > 10]
    assert ratio.median() == pytest.approx(1, abs=0.02)
    assert ratio.between(0.5, 2).mean() > 0.99


def test_adjusted_p_values_are_benjamini_hochberg_after_independent_filtering(by_python):
    adjusted = by_python["adj_p_value"].dropna()
    smallest_mean = by_python.loc[adjusted.index, "base_mean"].min()
    kept = by_python["p_value"].where(by_python["base_mean"] >= smallest_mean)
    again = hw.benjamini_hochberg(kept).dropna()
    np.testing.assert_allclose(again, adjusted, rtol=1.1e-4)
