import math
import tracemalloc
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from rnaseq_hw import (
    _two_groups,
    group_mean_differences,
    log2_normalize_expression,
    simulate_dataset,
)

DATA = Path(__file__).parent / "data"
R_RESULTS = pd.read_csv(DATA / "seed44_ttest_R.csv", index_col="gene")
EDGE_CASES = pd.read_csv(
    DATA / "edge_cases.csv", index_col="case", dtype=str, keep_default_na=False
)
EDGE_CASES = EDGE_CASES[~EDGE_CASES["control"].str.startswith("see edge.py")]
R_INTERVALS = pd.read_csv(DATA / "student_intervals_R.csv")
REFUSED = ["plus_inf_in_treat", "minus_inf_in_control", "inf_in_both", "empty_control"]

NAN = np.nan
EXPR = pd.DataFrame({"GeneA": [1.0, 2.0, 4.0, 5.0]}, index=["S01", "S02", "S03", "S04"])
META = pd.DataFrame(
    {"condition": ["Control", "Control", "Treatment", "Treatment"]},
    index=["S01", "S02", "S03", "S04"],
)

# Eighths: sums of them are exact, so that constant genes stay exactly constant.
eighths = st.integers(-512, 512).map(lambda number: number / 8)


def compare(control, treatment, **options):
    """Test one gene from its two lists of values."""
    df_expr = pd.DataFrame({"GeneA": [*control, *treatment]}, dtype=float)
    levels = ["Control"] * len(control) + ["Treatment"] * len(treatment)
    df_meta = pd.DataFrame({"condition": levels})
    results = group_mean_differences(df_expr, df_meta, group_col="condition", **options)
    return results.loc["GeneA"]


def numbers(text):
    """Read the numbers of a cell of edge_cases.csv."""
    return [float(number) for number in text.split()]


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


@pytest.mark.parametrize("case", EDGE_CASES.index.difference(REFUSED, sort=False))
def test_edge_case_has_the_settled_answer(case):
    row = EDGE_CASES.loc[case]
    result = compare(numbers(row["control"]), numbers(row["treatment"]))
    settled = [float(row[f"rec_{column}"]) for column in ("delta", "t", "p")]
    found = result[["delta", "t_stat", "p_value"]].to_numpy()
    np.testing.assert_allclose(found, settled, rtol=1e-13, atol=1e-28)


@pytest.mark.parametrize("case", ["plus_inf_in_treat", "minus_inf_in_control", "inf_in_both"])
def test_edge_case_with_an_infinite_value_is_refused(case):
    row = EDGE_CASES.loc[case]
    with pytest.raises(ValueError, match=r"infinite value: -?inf in row .* Write NaN"):
        compare(numbers(row["control"]), numbers(row["treatment"]))


def test_edge_case_without_a_control_sample_is_refused():
    with pytest.raises(ValueError, match="No sample of df_expr is 'Control'"):
        compare([], numbers(EDGE_CASES.loc["empty_control", "treatment"]))


def test_mean_that_exists_is_kept_where_no_test_is_possible():
    result = compare([1.0, 2.0, 6.0], [NAN, NAN, NAN])
    assert result["mean_control"] == 3.0
    assert result.drop("mean_control").isna().all()


def test_mean_of_equal_values_is_that_value():
    result = compare([0.1] * 3, [0.7] * 3)
    assert result[["mean_control", "mean_treatment"]].tolist() == [0.1, 0.7]


def test_group_constant_but_for_rounding_is_constant_beside_a_group_of_zeros():
    result = compare([0.0, 0.0, 0.0], [1.0, 1.0 + 2**-52, 1.0])
    assert result[["t_stat", "p_value"]].tolist() == [np.inf, 0.0]


def test_spread_too_large_for_a_floating_point_number_gives_no_test():
    result = compare([1e160, 2e160, 3e160], [2e160, 4e160, 7e160])
    assert result["mean_control"] == 2e160
    assert result[["t_stat", "p_value"]].isna().all()


@pytest.mark.parametrize("case", EDGE_CASES.index.difference(REFUSED, sort=False))
def test_edge_case_raises_nothing_where_the_caller_wants_floating_point_errors(case):
    row = EDGE_CASES.loc[case]
    with np.errstate(all="raise"):
        compare(numbers(row["control"]), numbers(row["treatment"]))


def test_p_value_that_underflows_is_zero_beside_a_finite_t():
    rng = np.random.default_rng(1)
    result = compare(rng.normal(0, 0.01, 200), rng.normal(1000, 0.01, 200))
    assert 1e5 < result["t_stat"] < np.inf
    assert result["p_value"] == 0.0


def test_tiny_p_value_keeps_its_digits():
    values = [0.0, 1.0] * 20
    result = compare(values, [value + 1000 for value in values])
    expected = 2 * stats.t.sf(result["t_stat"], 78)
    assert 0 < expected < 1e-200
    assert result["p_value"] == pytest.approx(expected, rel=1e-10, abs=0)


@pytest.mark.parametrize("mean", [1e8, 1e12])
def test_large_mean_leaves_the_digits_of_the_test(mean):
    rng = np.random.default_rng(44)
    control, treatment = rng.normal(mean, 1, (2, 30))
    exact_delta, exact_t = exact_student(control, treatment)
    result = compare(control, treatment)
    assert result["delta"] == pytest.approx(exact_delta, rel=1e-12, abs=0)
    assert result["t_stat"] == pytest.approx(exact_t, rel=1e-12, abs=0)
    assert result["p_value"] == pytest.approx(2 * stats.t.sf(abs(exact_t), 58), rel=1e-11, abs=0)


def exact_student(control, treatment):
    """Compute delta and t with whole fractions, without rounding."""
    groups = [[Fraction(value) for value in group] for group in (control, treatment)]
    means = [sum(group) / len(group) for group in groups]
    squares = sum(
        (value - mean) ** 2 for group, mean in zip(groups, means, strict=True) for value in group
    )
    n_c, n_t = map(len, groups)
    variance = squares / (n_c + n_t - 2) * (Fraction(1, n_c) + Fraction(1, n_t))
    delta = means[1] - means[0]
    return float(delta), math.copysign(math.sqrt(delta**2 / variance), delta)


@pytest.mark.parametrize("scale", [log2_normalize_expression, lambda df_expr: df_expr])
def test_constant_genes_are_called_only_where_they_are_shifted(scale):
    df_expr, df_meta, true_genes = simulate_dataset(
        n_genes=2000, noise_sd=0, missing_p=0.05, seed=1
    )
    results = group_mean_differences(scale(df_expr), df_meta, group_col="condition")
    assert results.drop(true_genes)["p_value"].isna().all()
    assert (results.loc[true_genes, "p_value"] == 0).all()
    assert (results.loc[true_genes, "t_stat"] == np.inf).all()


@pytest.mark.parametrize(("control", "treatment"), [([1, 1], [2, 2]), ([2, 2], [1, 1])])
def test_infinite_t_has_the_sign_of_delta(control, treatment):
    result = compare(control, treatment)
    assert result["t_stat"] == np.sign(result["delta"]) * np.inf


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


def test_samples_of_the_table_that_have_no_expression_are_passed_over():
    extra = pd.DataFrame({"condition": ["Control", "unknown"]}, index=["S99", "S99"])
    results = group_mean_differences(EXPR, pd.concat([extra, META]), "condition")
    pd.testing.assert_frame_equal(results, group_mean_differences(EXPR, META, "condition"))


@pytest.mark.parametrize("dtype", ["category", "string", "object"])
def test_levels_may_be_of_any_type_of_text(dtype):
    results = group_mean_differences(EXPR, META.astype(dtype), "condition")
    assert results.loc["GeneA", "delta"] == 3.0


def test_table_without_genes_gives_an_empty_result():
    results = group_mean_differences(EXPR[[]], META, "condition")
    assert results.shape == (0, 5)


def test_column_called_group_is_the_default():
    results = group_mean_differences(EXPR, META.rename(columns={"condition": "group"}))
    assert results.loc["GeneA", "delta"] == 3.0


def test_missing_group_column_names_the_columns_there_are():
    message = "no column 'group'; its columns are 'condition'.*group_col='condition'"
    with pytest.raises(KeyError, match=message):
        group_mean_differences(EXPR, META)


def test_absent_samples_are_named_up_to_five():
    df_expr = pd.DataFrame({"GeneA": 1.0}, index=list("abcdefg"))
    message = r"absent from df_meta: 'a', 'b', 'c', 'd', 'e' and 2 more\. The index"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(df_expr, META, "condition")


def test_one_absent_sample_is_named_alone():
    with pytest.raises(ValueError, match=r"absent from df_meta: 'S02'\. The index"):
        group_mean_differences(EXPR, META.drop("S02"), "condition")


def test_sample_that_stands_twice_in_the_expression_table_is_refused():
    message = r"sample labels in df_expr: S01\. Give each its own name, or drop"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR.rename({"S02": "S01"}), META, "condition")


def test_sample_that_stands_twice_in_the_sample_table_is_refused():
    twice = pd.concat([META, META.loc[["S03"]]])
    message = r"sample labels in df_meta: S03\. Give each its own name, or drop"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR, twice, "condition")


def test_gene_that_stands_twice_is_refused():
    twice = pd.concat([EXPR, EXPR], axis=1)
    with pytest.raises(ValueError, match=r"gene names in df_expr: GeneA\. Give each its own name"):
        group_mean_differences(twice, META, "condition")


@pytest.mark.parametrize("level", ["control", "Placebo", None, 1])
def test_other_level_is_refused_with_its_sample(level):
    df_meta = META.astype(object)
    df_meta.loc["S02", "condition"] = level
    message = rf"must hold 'Control' or 'Treatment', not {level!r} \(sample S02\)"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR, df_meta, "condition")


@pytest.mark.parametrize("missing", ["Control", "Treatment"])
def test_group_without_a_sample_is_refused(missing):
    kept = META[META["condition"] != missing]
    message = f"No sample of df_expr is '{missing}' in column 'condition'.*needs samples of both"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR.loc[kept.index], META, "condition")


def test_expression_table_without_samples_is_refused():
    with pytest.raises(ValueError, match="No sample of df_expr is 'Control'"):
        group_mean_differences(EXPR.iloc[:0], META, "condition")


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinite_value_is_refused_by_place(value):
    df_expr = pd.DataFrame({"GeneA": [1.0, 2.0, 4.0, value]}, index=EXPR.index)
    with pytest.raises(ValueError, match=f"{value} in row S04, column GeneA. Write NaN"):
        group_mean_differences(df_expr, META, "condition")


def test_expression_that_is_no_table_is_refused():
    with pytest.raises(TypeError, match=r"df_expr must be a pandas DataFrame, not ndarray; wrap"):
        group_mean_differences(EXPR.to_numpy(), META, "condition")


def test_sample_table_that_is_a_column_is_refused():
    with pytest.raises(TypeError, match=r"df_meta must be a pandas DataFrame, not Series; wrap"):
        group_mean_differences(EXPR, META["condition"], "condition")


def test_condition_left_among_the_genes_is_refused():
    with pytest.raises(TypeError, match=r"column condition holds .*; move columns that are not"):
        group_mean_differences(EXPR.join(META), META, "condition")


def test_group_column_that_stands_twice_is_refused():
    df_expr = pd.DataFrame({"g": [1.0, 2.0]}, index=["S01", "S02"])
    levels = [["Control", "Control"], ["Treatment", "Treatment"]]
    df_meta = pd.DataFrame(levels, index=df_expr.index, columns=["group", "group"])
    with pytest.raises(ValueError, match="Duplicated column names in df_meta: group"):
        group_mean_differences(df_expr, df_meta)


def test_list_as_group_column_is_told_what_columns_there_are():
    df_expr = pd.DataFrame({"g": [1.0]}, index=["S01"])
    df_meta = pd.DataFrame({"condition": ["Control"]}, index=["S01"])
    with pytest.raises(KeyError, match=r"no column \['condition'\]; its columns are 'condition'"):
        group_mean_differences(df_expr, df_meta, group_col=["condition"])


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


@pytest.mark.parametrize("far", [1e-3, 1e9])
def test_first_value_may_be_missing_or_far_from_the_others(far):
    control, treatment = [np.nan, far, 1.0, 2.0, 4.0], [np.nan, np.nan, 3.0, 5.0, 9.0]
    result = compare(control, treatment)
    expected = stats.ttest_ind([3.0, 5.0, 9.0], [far, 1.0, 2.0, 4.0])
    assert result["t_stat"] == pytest.approx(expected.statistic, rel=1e-12)
    assert result["p_value"] == pytest.approx(expected.pvalue, rel=1e-12)


@pytest.mark.parametrize(
    "row", list(R_INTERVALS.itertuples()), ids=lambda row: f"{row.case}-{row[2]}"
)
def test_interval_is_that_of_r(row):
    samples = EDGE_CASES.loc[row.case]
    control, treatment = numbers(samples["control"]), numbers(samples["treatment"])
    result = compare(control, treatment, confidence=row.confidence)
    assert result[["ci_low", "ci_high"]].tolist() == pytest.approx(
        [row.ci_low, row.ci_high], rel=1e-11, abs=1e-12
    )


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
