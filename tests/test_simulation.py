from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import simulate_dataset

PUBLISHED_HEAD = pd.read_csv(
    Path(__file__).parent / "data" / "published_head.csv",
    index_col="sample",
    dtype=str,
    keep_default_na=False,
)
SMALL = {"n_samples": 6, "n_genes": 8, "n_shift": 3, "seed": 1}


def test_published_table_is_reproduced_to_the_last_printed_digit(published):
    df_expr, _, _ = published
    head = df_expr.loc[PUBLISHED_HEAD.index, PUBLISHED_HEAD.columns]
    printed = head.map(lambda value: "NaN" if np.isnan(value) else f"{value:.6f}")
    assert printed.to_numpy().tolist() == PUBLISHED_HEAD.to_numpy().tolist()


def test_published_shifted_genes_come_in_the_order_drawn(published):
    _, _, true_genes = published
    numbers = [963, 755, 883, 639, 826, 486, 900, 641, 228, 331]
    assert true_genes == [f"Gene{number:05d}" for number in numbers]


def test_published_missingness_is_about_5_percent_and_at_most_13_in_a_gene(published):
    missing = published[0].isna()
    assert missing.to_numpy().mean() == pytest.approx(0.05, abs=0.002)
    assert missing.mean().max() == 0.13


def test_published_sample_table_is_as_printed(published):
    _, df_meta, _ = published
    assert df_meta.index.name == "sample"
    assert df_meta.columns.tolist() == ["condition"]
    assert df_meta["condition"].tolist() == ["Control"] * 50 + ["Treatment"] * 50
    assert df_meta.index[25] == "S26"


def test_published_tables_share_their_sample_labels_in_order(published):
    df_expr, df_meta, _ = published
    assert df_expr.index.tolist() == df_meta.index.tolist()
    assert df_expr.index[[0, 99]].tolist() == ["S01", "S100"]
    assert df_expr.columns[[0, 999]].tolist() == ["Gene00001", "Gene01000"]


def test_odd_sample_goes_to_treatment():
    _, df_meta, _ = simulate_dataset(n_samples=5, n_genes=1, n_shift=0, seed=1)
    assert df_meta["condition"].tolist() == ["Control"] * 2 + ["Treatment"] * 3


def test_shift_multiplies_only_the_shifted_genes_and_only_in_treatment():
    plain, df_meta, true_genes = simulate_dataset(**SMALL, shift_size=0)
    shifted, _, _ = simulate_dataset(**SMALL, shift_size=2)
    expected = plain.copy()
    expected.loc[df_meta["condition"] == "Treatment", true_genes] *= np.exp(2)
    pd.testing.assert_frame_equal(shifted, expected, rtol=1e-14)


def test_shift_of_zero_still_draws_names():
    _, _, shifted = simulate_dataset(**SMALL, shift_size=2)
    _, _, unshifted = simulate_dataset(**SMALL, shift_size=0)
    assert unshifted == shifted
    assert len(unshifted) == 3


def test_negative_shift_lowers_expression():
    plain, _, true_genes = simulate_dataset(**SMALL, shift_size=0)
    lowered, _, _ = simulate_dataset(**SMALL, shift_size=-2)
    assert (lowered.loc["S06", true_genes] < plain.loc["S06", true_genes]).all()


def test_missing_values_leave_the_others_as_they_were():
    complete, _, _ = simulate_dataset(**SMALL, missing_p=0)
    holed, _, _ = simulate_dataset(**SMALL, missing_p=0.4)
    assert 0 < holed.isna().sum().sum() < holed.size
    pd.testing.assert_frame_equal(holed, complete.where(holed.notna()))


def test_values_are_missing_even_when_no_gene_is_shifted():
    assert simulate_dataset(**SMALL, shift_size=0, missing_p=0.4)[0].isna().any(axis=None)


def test_missing_probability_of_zero_leaves_no_gap():
    assert simulate_dataset(**SMALL, missing_p=0)[0].notna().all(axis=None)


def test_missing_probability_of_one_leaves_no_value():
    assert simulate_dataset(**SMALL, missing_p=1)[0].isna().all(axis=None)


def test_without_noise_all_samples_of_a_condition_are_alike():
    df_expr, df_meta, _ = simulate_dataset(**SMALL, noise_sd=0)
    spread = df_expr.groupby(df_meta["condition"]).agg(np.ptp)
    assert (spread == 0).all(axis=None)


def test_same_seed_gives_the_same_data():
    for first, second in zip(simulate_dataset(seed=7), simulate_dataset(seed=7), strict=True):
        assert first is not second
        assert first == second if isinstance(first, list) else first.equals(second)


def test_other_seed_gives_other_data():
    assert not simulate_dataset(seed=7)[0].equals(simulate_dataset(seed=8)[0])


def test_without_seed_each_call_gives_other_data():
    assert not simulate_dataset()[0].equals(simulate_dataset()[0])


@pytest.mark.parametrize("seed", [None, 44])
def test_global_random_state_of_numpy_is_left_alone(seed):
    before = np.random.get_state()  # noqa: NPY002
    simulate_dataset(seed=seed)
    after = np.random.get_state()  # noqa: NPY002
    np.testing.assert_array_equal(before[1], after[1])
    assert before[2:] == after[2:]


def test_every_gene_may_be_shifted():
    _, _, true_genes = simulate_dataset(n_samples=2, n_genes=3, n_shift=3, seed=1)
    assert sorted(true_genes) == ["Gene00001", "Gene00002", "Gene00003"]


def test_no_gene_may_be_shifted():
    assert simulate_dataset(n_samples=2, n_genes=3, n_shift=0, seed=1)[2] == []


@pytest.mark.parametrize(("n_samples", "n_genes"), [(0, 3), (3, 0), (0, 0)])
def test_empty_sizes_give_empty_tables(n_samples, n_genes):
    df_expr, df_meta, _ = simulate_dataset(n_samples, n_genes, n_shift=0, seed=1)
    assert df_expr.shape == (n_samples, n_genes)
    assert df_meta.shape == (n_samples, 1)


@pytest.mark.parametrize("name", ["n_samples", "n_genes", "n_shift"])
def test_negative_size_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} must be zero or more, not -1"):
        simulate_dataset(**{name: -1})


@pytest.mark.parametrize("size", [2.0, "2", True, None])
@pytest.mark.parametrize("name", ["n_samples", "n_genes", "n_shift"])
def test_size_that_is_no_whole_number_is_refused(name, size):
    with pytest.raises(TypeError, match=f"{name} must be a whole number, not {size!r}"):
        simulate_dataset(**{name: size})


def test_numpy_integer_is_a_size():
    assert simulate_dataset(np.int64(2), np.int32(3), np.int64(1), seed=1)[0].shape == (2, 3)


def test_more_shifted_genes_than_genes_is_refused():
    with pytest.raises(ValueError, match=r"n_shift=3 .* n_genes=2; lower n_shift or raise n_genes"):
        simulate_dataset(n_genes=2, n_shift=3)


@pytest.mark.parametrize("missing_p", [-0.1, 1.1, 5, np.nan])
def test_missing_probability_outside_0_to_1_is_refused(missing_p):
    with pytest.raises(ValueError, match=f"missing_p must be from 0 to 1, not {missing_p}"):
        simulate_dataset(missing_p=missing_p)


@pytest.mark.parametrize("noise_sd", [-0.2, np.inf, np.nan])
def test_noise_that_is_negative_or_not_finite_is_refused(noise_sd):
    with pytest.raises(ValueError, match=f"noise_sd must be finite and at least 0, not {noise_sd}"):
        simulate_dataset(noise_sd=noise_sd)


@pytest.mark.parametrize("shift_size", [np.inf, -np.inf, np.nan])
def test_shift_that_is_not_finite_is_refused(shift_size):
    with pytest.raises(ValueError, match=f"shift_size must be finite, not {shift_size}"):
        simulate_dataset(shift_size=shift_size)


@pytest.mark.parametrize("name", ["shift_size", "noise_sd", "missing_p"])
def test_setting_that_is_no_number_is_refused(name):
    with pytest.raises(TypeError, match=f"{name} must be a number, not '1'"):
        simulate_dataset(**{name: "1"})


@pytest.mark.parametrize("settings", [{"shift_size": 1000}, {"noise_sd": 1e4}])
def test_overflow_is_refused_with_the_remedy(settings):
    with pytest.raises(ValueError, match=r"overflows with .*take a few units"):
        simulate_dataset(n_samples=4, n_genes=3, n_shift=1, seed=1, **settings)


@pytest.mark.parametrize(
    ("seed", "error", "message"),
    [
        (-1, ValueError, r"seed must be from 0 to 4294967295, not -1"),
        (2**32, ValueError, r"seed must be from 0 to 4294967295, not 4294967296"),
        (44.0, TypeError, r"seed must be a whole number, not 44\.0"),
        ("44", TypeError, r"seed must be a whole number, not '44'"),
    ],
)
def test_impossible_seed_is_named(seed, error, message):
    with pytest.raises(error, match=message):
        simulate_dataset(seed=seed)
