import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import simulate_counts

PLAIN = {"n_shift": 0, "library_spread": 0.0}


def means(df_counts, df_meta, level):
    return df_counts[df_meta["condition"] == level].mean()


def log2_ratio(df_counts, df_meta):
    with np.errstate(divide="ignore"):
        treatment, control = (means(df_counts, df_meta, x) for x in ("Treatment", "Control"))
        return np.log2(treatment / control)


def test_counts_are_whole_numbers_with_the_labels_of_the_sample_table():
    df_counts, df_meta, true_genes = simulate_counts(n_samples=5, n_genes=30, n_shift=4, seed=1)
    assert df_counts.shape == (5, 30)
    assert (df_counts.dtypes == "int64").all()
    assert (df_counts >= 0).all(axis=None)
    assert df_counts.index.tolist() == df_meta.index.tolist() == ["S01", "S02", "S03", "S04", "S05"]
    assert df_meta.index.name == "sample"
    assert df_meta["condition"].tolist() == ["Control"] * 2 + ["Treatment"] * 3
    assert len(set(true_genes)) == 4
    assert set(true_genes) <= set(df_counts.columns)


def test_seed_decides_everything():
    first, again, other = (simulate_counts(seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first[0], again[0])
    assert first[2] == again[2]
    assert not first[0].equals(other[0])


def test_no_random_state_outside_is_touched():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    simulate_counts(seed=1)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_shifted_genes_move_by_shift_size_up_and_down_by_turns():
    df_counts, df_meta, true_genes = simulate_counts(
        n_samples=20, n_genes=1000, n_shift=40, shift_size=2, dispersion=0, library_size=1e8, seed=1
    )
    share = df_counts.div(df_counts.drop(columns=true_genes).sum(axis=1), axis=0)
    moved = log2_ratio(share, df_meta)
    np.testing.assert_allclose(moved[true_genes], [2, -2] * 20, atol=0.05)
    np.testing.assert_allclose(moved.drop(true_genes), 0, atol=0.05)


@pytest.mark.parametrize("dispersion", [0, 0.1, 0.5])
def test_variance_is_that_of_the_negative_binomial(dispersion):
    df_counts, _, _ = simulate_counts(
        n_samples=400, n_genes=300, dispersion=dispersion, library_size=3e4, seed=2, **PLAIN
    )
    mean, variance = df_counts.mean(), df_counts.var()
    ratio = variance / (mean + dispersion * mean**2)
    # Each ratio scatters by 7 % and more; their mean by far less.
    assert ratio.mean() == pytest.approx(1, abs=0.03)
    assert mean.sum() == pytest.approx(3e4, rel=0.03)


def test_dispersions_spread_among_genes():
    def log_dispersions(spread):
        df_counts, _, _ = simulate_counts(
            n_samples=400, n_genes=300, dispersion_spread=spread, library_size=1e7, seed=2, **PLAIN
        )
        return np.log((df_counts.var() - df_counts.mean()) / df_counts.mean() ** 2)

    assert log_dispersions(0.8).std() == pytest.approx(0.8, abs=0.12)
    assert log_dispersions(0.8).median() == pytest.approx(np.log(0.1), abs=0.15)
    assert log_dispersions(0).std() < 0.15


def test_library_sizes_spread_around_their_median():
    df_counts, _, _ = simulate_counts(
        n_samples=800, n_genes=20, n_shift=0, library_size=5e5, library_spread=0.4, seed=1
    )
    logs = np.log(df_counts.sum(axis=1))
    assert logs.median() == pytest.approx(np.log(5e5), abs=0.08)
    assert logs.std() == pytest.approx(0.4, abs=0.06)


def test_dominant_genes_take_their_share_and_press_the_others_down_alike():
    df_counts, df_meta, true_genes = simulate_counts(
        n_dominant=3, dominant_share=0.5, dispersion=0, library_size=1e8, seed=1, **PLAIN
    )
    assert len(true_genes) == 3
    share = df_counts.div(df_counts.sum(axis=1), axis=0)
    treated = df_meta["condition"] == "Treatment"
    np.testing.assert_allclose(share.loc[treated, true_genes].sum(axis=1), 0.5, atol=0.001)
    others = log2_ratio(share, df_meta).drop(true_genes)
    assert others.median() == pytest.approx(-1, abs=0.02)
    often = means(df_counts, df_meta, "Control").drop(true_genes) > 10_000
    np.testing.assert_allclose(others[often], others.median(), atol=0.03)


def test_true_genes_are_the_shifted_then_the_dominant():
    options = {"n_genes": 100, "n_shift": 6, "n_dominant": 2, "dominant_share": 0.9, "seed": 3}
    df_counts, df_meta, true_genes = simulate_counts(**options)
    assert len(true_genes) == 8
    largest = means(df_counts, df_meta, "Treatment").nlargest(2).index
    assert set(largest) == set(true_genes[-2:])


@pytest.mark.parametrize(
    ("confounding", "in_b"), [(0, (10, 10)), (0.5, (5, 15)), (1, (0, 20)), (0.2, (8, 12))]
)
def test_confounding_says_how_batches_and_conditions_meet(confounding, in_b):
    df_meta = simulate_counts(n_samples=40, batch_confounding=confounding, seed=1)[1]
    is_b = df_meta["batch"] == "B"
    assert set(df_meta["batch"]) == {"A", "B"}
    by_condition = is_b.groupby(df_meta["condition"]).sum()
    assert tuple(by_condition[["Control", "Treatment"]]) == in_b


def test_batches_differ_by_their_size_gene_by_gene():
    df_counts, df_meta, _ = simulate_counts(
        batch_size=1.5, dispersion=0, library_size=1e9, seed=1, **PLAIN
    )
    by_batch = np.log2(df_counts.groupby(df_meta["batch"]).mean())
    assert (by_batch.loc["B"] - by_batch.loc["A"]).std() == pytest.approx(1.5, rel=0.1)


def test_options_leave_the_draws_of_genes_and_libraries_alone():
    plain = simulate_counts(dispersion=0, batch_size=0, seed=4)
    batch = simulate_counts(dispersion=0, batch_size=2, seed=4)
    assert plain[2] == batch[2]
    in_a = plain[1]["batch"] == "A"
    np.testing.assert_allclose(plain[0][in_a].sum(axis=1), batch[0][in_a].sum(axis=1), rtol=0.01)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"n_samples": 2.5}, TypeError, "n_samples must be a whole number, not 2.5"),
        ({"n_genes": -1}, ValueError, "n_genes must be zero or more, not -1"),
        ({"n_genes": 10, "n_shift": 10}, ValueError, "n_shift=10 .* leave none of n_genes=10"),
        ({"n_samples": 1}, ValueError, "n_samples must be at least 2, not 1"),
        ({"shift_size": np.inf}, ValueError, "shift_size must be from -100 to 100, not inf"),
        ({"batch_size": 1000}, ValueError, "batch_size must be from 0 to 100, not 1000"),
        ({"library_spread": 100}, ValueError, "library_spread must be from 0 to 3, not 100"),
        ({"dispersion": -0.1}, ValueError, "dispersion must be from 0 to 1000.0, not -0.1"),
        ({"library_size": "x"}, TypeError, "library_size must be a number, not 'x'"),
        ({"batch_confounding": 2}, ValueError, "batch_confounding must be from 0 to 1, not 2"),
        ({"n_dominant": 2}, ValueError, "n_dominant=2 and dominant_share=0.0 do not go together"),
        ({"dominant_share": 0.5}, ValueError, "n_dominant=0 and dominant_share=0.5 do not go"),
        ({"n_dominant": 2, "dominant_share": 1}, ValueError, "above 0 and below 1"),
        ({"n_dominant": 2, "dominant_share": 1.5}, ValueError, "from 0 to 1, not 1.5"),
        ({"library_size": 1e30}, ValueError, "library_size must be from 0 to 1000000000000.0"),
    ],
)
def test_impossible_options_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        simulate_counts(**options)
