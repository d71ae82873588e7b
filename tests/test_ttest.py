import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from rnaseq_hw import _two_groups, group_mean_differences, log2_normalize_expression
from tests.one_gene import compare

DATA = Path(__file__).parent / "data"
R_RESULTS = pd.read_csv(DATA / "seed44_ttest_R.csv", index_col="gene")

NAN = np.nan

# Eighths: sums of them are exact, so that constant genes stay exactly constant.
eighths = st.integers(-512, 512).map(lambda number: number / 8)


@st.composite
def experiments(draw):
    """Draw expression values with gaps, and their sample table."""
    n_control, n_treatment = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    n_genes, n_samples = draw(st.integers(1, 4)), n_control + n_treatment
    gene = st.lists(eighths | st.just(NAN), min_size=n_samples, max_size=n_samples)
    samples = [f"S{i:02d}" for i in range(1, n_samples + 1)]
    df_expr = pd.DataFrame({f"Gene{g}": draw(gene) for g in range(n_genes)}, samples, dtype=float)
    levels = ["Control"] * n_control + ["Treatment"] * n_treatment
    return df_expr, pd.DataFrame({"condition": levels}, index=samples)


@pytest.mark.parametrize(
    ("column", "rtol", "atol"),
    [
        ("mean_control", 1e-14, 0),
        ("mean_treatment", 1e-14, 0),
        ("delta", 0, 1e-13),
        ("t_stat", 0, 1e-11),
        ("p_value", 1e-11, 0),
    ],
)
def test_every_published_gene_agrees_with_r(published_results, column, rtol, atol):
    assert published_results.index.tolist() == R_RESULTS.index.tolist()
    np.testing.assert_allclose(published_results[column], R_RESULTS[column], rtol, atol)


def test_top_10_of_the_published_data_are_its_shifted_genes(published, published_results):
    top = published_results.sort_values("p_value").index
    assert set(top[:10]) == set(published[2])
    assert top[0] == "Gene00900"
    assert top[10] == "Gene00447"


def test_published_gene00900_has_the_known_numbers(published_results):
    gene = published_results.loc["Gene00900"]
    assert f"{gene['delta']:.6f}" == "5.616036"
    assert f"{gene['t_stat']:.6f}" == "123.444637"
    assert f"{gene['p_value']:.2e}" == "8.48e-106"


def test_published_best_unshifted_gene_has_the_known_p_value(published_results):
    assert f"{published_results.loc['Gene00447', 'p_value']:.3e}" == "1.339e-03"


def test_measured_shifts_of_the_published_data_lie_below_the_nominal(published, published_results):
    delta = published_results.loc[published[2], "delta"]
    assert [f"{delta.min():.2f}", f"{delta.max():.2f}"] == ["5.27", "5.62"]


@pytest.mark.parametrize("block_bytes", [1, 8 * 100 * 7, 2**30])
def test_size_of_a_block_does_not_matter(published, published_results, monkeypatch, block_bytes):
    monkeypatch.setattr(_two_groups, "BLOCK_BYTES", block_bytes)
    monkeypatch.setattr(_two_groups, "NARROWEST", 1)
    df_log = log2_normalize_expression(published[0])
    results = group_mean_differences(df_log, published[1], group_col="condition")
    pd.testing.assert_frame_equal(results, published_results, rtol=1e-10, atol=1e-13)


@given(
    st.lists(eighths, min_size=2, max_size=8),
    st.lists(eighths, min_size=2, max_size=8),
    st.integers(0, 3),
)
def test_one_gene_agrees_with_scipy_on_the_values_present(control, treatment, n_missing):
    assume(len(set(control)) > 1 and len(set(treatment)) > 1)
    result = compare([*control, *[NAN] * n_missing], [*[NAN] * n_missing, *treatment])
    expected = stats.ttest_ind(treatment, control)
    assert result["mean_control"] == pytest.approx(np.mean(control), rel=1e-12)
    assert result["mean_treatment"] == pytest.approx(np.mean(treatment), rel=1e-12)
    assert result["t_stat"] == pytest.approx(expected.statistic, rel=1e-10, abs=1e-12)
    assert result["p_value"] == pytest.approx(expected.pvalue, rel=1e-9)


@given(experiments())
def test_swapped_labels_negate_delta_and_t_and_keep_p(experiment):
    df_expr, df_meta = experiment
    swapped = df_meta.replace({"Control": "Treatment", "Treatment": "Control"})
    results = group_mean_differences(df_expr, df_meta, "condition")
    mirrored = group_mean_differences(df_expr, swapped, "condition")
    expected = pd.DataFrame(
        {
            "mean_control": results["mean_treatment"],
            "mean_treatment": results["mean_control"],
            "delta": -results["delta"],
            "t_stat": -results["t_stat"],
            "p_value": results["p_value"],
        }
    )
    pd.testing.assert_frame_equal(mirrored, expected, rtol=1e-13)


@given(experiments(), st.randoms(use_true_random=False))
def test_order_of_samples_does_not_matter(experiment, random):
    df_expr, df_meta = experiment
    results = group_mean_differences(df_expr, df_meta, "condition")
    shuffled = df_expr.loc[random.sample(list(df_expr.index), len(df_expr))]
    other_meta = df_meta.loc[random.sample(list(df_meta.index), len(df_meta))]
    again = group_mean_differences(shuffled, other_meta, "condition")
    pd.testing.assert_frame_equal(again, results, rtol=1e-10, atol=1e-12)


@given(experiments(), st.randoms(use_true_random=False))
def test_order_of_genes_is_the_order_of_the_results(experiment, random):
    df_expr, df_meta = experiment
    genes = random.sample(list(df_expr.columns), df_expr.shape[1])
    results = group_mean_differences(df_expr, df_meta, "condition")
    again = group_mean_differences(df_expr[genes], df_meta, "condition")
    pd.testing.assert_frame_equal(again, results.loc[genes], rtol=1e-10, atol=1e-12)


@given(experiments(), st.floats(-1000, 1000))
def test_shifting_all_values_changes_only_the_means(experiment, shift):
    df_expr, df_meta = experiment
    results = group_mean_differences(df_expr, df_meta, "condition")
    results[["mean_control", "mean_treatment"]] += shift
    again = group_mean_differences(df_expr + shift, df_meta, "condition")
    pd.testing.assert_frame_equal(again, results, rtol=1e-9, atol=1e-9)


@given(experiments(), st.floats(0.001, 1000))
def test_scaling_all_values_keeps_t_and_p(experiment, factor):
    df_expr, df_meta = experiment
    results = group_mean_differences(df_expr, df_meta, "condition")
    results[["mean_control", "mean_treatment", "delta"]] *= factor
    again = group_mean_differences(df_expr * factor, df_meta, "condition")
    pd.testing.assert_frame_equal(again, results, rtol=1e-9, atol=1e-9)


@given(experiments())
def test_input_is_not_changed(experiment):
    df_expr, df_meta = experiment
    before = df_expr.copy(deep=True), df_meta.copy(deep=True)
    group_mean_differences(df_expr, df_meta, "condition")
    pd.testing.assert_frame_equal(df_expr, before[0])
    pd.testing.assert_frame_equal(df_meta, before[1])


def test_browser_without_threads_gets_the_same(published, published_results, monkeypatch):
    monkeypatch.setattr(_two_groups, "BLOCK_BYTES", 1)
    monkeypatch.setattr(_two_groups, "ThreadPoolExecutor", None)
    monkeypatch.setattr(_two_groups.sys, "platform", "emscripten")
    df_log = log2_normalize_expression(published[0])
    results = group_mean_differences(df_log, published[1], group_col="condition")
    pd.testing.assert_frame_equal(results, published_results, rtol=1e-10, atol=1e-13)


def test_extra_memory_is_a_small_part_of_the_table():
    rng = np.random.default_rng(1)
    df_expr = pd.DataFrame(rng.normal(size=(100, 20_000))).mask(rng.random((100, 20_000)) < 0.05)
    df_meta = pd.DataFrame({"condition": ["Control"] * 50 + ["Treatment"] * 50})
    group_mean_differences(df_expr, df_meta, group_col="condition")  # pandas looks labels up, once
    tracemalloc.start()
    group_mean_differences(df_expr, df_meta, group_col="condition")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.15 * df_expr.to_numpy().nbytes


def test_interval_follows_the_five_columns_and_changes_none(published, published_results):
    df_log = log2_normalize_expression(published[0])
    results = group_mean_differences(df_log, published[1], "condition", confidence=0.95)
    assert list(results.columns[5:]) == ["ci_low", "ci_high"]
    pd.testing.assert_frame_equal(results.iloc[:, :5], published_results)


@given(experiments())
def test_interval_leaves_out_zero_just_when_the_gene_is_called(experiment):
    results = group_mean_differences(*experiment, "condition", confidence=0.95)
    assert (results["ci_low"].isna() == results["p_value"].isna()).all()
    tested = results[(results["p_value"] - 0.05).abs() > 1e-9]  # NaN drops out, and ties
    leaves_out_zero = (tested["ci_low"] > 0) | (tested["ci_high"] < 0)
    assert (leaves_out_zero == (tested["p_value"] < 0.05)).all()


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, NAN])
def test_confidence_that_is_no_fraction_is_refused(confidence):
    with pytest.raises(ValueError, match=r"confidence must lie between 0 and 1, like 0\.95, not"):
        compare([1.0, 2.0], [3.0, 4.0], confidence=confidence)
