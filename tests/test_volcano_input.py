"""What `volcano_plot` takes, what it says of what it refuses, and what it leaves alone."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from rnaseq_hw import volcano_plot

NAN = np.nan
RESULTS = pd.DataFrame(
    {"delta": [5.5, -4.0, 0.2, -0.1], "p_value": [1e-90, 1e-20, 0.01, 0.5]},
    index=["GeneA", "GeneB", "GeneC", "GeneD"],
)
UNTESTED = pd.DataFrame(
    {"delta": [1.0, 2.0, NAN], "p_value": [0.5, NAN, NAN]}, index=["GeneA", "GeneB", "GeneC"]
)


@pytest.fixture
def ax():
    return Figure().subplots()


def test_axes_given_are_drawn_on_and_returned_without_a_new_figure(ax):
    before = plt.get_fignums()
    assert volcano_plot(RESULTS, ax=ax) is ax
    assert plt.get_fignums() == before


def test_current_axes_are_left_alone():
    current = plt.figure().subplots()
    drawn = volcano_plot(RESULTS)
    assert drawn is not current
    assert not current.collections
    plt.close(current.figure)
    plt.close(drawn.figure)


def test_figure_is_neither_shown_nor_closed(monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("plt.show was called"))
    drawn = volcano_plot(RESULTS)
    assert plt.fignum_exists(drawn.figure.number)
    plt.close(drawn.figure)


def test_style_of_matplotlib_is_left_alone(ax):
    before = mpl.rcParams.copy()
    volcano_plot(RESULTS, ax=ax, true_genes=["GeneA"], label_top=2)
    assert mpl.rcParams == before


def test_input_is_not_changed(ax):
    results, true_genes = UNTESTED.copy(deep=True), ["GeneB"]
    volcano_plot(results, ax=ax, true_genes=true_genes, label_top=1)
    pd.testing.assert_frame_equal(results, UNTESTED)
    assert true_genes == ["GeneB"]


@pytest.mark.parametrize("alpha", [-0.01, 1.01, 5, NAN])
def test_alpha_outside_0_to_1_is_refused(ax, alpha):
    with pytest.raises(ValueError, match=f"alpha must be from 0 to 1, not {alpha}"):
        volcano_plot(RESULTS, alpha, ax=ax)


@pytest.mark.parametrize("p_value", [-0.1, 1.1])
def test_p_value_outside_0_to_1_is_refused(ax, p_value):
    results = pd.DataFrame({"delta": [1.0], "p_value": [p_value]}, index=["GeneA"])
    with pytest.raises(ValueError, match=f"gene GeneA has {p_value}; check the column p_value"):
        volcano_plot(results, ax=ax)


@pytest.mark.parametrize("column", ["delta", "p_value"])
def test_results_without_a_needed_column_name_those_there_are(ax, column):
    results = RESULTS.drop(columns=column).assign(t_stat=1.0)
    message = f"no column {column}; its columns are {', '.join(results.columns)}"
    with pytest.raises(KeyError, match=message):
        volcano_plot(results, ax=ax)


def test_results_that_are_no_table_are_refused(ax):
    with pytest.raises(TypeError, match=r"results must be a pandas DataFrame, not Series; wrap it"):
        volcano_plot(RESULTS["p_value"], ax=ax)


def test_gene_that_stands_twice_is_refused(ax):
    with pytest.raises(ValueError, match=r"gene names in results: GeneA\. Give each its own name"):
        volcano_plot(RESULTS.rename({"GeneB": "GeneA"}), ax=ax)


def test_true_gene_that_is_not_among_the_results_is_refused(ax):
    with pytest.raises(ValueError, match=r"not among the results: GeneX\. .*leave it out"):
        volcano_plot(RESULTS, ax=ax, true_genes=["GeneA", "GeneX"])


def test_one_name_instead_of_a_list_is_refused(ax):
    with pytest.raises(TypeError, match="must be a list of names, not the string 'GeneA'"):
        volcano_plot(RESULTS, ax=ax, true_genes="GeneA")


def test_negative_number_of_labels_is_refused(ax):
    with pytest.raises(ValueError, match="label_top must be zero or more, not -1"):
        volcano_plot(RESULTS, ax=ax, label_top=-1)


@pytest.mark.parametrize("label_top", [1.5, True, "3"])
def test_number_of_labels_that_is_no_whole_number_is_refused(ax, label_top):
    with pytest.raises(TypeError, match=f"label_top must be a whole number, not {label_top!r}"):
        volcano_plot(RESULTS, ax=ax, label_top=label_top)


def test_refused_input_leaves_no_figure_behind():
    before = plt.get_fignums()
    with pytest.raises(ValueError, match="not among the results: GeneX"):
        volcano_plot(RESULTS, true_genes=["GeneX"])
    assert plt.get_fignums() == before
