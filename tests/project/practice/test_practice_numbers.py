"""The chapters of "In practice" reach the figures of other programs, within their errors."""

import jupytext
import numpy as np
import pandas as pd
import pytest

import rnaseq_hw as hw
import tasks
from tests.project.practice.cells import names_of

DATA = tasks.ROOT / "tests/data"
POWER_IN_R = pd.read_csv(DATA / "power_t_test_R.csv")
BCV = pd.read_csv(tasks.ROOT / "rnaseq_hw/data/bcv.csv", index_col="replicates")


@pytest.fixture(scope="module")
def library_size():
    return names_of("library_size")


@pytest.mark.parametrize(
    ("analysis", "method"),
    [
        ("no scaling", "t_raw_log2p1"),
        ("CPM", "t_cpm_log2p1"),
        ("TMM", "t_tmm_log2p1"),
        ("median of ratios", "t_deseq_log2p1"),
    ],
)
def test_airway_calls_as_many_genes_as_in_r(library_size, analysis, method):
    """Each in its usual unit, as R users scale."""
    in_r = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method").loc[method]
    kept, df_counts, df_meta = (library_size[name] for name in ("kept", "df_counts", "df_meta"))
    scaled = {
        "no scaling": kept,
        "CPM": hw.counts_per_million(kept),
        "TMM": hw.counts_per_million(kept, norm_factors=hw.tmm_factors(kept)),
        "median of ratios": kept.div(hw.median_of_ratios(df_counts), axis="index"),
    }
    log = hw.log2_normalize_expression(scaled[analysis])
    p_values = hw.group_mean_differences(log, df_meta, "condition")["p_value"]
    assert len(p_values) == in_r["n_tested"]
    assert (p_values < 0.05).sum() == in_r["p_lt_.05"]
    assert (hw.benjamini_hochberg(p_values) <= 0.05).sum() == in_r["padj_lt_.05"]


@pytest.mark.parametrize("analysis", ["no scaling", "CPM", "TMM", "median of ratios"])
def test_analyses_that_differ_only_in_the_scaling_call_as_many_genes_as_in_r(
    library_size, analysis
):
    """All four in the unit of a read, so that the pseudocount weighs the same."""
    in_r = pd.read_csv(DATA / "airway_one_unit_R.csv", index_col="analysis").loc[analysis]
    ours = library_size["story"].loc[analysis]
    assert library_size["kept"].shape[1] == in_r["n_tested"]
    assert ours["p < 0.05"] == in_r["p_lt_.05"]
    assert ours["adjusted <= 0.05"] == in_r["padj_lt_.05"]
    assert ours["typical SE"] == pytest.approx(in_r["typical_se"], rel=1e-3)


def test_cell_lines_and_moderation_call_about_as_many_genes_as_the_methods_made_for_counts(
    library_size,
):
    in_r = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method")["padj_lt_.05"]
    made_for_counts = in_r[["deseq2_block", "edgerQL_block", "voom_block"]]
    ours = library_size["story"].loc["+ moderation", "adjusted <= 0.05"]
    assert 0.9 * made_for_counts.min() < ours < 1.1 * made_for_counts.max()


def test_batch_moves_the_false_positive_rate_as_far_as_in_the_reference_study():
    by_student = names_of("batch")["by_student"]
    reference = pd.read_csv(DATA / "fpr_montecarlo.csv", index_col="scenario")
    names = {"balanced": "balanced", "lopsided": "75/25", "confounded": "confounded"}
    assert set(by_student.index) == set(names)
    for plan, name in names.items():
        known = reference.loc[f"F batch {name} n=10 gene-specific batch sd=0.5 student"]
        rate, se = by_student.loc[plan]
        assert 0 < se < 0.01
        assert abs(rate - known["fpr_.05"]) < 4 * (se**2 + known["se_.05"] ** 2) ** 0.5, plan


def test_student_and_welch_err_as_in_the_reference_study():
    plans = names_of("welch_and_small_n")["plans"]
    reference = pd.read_csv(DATA / "fpr_montecarlo.csv", index_col="scenario")
    assert len(plans) == 32
    for (n_control, n_treatment, sd, test), (rate, se) in plans.iterrows():
        n = n_control + n_treatment
        scenario = f"D n={n} n_treat={n_treatment} sd_c=.2 sd_t={sd} pc~0 {test}"
        known = reference.loc[scenario]
        assert 0 < se < 0.002
        assert abs(rate - known["fpr_.05"]) < 4 * np.hypot(se, known["se_.05"]), scenario


def test_moderated_test_keeps_its_rates_and_gains_power():
    names = names_of("welch_and_small_n")
    mean, se = names["studies"].mean(), names["se"]
    for test in ("Student", "moderated"):
        assert abs(mean[test, "FPR at 0.05"] - 0.05) < 4 * se[test, "FPR at 0.05"]
    assert abs(mean["moderated", "FDP"] - 0.045) < 4 * se["moderated", "FDP"]
    assert mean["moderated", "shifted genes called"] > mean["Student", "shifted genes called"]


def test_false_positive_and_false_discovery_rates_are_what_theory_says():
    repeats = names_of("multiple_testing")["repeats"]
    se = repeats.std() / np.sqrt(len(repeats))
    assert abs(repeats["FPR, raw"].mean() - 0.05) < 4 * se["FPR, raw"]
    assert abs(repeats["FDP, adjusted"].mean() - 0.9 * 0.05) < 4 * se["FDP, adjusted"]
    assert repeats["FDP, raw"].mean() > 5 * repeats["FDP, adjusted"].mean()


@pytest.fixture(scope="module")
def look_first():
    return names_of("look_first")


def test_cooks_distances_are_those_of_r(look_first):
    in_r = pd.read_csv(DATA / "airway_cooks_R.csv", index_col=["gene", "sample"])
    in_r = in_r.loc[look_first["gene"]]
    np.testing.assert_allclose(look_first["cooks"], in_r["least_squares"], rtol=1e-8)
    ours = look_first["by_deseq2"].loc[in_r.index]  # equal leverages stand in for DESeq2's weights
    np.testing.assert_allclose(ours, in_r["deseq2"], rtol=0.1, atol=0.02)
    assert ours.idxmax() == in_r["deseq2"].idxmax()
    assert ours.max() == pytest.approx(in_r["deseq2"].max(), rel=1e-3)


def test_flagged_genes_lie_beyond_the_limit_and_hold_those_that_r_lists(look_first):
    flagged, limit = look_first["flagged"], look_first["limit"]
    assert (flagged["largest_distance"] > limit).all()
    in_r = pd.read_csv(DATA / "airway_cooks_R.csv").groupby("gene")["deseq2"].max()
    np.testing.assert_allclose(flagged.loc[in_r.index, "largest_distance"], in_r, rtol=1e-3)


def test_p_values_against_a_threshold_are_those_of_treat_in_r():
    """The chapter's few lines, on the genes and the log-CPM that R's script takes."""
    text = (tasks.ROOT / "book/deseq2_edger_limma.md").read_text(encoding="utf-8")
    cells = jupytext.reads(text, "md:myst").cells
    (cell,) = [cell for cell in cells if "def treat(" in cell.source]
    names = {"pd": pd}
    exec(cell.source, names)
    in_r = pd.read_csv(DATA / "airway_treat_R.csv", index_col="gene")
    df_counts, df_meta = hw.load_experiment("airway")
    stored = pd.read_csv(tasks.ROOT / "rnaseq_hw/data/airway/r_methods.csv.gz", index_col="gene")
    factors = hw.tmm_factors(df_counts)
    log_cpm = hw.log2_counts_per_million(df_counts, norm_factors=factors)
    log_cpm = log_cpm.loc[:, stored["edger_p_value"].notna()]
    paired = hw.moderated_mean_differences(log_cpm, df_meta, "condition", block_col="cell_line")
    p_values = names["treat"](paired)
    adjusted = hw.benjamini_hochberg(p_values)
    np.testing.assert_allclose(p_values[in_r.index], in_r["p_value"], rtol=1e-8)
    np.testing.assert_allclose(adjusted[in_r.index], in_r["adj_p_value"], rtol=1e-8)


@pytest.fixture(scope="module")
def sample_size():
    return names_of("sample_size")


@pytest.mark.parametrize("row", range(len(POWER_IN_R)))
def test_noncentral_t_is_that_of_power_t_test(sample_size, row):
    n, effect, alpha, power = POWER_IN_R.loc[row]
    # Without scatter between individuals and with one read, the standard deviation is 1.
    ours = sample_size["formulas"](n, np.exp(effect), bcv=0, mean=1, alpha=alpha)
    assert ours["noncentral t"] == pytest.approx(power, rel=1e-6)


def test_samples_by_the_formula_of_hart_have_the_power_that_was_asked_for(sample_size):
    z = 1.959963984540054 + 0.8416212335729143
    n = 2 * z**2 * (1 / 100 + 0.4**2) / np.log(2) ** 2
    assert sample_size["formulas"](n, fold=2, bcv=0.4)["Hart"] == pytest.approx(0.8)


def test_unshifted_gene_is_called_as_often_as_alpha_says(sample_size):
    for n in sample_size["sizes"]:
        rate = (sample_size["one_gene"](n, fold=1, bcv=0.2)["p_value"] < 0.05).mean()
        assert abs(rate - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 10_000), n


def test_simulated_power_is_near_the_noncentral_t_where_counts_are_large(sample_size):
    table = sample_size["one_gene_power"]
    for (bcv, fold), powers in table.iterrows():
        for n, power in powers.items():
            theory = sample_size["formulas"](n, fold, bcv)["noncentral t"]
            if np.isfinite(theory):  # SciPy has no value for some effects far out
                assert power == pytest.approx(theory, abs=0.04), (bcv, fold, n)


def test_power_grows_with_samples_and_effect_and_falls_with_scatter(sample_size):
    found = sample_size["grid"]["mean", "found"].to_numpy().reshape(3, 2, 4)  # BCV, fold, n
    slack = 4 * sample_size["grid"]["se", "found"].max()
    by_bcv, by_fold, by_n = (np.diff(found, axis=axis) for axis in range(3))
    assert by_bcv.max() < slack
    assert min(by_fold.min(), by_n.min()) > -slack
    assert min(-by_bcv.min(), by_fold.max(), by_n.max()) > 0.3


def test_lists_keep_their_false_discovery_rate(sample_size):
    fdp, se = sample_size["grid"]["mean", "FDP"], sample_size["grid"]["se", "FDP"]
    pooled = np.sqrt((se**2).sum()) / len(se)
    assert abs(fdp.mean() - 0.9 * 0.05) < 4 * pooled


def test_stored_scatter_between_replicates_is_near_a_simple_estimate():
    """The mean of (variance - mean) / mean^2 over genes, as the chapter on counts pools it."""

    def pooled_bcv(counts):
        size = counts.sum(axis="columns")
        scaled = counts.div(size / size.mean(), axis="index")
        mean, variance = scaled.mean(), scaled.var()
        strong = mean >= 100
        return np.sqrt(((variance - mean) / mean**2)[strong].mean())

    lanes, tissue = hw.load_experiment("marioni")
    airway, samples = hw.load_experiment("airway")
    kidney = pooled_bcv(lanes[tissue["tissue"] == "kidney"])
    donors = pooled_bcv(airway[samples["condition"] == "Control"])
    assert donors == pytest.approx(BCV.loc["donors", "common"], rel=0.3)
    assert max(kidney, BCV.loc["lanes", "common"]) < 0.04


def test_stored_scatter_within_donors_is_near_that_of_pydeseq2():
    fitted = pd.read_csv(tasks.ROOT / "rnaseq_hw/data/airway/pydeseq2.csv.gz")
    strong = fitted["base_mean"] >= 100
    bcv = np.sqrt(fitted.loc[strong, "dispersion"])
    assert bcv.median() == pytest.approx(BCV.loc["pairs of dishes", "median"], rel=0.3)
