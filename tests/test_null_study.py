from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import null_study
from rnaseq_hw._null_experiments import Design, count_batch

OF_R = pd.read_csv(Path(__file__).parent / "data" / "fpr_montecarlo.csv", index_col="scenario")
SMALL = {"n_experiments": 60, "n_genes": 50, "n_samples": 8, "seed": 5}


def scenario_d(n, n_treatment, sd_treatment, test):
    name = f"D n={n} n_treat={n_treatment} sd_c=.2 sd_t={sd_treatment} pc~0 {test}"
    options = {"n_samples": n, "n_treatment": n_treatment, "sd_treatment": sd_treatment}
    return pytest.param(name, {**options, "test": test}, id=name)


def scenario_e(n, correlation):
    name = f"E shared factor rho={correlation} n={n} student"
    return pytest.param(name, {"n_samples": n, "gene_correlation": correlation}, id=name)


SIZES = [(100, 80), (100, 20), (10, 5), (10, 8), (10, 2), (6, 3), (6, 4), (6, 2)]
SCENARIOS = [
    scenario_d(n, n_treatment, sd_treatment, test)
    for n, n_treatment in SIZES
    for sd_treatment in (0.2, 0.4)
    for test in ("student", "welch")
]
SCENARIOS += [scenario_e(n, correlation) for n in (10, 6) for correlation in (0.0, 0.1, 0.5)]
SCENARIOS += [
    pytest.param(
        f"A seed-sim n={n} miss=0.05 {test}",
        {"n_samples": n, "missing_p": 0.05, "test": test},
        id=f"A n={n} {test}",
    )
    for n in (10, 6)
    for test in ("student", "welch")
]


@pytest.mark.parametrize(("name", "options"), SCENARIOS)
def test_false_positive_rate_agrees_with_another_simulation(name, options):
    study = null_study(n_experiments=120, seed=44, workers=1, **options)
    rate = study["fp"].sum() / study["tested"].sum()
    expected = OF_R.loc[name]
    own_error = study["false_positive_rate"].std() / np.sqrt(120)
    both = np.hypot(own_error, expected["se_.05"])
    assert rate == pytest.approx(expected["fpr_.05"], abs=4 * both)


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.5])
def test_rate_of_student_is_alpha_where_its_assumptions_hold(alpha):
    study = null_study(n_experiments=100, n_genes=500, n_samples=12, alpha=alpha, seed=1, workers=1)
    tolerance = 4 * np.sqrt(alpha * (1 - alpha) / study["tested"].sum())
    assert study["false_positive_rate"].mean() == pytest.approx(alpha, abs=tolerance)


@pytest.mark.parametrize("correlation", [0.0, 0.1, 0.5])
def test_shared_factor_makes_experiments_differ_as_in_the_other_simulation(correlation):
    options = {"n_samples": 10, "gene_correlation": correlation}
    study = null_study(n_experiments=600, seed=2, workers=1, **options)
    expected = OF_R.loc[f"E shared factor rho={correlation} n=10 student", "sd_per_experiment_.05"]
    assert study["false_positive_rate"].std() == pytest.approx(expected, rel=0.2)


def test_result_is_the_same_whoever_computes_it():
    alone = null_study(**SMALL, workers=1)
    pd.testing.assert_frame_equal(null_study(**SMALL, workers=2), alone, check_exact=True)
    with ThreadPoolExecutor(3) as executor:
        by_threads = null_study(**SMALL, executor=executor)
    pd.testing.assert_frame_equal(by_threads, alone, check_exact=True)


def test_dask_cluster_can_compute_it():
    from distributed import Client  # not there in a browser's Python

    options = {"processes": False, "n_workers": 2, "threads_per_worker": 1}
    with Client(**options, dashboard_address="127.0.0.1:0") as client:
        by_dask = null_study(**SMALL, executor=client.get_executor())
    pd.testing.assert_frame_equal(by_dask, null_study(**SMALL, workers=1), check_exact=True)


def test_longer_study_begins_with_the_shorter_one():
    shorter = null_study(**SMALL, workers=1)
    longer = null_study(**SMALL | {"n_experiments": 77}, workers=1)
    pd.testing.assert_frame_equal(longer.head(60), shorter)


def test_streams_are_those_that_a_seed_sequence_spawns():
    design = Design(np.ones(4), 2, 500, 0.0, 0.0, 0.05, "student")
    third = np.random.default_rng(np.random.SeedSequence(9).spawn(4)[3])
    values = third.standard_normal((4, 500))
    spread = values[:2].var(axis=0, ddof=1) + values[2:].var(axis=0, ddof=1)
    t = abs(values[2:].mean(axis=0) - values[:2].mean(axis=0)) / np.sqrt(spread / 2)
    assert count_batch(design, 9, range(3, 4)) == [((t > 4.302652729911275).sum(), 500)]


def test_seed_decides_and_no_seed_differs():
    first, other = null_study(**SMALL, workers=1), null_study(**SMALL | {"seed": 6}, workers=1)
    assert not first.equals(other)
    without = [null_study(**SMALL | {"seed": None}, workers=1) for _ in range(2)]
    assert not without[0].equals(without[1])


def test_columns_and_rates():
    study = null_study(**SMALL, missing_p=0.3, workers=1)
    assert study.columns.tolist() == ["fp", "tested", "false_positive_rate"]
    assert study.index.name == "experiment"
    assert study["tested"].min() < 50
    pd.testing.assert_series_equal(
        study["false_positive_rate"], study["fp"] / study["tested"], check_names=False
    )


def test_experiment_without_a_test_has_no_rate():
    study = null_study(**SMALL | {"n_samples": 2}, workers=1)
    assert study["tested"].sum() == 0
    assert study["false_positive_rate"].isna().all()


def test_no_experiment_gives_no_row():
    assert null_study(**SMALL | {"n_experiments": 0}).shape == (0, 3)


def test_progress_is_told_only_if_asked_for(capsys):
    null_study(**SMALL, workers=1)
    assert capsys.readouterr() == ("", "")
    null_study(**SMALL, workers=1, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.split("\r")[1:] == [
        "[============                  ] 25 of 60 experiments",
        "[=========================     ] 50 of 60 experiments",
        "[==============================] 60 of 60 experiments\n",
    ]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"test": "t"}, ValueError, "test must be 'student' or 'welch', not 't'"),
        ({"n_experiments": 1.5}, TypeError, "n_experiments must be a whole number"),
        ({"n_treatment": 9}, ValueError, "n_treatment must be from 1 to 7, not 9"),
        ({"n_treatment": 0}, ValueError, "n_treatment must be from 1 to 7, not 0"),
        ({"n_samples": 1}, ValueError, "n_samples must be at least 2, not 1"),
        ({"sd_treatment": -1}, ValueError, "sd_treatment must be finite and at least 0, not -1"),
        ({"gene_correlation": 1.1}, ValueError, "gene_correlation must be from 0 to 1"),
        ({"alpha": 5}, ValueError, "alpha must be from 0 to 1, not 5"),
        ({"workers": 0}, ValueError, "workers must be at least 1, not 0"),
        ({"workers": 1, "executor": object()}, ValueError, "workers or executor, not both"),
    ],
)
def test_impossible_options_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        null_study(**SMALL | options)
