"""What the homework says of its data in words is true with any seed."""

import itertools
from types import SimpleNamespace

import pytest
from scipy import stats

from homework_tools.master.read import read_master
from tests.homework_tools.conftest import run_solved

COUNT = stats.binom(1000, 0.05)  # genes below 0.05 when nothing is shifted


@pytest.fixture(scope="module", params=["published", 7, 45, 123])
def found(request, tmp_path_factory):
    """Return what a student finds whose functions are right, from one seed's data."""
    master = read_master(seed=None if request.param == "published" else request.param)
    return SimpleNamespace(**run_solved(master, tmp_path_factory.mktemp("homework")))


def top_by_plain_difference(found):
    treated = found.df_meta["condition"] == "Treatment"
    return (found.df_expr[treated].mean() - found.df_expr[~treated].mean()).nlargest(10).index


def called(found):
    return found.results.index[found.results["p_value"] < 0.05]


def false_calls(found):
    return set(called(found)) - set(found.true_genes)


def null_calls(found):
    return set(found.null_results.index[found.null_results["p_value"] < 0.05])


def delta(found, shifted=True):
    return found.results["delta"][found.results.index.isin(found.true_genes) == shifted]


def top_is_ordered_as_said(found):
    size, n_values = found.top["t_stat"].abs(), found.df_log[found.top.index].notna().sum()
    pairs = itertools.combinations(found.top.index, 2)
    return all(
        n_values[below] < n_values[above] for above, below in pairs if size[below] > size[above]
    )


SENTENCES = {
    "It finds the ten all the same": lambda found: (
        set(top_by_plain_difference(found)) == set(found.true_genes)
    ),
    "With the default, no gene is dropped here": lambda found: found.df_filtered.equals(
        found.df_expr
    ),
    "but the largest of 1000 chance values is well above the average": lambda found: (
        found.gene_summary_df["missingness"].max() > 0.08
    ),
    "In real data many values are 0; ours never are": lambda found: found.df_expr.min().min() > 0,
    "is on average somewhat below log2(e^4) = 5.77": lambda found: (
        5 < delta(found).mean() < 5.77 - 0.1
    ),
    "Where a gene comes after one with a smaller `t_stat`, it has fewer values": (
        top_is_ordered_as_said
    ),
    "There are ten of them, and they are the ten of the list of true genes": lambda found: (
        set(found.results.index[found.results["delta"] > 2]) == set(found.true_genes)
        and set(found.top.index) == set(found.true_genes)
    ),
    "no gene lies far to the left": lambda found: found.results["delta"].min() > -0.5,
    "Some dozens of genes lie just above the dashed line": lambda found: (
        24 <= len(false_calls(found)) < 100
    ),
    "close to the vertical line at 0, on both sides": lambda found: (
        delta(found, shifted=False)[sorted(false_calls(found))].abs().max() < 0.3
        and delta(found, shifted=False)[sorted(false_calls(found))].gt(0).mean() not in (0, 1)
    ),
    "the false positives are those of question 4e": lambda found: (
        null_calls(found) - set(found.true_genes) == false_calls(found)
    ),
    "perhaps one or two (rarely more) of the genes that were shifted there": lambda found: (
        len(null_calls(found) & set(found.true_genes)) <= 2
    ),
    "differs from what you expect by about 0.007 (its standard deviation)": lambda found: (
        round(COUNT.std() / 1000, 3) == 0.007
    ),
    "by more than twice as much about once in twenty data sets": lambda found: (
        0.04 < COUNT.sf(50 + 2 * COUNT.std()) + COUNT.cdf(50 - 2 * COUNT.std()) < 0.06
    ),
    "It is about 0.05, the threshold that we chose": lambda found: (
        abs(len(null_calls(found)) / 1000 - 0.05) < 4 * 0.007
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_is_true_of_the_data(sentence, found, master):
    text = " ".join(" ".join(cell.source for cell in master.cells).split())
    assert sentence.lower() in text.lower(), "the homework no longer says so: change this test too"
    assert SENTENCES[sentence](found)
