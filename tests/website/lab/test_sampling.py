"""What is drawn again and again agrees with NumPy, SciPy and the package, number for number."""

import itertools
import json
import re

import numpy as np
import pytest
from scipy import stats

import rnaseq_hw as hw
from tests.website.lab.conftest import HERE
from website.extensions.blocks.lab import lab_defaults

HOMEWORK = lab_defaults(44) | {"test": "student", "adjust": "raw"}
NULL = HOMEWORK | {"shift_size": 0, "n_genes": 200}
GENES = ["unshifted", "shifted"]


@pytest.fixture(scope="module")
def draw(node):
    """Return a function from what to draw to what the browser draws: `draw(source=..., ...)`."""

    def answer(**asked):
        (drawn,) = json.loads(node(HERE / "run_sampling.mjs", text=json.dumps([asked])))
        return drawn

    return answer


@pytest.fixture(scope="module")
def thousand(draw):
    """Return a function from a seed and a gene to its thousand shuffles, drawn once."""
    drawn = {}

    def answer(seed, gene):
        settings = HOMEWORK | {"seed": seed, "gene": gene}
        key = (seed, gene)
        drawn[key] = drawn.get(key) or draw(source="shuffles", settings=settings, count=1000)
        return drawn[key]

    return answer


def chapter_gene(seed, gene):
    """Return a gene's values as the chapter takes them, and which of them are treated."""
    names = ["n_samples", "n_genes", "n_shift", "shift_size", "noise_sd", "missing_p"]
    settings = {name: HOMEWORK[name] for name in names} | {"seed": seed}
    df_expr, df_meta, truth = hw.simulate_dataset(**settings)
    df_log = hw.log2_normalize_expression(hw.filter_genes(df_expr)[0])
    name = truth[0] if gene == "shifted" else df_log.columns.difference(truth)[0]
    values = df_log[name].dropna()
    return values, (df_meta.loc[values.index, "condition"] == "Treatment").to_numpy()


@pytest.mark.parametrize("gene", GENES)
@pytest.mark.parametrize("seed", [44, 45])
def test_shuffles_are_numpy_s_of_the_chapter_s_gene(seed, gene, thousand):
    values, is_treatment = chapter_gene(seed, gene)
    rng = np.random.RandomState(1)
    deals = [rng.permutation(is_treatment) for _ in range(1000)]
    by_chance = np.array([values[deal].mean() - values[~deal].mean() for deal in deals])
    delta = values[is_treatment].mean() - values[~is_treatment].mean()
    found = thousand(seed, gene)
    assert f"Gene{found['g'] + 1:05d}" == values.name
    np.testing.assert_allclose(found["drawn"], by_chance, rtol=0, atol=1e-12)
    assert found["delta"] == pytest.approx(delta, abs=1e-12)
    assert found["far"] == (abs(by_chance) >= abs(delta)).sum()


@pytest.mark.parametrize("missing", [[], [5], [0, 5]])
def test_share_of_shuffles_approaches_that_of_all_ways_to_deal(missing, draw):
    values = np.random.RandomState(5).normal(size=8) + np.repeat([0, 1.5], 4)
    values[missing] = np.nan
    there, treated = values[~np.isnan(values)], (np.arange(8) >= 4)[~np.isnan(values)]

    def difference(chosen):
        return there[chosen].mean() - np.delete(there, chosen).mean()

    ways = itertools.combinations(range(len(there)), treated.sum())
    exact = np.array([difference(list(way)) for way in ways])
    p = (abs(exact) >= abs(difference(np.flatnonzero(treated))) - 1e-12).mean()
    asked = [None if np.isnan(value) else value for value in values]
    found = draw(source="shuffles", settings=HOMEWORK, values=asked, count=5000)
    drawn = np.array(found["drawn"])
    assert abs(drawn[:, None] - exact).min(axis=1).max() < 1e-12
    assert abs(exact[:, None] - drawn).min(axis=1).max() < 1e-12, "a way never came up"
    assert 0.05 < p < 0.9
    assert found["far"] / 5000 == pytest.approx(p, abs=4 * (p * (1 - p) / 5000) ** 0.5)
    assert found["sd"] == pytest.approx(exact.std(), rel=1e-12)


@pytest.mark.parametrize("dof", [1, 4, 95, 400])
def test_density_of_t_agrees_with_scipy(dof, draw):
    t = [-30, -2.5, 0, 0.4, 7]
    found = draw(source="density", t=t, dof=dof)
    np.testing.assert_allclose(found, stats.t.pdf(t, dof), rtol=1e-12)


@pytest.mark.parametrize("gene", GENES)
def test_curve_over_the_shuffles_is_the_density_of_their_t(gene, thousand):
    values, is_treatment = chapter_gene(44, gene)
    found = thousand(44, gene)
    rng = np.random.RandomState(1)
    deals = [rng.permutation(is_treatment) for _ in range(20)]
    t = [stats.ttest_ind(values[deal], values[~deal]).statistic for deal in deals]
    np.testing.assert_allclose(found["t"], t, rtol=1e-9)
    x, density = np.array(found["curve"]).T
    assert np.trapezoid(density, x) == pytest.approx(1, abs=2e-4)  # 4.2 sd to each side
    tails = stats.ttest_ind(values[is_treatment], values[~is_treatment]).pvalue
    outside = abs(x) >= abs(found["delta"])
    area = np.trapezoid(np.where(outside, density, 0), x)
    assert area == pytest.approx(tails, abs=2 * density.max() * (x[1] - x[0]))
    assert f"degrees of freedom says {tails:.3{'f' if gene == 'unshifted' else 'g'}}." in (
        found["said"][2].replace("−", "-")
    )


@pytest.mark.parametrize("gene", GENES)
def test_own_difference_is_the_edge_of_a_column_in_view(gene, thousand):
    found = thousand(44, gene)
    columns = abs(found["delta"]) / found["step"]
    assert columns == pytest.approx(round(columns))
    assert found["range"][0] < found["lines"][0] < found["lines"][1] < found["range"][1]
    assert max(map(abs, found["drawn"])) < found["range"][1]


def test_sentence_says_count_and_share_as_the_chapter_does(thousand):
    found = thousand(44, "unshifted")
    before, after, _ = found["said"]
    far = found["far"]
    assert before.endswith("No shuffle yet.")
    assert f"1000 shuffles, {far} of them at least as far from zero" in after
    assert f"{far}/1000 = {far / 1000:.3f}. This share is called the p-value." in after
    none = thousand(44, "shifted")["said"][1]
    assert "none of them at least as far" in none
    assert none.endswith("The p-value is about one in 1000, or less.")


def null_results(settings, seed):
    expr, meta, _ = hw.simulate_dataset(
        n_samples=settings["n_samples"], n_genes=settings["n_genes"], n_shift=10, shift_size=0,
        noise_sd=settings["noise_sd"], missing_p=settings["missing_p"], seed=seed,
    )  # fmt: skip
    kept = hw.filter_genes(expr, settings["max_missing"])[0]
    return hw.group_mean_differences(hw.log2_normalize_expression(kept), meta, "condition")


@pytest.mark.parametrize("changed", [{}, {"n_samples": 6, "missing_p": 0.6}, {"alpha": 0.3}])
def test_rates_are_those_of_the_package(changed, draw):
    settings = NULL | changed
    found = draw(source="repeats", settings=settings, count=3)
    results = [null_results(settings, seed) for seed in range(3)]
    rates = [hw.error_rates(each, [], settings["alpha"])["false_positive_rate"] for each in results]
    np.testing.assert_allclose(found["rates"], rates, rtol=1e-12)
    tested = np.mean([each["p_value"].notna().sum() for each in results])
    assert found["genes"] == round(tested)
    said = f"3 data sets without a shift: mean false positive rate {np.mean(rates):.4f}, alpha "
    assert found["said"][1].startswith(said)


def test_rates_with_adjusted_p_values_are_scipy_s(draw):
    settings = NULL | {"adjust": "bh", "alpha": 0.9}
    found = draw(source="repeats", settings=settings, count=8)
    rates = []
    for seed in range(8):
        p_values = null_results(settings, seed)["p_value"].dropna()
        rates.append((stats.false_discovery_control(p_values) <= 0.9).mean())
    np.testing.assert_allclose(found["rates"], rates, rtol=1e-12)
    assert len(set(rates)) > 1
    assert found["limits"] is None, "the binomial band is that of plain p-values"


def test_only_what_needs_new_data_clears_the_pile(draw):
    asked = {"source": "repeats", "settings": NULL, "count": 2}
    later = draw(**asked, then={"alpha": 0.3})
    assert not later["isCleared"]
    assert later["rates"] == draw(**asked | {"settings": NULL | {"alpha": 0.3}})["rates"]
    assert draw(**asked, then={"n_samples": 20})["rates"] == []


@pytest.mark.parametrize(("p", "n"), [(0.05, 1000), (0.0001, 1000), (0.5, 37)])
def test_binomial_band_agrees_with_scipy(p, n, draw):
    found = draw(source="binomial", p=p, n=n)
    np.testing.assert_allclose(found["pmf"], stats.binom.pmf(range(n + 1), n, p), atol=1e-12)
    sd = stats.binom.std(n, p) / n
    inside = [k for k in range(n + 1) if abs(k / n - p) <= 2 * sd]
    assert found["probability"] == pytest.approx(stats.binom.pmf(inside, n, p).sum(), rel=1e-9)
    assert [found["low"], found["high"]] == pytest.approx([max(0, p - 2 * sd), p + 2 * sd])


def test_band_comes_after_some_data_sets_and_counts_them(draw):
    asked = {"source": "repeats", "settings": NULL}
    early, late = draw(**asked, count=19), draw(**asked, count=20)
    assert early["limits"] is None
    assert "band" not in early["said"][1]
    low, high = late["limits"]
    inside = sum(low <= rate <= high for rate in late["rates"])
    said = re.search(r"In the band from (\S+) to (\S+): (\d+)/20 = ", late["said"][1])
    assert (said[1], said[2], int(said[3])) == (f"{low:.4f}", f"{high:.4f}", inside)
    x, density = np.array(late["curve"]).T
    assert sum(density) * late["step"] == pytest.approx(1, abs=1e-3)
    columns = np.floor((x - late["origin"]) / late["step"] + 1e-9)
    wide = round(late["step"] * late["genes"])
    genes = [np.arange(at * wide, (at + 1) * wide) for at in columns]
    expected = [stats.binom.pmf(each, late["genes"], 0.05).sum() for each in genes]
    np.testing.assert_allclose(density * late["step"], expected, atol=1e-12)
    assert late["range"][0] <= min(late["rates"])
    assert max(late["rates"]) <= late["range"][1]


def test_no_tested_gene_is_no_rate(draw):
    found = draw(source="repeats", settings=NULL | {"missing_p": 0.9, "max_missing": 0}, count=2)
    assert found["said"][0].startswith("No data set yet.")
    assert found["said"][1] == "No gene could be tested."
