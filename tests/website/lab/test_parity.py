"""The browser computes what the package computes, for the same settings and seed."""

import numpy as np
import pytest
from scipy import special, stats

import rnaseq_hw as hw
from tasks import ROOT
from website.extensions.blocks.lab import lab_defaults

LAB = ROOT / "website" / "lab"

SEED = 44  # whatever the book's is
HOMEWORK = lab_defaults(SEED) | {"test": "student", "adjust": "raw"}
SMALL = HOMEWORK | {"n_genes": 200}
CASES = [
    HOMEWORK,
    HOMEWORK | {"seed": 0},
    HOMEWORK | {"seed": 2**32 - 1, "n_shift": 500},
    HOMEWORK | {"shift_size": 0},
    HOMEWORK | {"shift_size": 0, "seed": 1, "alpha": 0.01},
    HOMEWORK | {"noise_sd": 2, "seed": 5, "missing_p": 0},
    HOMEWORK | {"noise_sd": 0.05, "shift_size": 0.1, "seed": 6},
    HOMEWORK | {"n_samples": 10, "missing_p": 0.5, "seed": 7},
    HOMEWORK | {"n_samples": 4, "missing_p": 0.9, "seed": 8},
    HOMEWORK | {"n_samples": 4, "missing_p": 0, "seed": 9},
    HOMEWORK | {"n_samples": 7, "missing_p": 0.3, "seed": 10, "max_missing": 0.4},
    HOMEWORK | {"n_samples": 200, "n_shift": 0, "seed": 11},
    HOMEWORK | {"n_samples": 100, "max_missing": 0.05, "seed": 12},
    SMALL | {"pseudocount": 0, "seed": 13},
    SMALL | {"pseudocount": 2.5, "seed": 14, "shift_size": 5},
    SMALL | {"noise_sd": 0, "seed": 15},
    SMALL | {"noise_sd": 0, "seed": 16, "n_samples": 5, "missing_p": 0.4},
]


def names_of(case):
    changed = {key: value for key, value in case.items() if value != HOMEWORK[key]}
    return ",".join(f"{key}={value}" for key, value in changed.items()) or "homework"


def simulate(case):
    keys = ["n_samples", "n_genes", "n_shift", "shift_size", "noise_sd", "missing_p", "seed"]
    return hw.simulate_dataset(**{key: case[key] for key in keys})


def in_package(case):
    """Return results of all genes, the filter's summary, the counts and the drawn genes."""
    df_expr, df_meta, drawn = simulate(case)
    df_filtered, summary = hw.filter_genes(df_expr, case["max_missing"])
    df_log = hw.log2_normalize_expression(df_expr, case["pseudocount"])
    results = hw.group_mean_differences(df_log, df_meta, group_col="condition")
    kept = results.loc[df_filtered.columns]
    truth = [gene for gene in drawn if gene in kept.index] if case["shift_size"] else []
    return results, summary, hw.error_rates(kept, truth, case["alpha"]), drawn


@pytest.fixture(scope="module")
def answers(in_browser):
    return dict(zip(map(names_of, CASES), in_browser(CASES), strict=True))


@pytest.mark.parametrize("case", CASES, ids=names_of)
def test_browser_agrees_with_the_package(case, answers):
    found = answers[names_of(case)]
    results, summary, rates, drawn = in_package(case)
    assert [f"Gene{gene + 1:05d}" for gene in found["drawnGenes"]] == drawn
    missing = np.array(found["missing"]) / case["n_samples"]
    assert np.array_equal(missing, summary["missingness"])
    assert np.array_equal(np.array(found["kind"]) >= 0, summary["pass_filters"])
    np.testing.assert_allclose(found["delta"], results["delta"], rtol=0, atol=1e-12)
    with np.errstate(divide="ignore"):
        expected = np.log10(results["p_value"].to_numpy())
    assert np.array_equal(np.isnan(found["log10p"]), np.isnan(expected))
    np.testing.assert_allclose(found["log10p"], expected, rtol=0, atol=1e-10)
    counts = {name: found["counts"][name] for name in ("tp", "fp", "tn", "fn", "untested")}
    assert counts == {name: rates[name] for name in counts}


def test_cases_meet_every_kind_of_gene(answers):
    """The grid is worth its name: genes without a test, dropped ones, infinite t, misses."""
    totals = {}
    for answer in answers.values():
        for name, count in answer["counts"].items():
            totals[name] = totals.get(name, 0) + count
    assert all(totals.values()), totals
    assert any(np.isinf(answer["t"]).any() for answer in answers.values())


def test_homework_shows_its_published_numbers(answers):
    assert answers["homework"]["counts"] == {
        "tp": 10, "fp": 60, "tn": 930, "fn": 0, "untested": 0, "blind": 0, "dropped": 0
    }  # fmt: skip


@pytest.mark.parametrize("n_samples", [6, 10, 100])
def test_welch_agrees_with_scipy(n_samples, in_browser):
    case = SMALL | {"test": "welch", "n_samples": n_samples, "missing_p": 0.2, "seed": 3}
    (found,) = in_browser([case])
    df_expr, df_meta, _ = simulate(case)
    values = np.log2(df_expr.to_numpy() + 1)
    treated = (df_meta["condition"] == "Treatment").to_numpy()
    expected = []
    for column in values.T:
        groups = [column[side & ~np.isnan(column)] for side in (treated, ~treated)]
        testable = min(map(len, groups)) > 1
        p = stats.ttest_ind(*groups, equal_var=False).pvalue if testable else np.nan
        expected.append(np.log10(p))
    np.testing.assert_allclose(found["log10p"], expected, rtol=0, atol=1e-10)


def test_p_values_below_the_smallest_number_keep_their_logarithm(in_browser):
    case = HOMEWORK | {"n_samples": 400, "missing_p": 0, "seed": 3}
    (found,) = in_browser([case])
    far = np.array(found["drawnGenes"])
    assert (found["log10p"][far] < -324).all()  # where the package has 0
    a, t = 398 / 2, found["t"][far]
    x = 398 / (398 + t**2)
    series = special.hyp2f1(a + 0.5, 1, a + 1, x)  # the incomplete beta function, DLMF 8.17.8
    log = a * np.log(x) + 0.5 * np.log1p(-x) - np.log(a) - special.betaln(a, 0.5) + np.log(series)
    np.testing.assert_allclose(found["log10p"][far], log / np.log(10), rtol=0, atol=1e-10)


@pytest.mark.parametrize(("adjust", "called"), [("raw", "false"), ("bh", "true")])
def test_only_an_adjusted_p_value_calls_at_the_threshold_itself(adjust, called, node):
    """`error_rates` and the homework call below alpha; Benjamini and Hochberg's rule is at most."""
    script = f"import {{ isCalled }} from {(LAB / 'engine/decisions.mjs').as_uri()!r}; "
    script += f"console.log(isCalled(Math.log10(0.05), {{ alpha: 0.05, adjust: {adjust!r} }}))"
    assert node("--input-type=module", "--eval", script) == f"{called}\n"


@pytest.mark.parametrize(
    "changed",
    [{}, {"missing_p": 0.5, "n_samples": 6}, {"shift_size": 0.1}, {"max_missing": 0.05}],
)
def test_benjamini_hochberg_agrees_with_scipy(changed, in_browser):
    case = HOMEWORK | {"adjust": "bh"} | changed
    (found,) = in_browser([case])
    p_values = in_package(case)[0]["p_value"].where(np.array(found["kind"]) >= 0)
    tested = p_values.notna().to_numpy()
    expected = stats.false_discovery_control(p_values[tested])
    assert np.array_equal(~np.isnan(found["judged"]), tested)
    np.testing.assert_allclose(found["judged"][tested], np.log10(expected), rtol=0, atol=1e-10)
