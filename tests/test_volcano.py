import itertools

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from rnaseq_hw import volcano_plot

NAN = np.nan
RESULTS = pd.DataFrame(
    {"delta": [5.5, -4.0, 0.2, -0.1], "p_value": [1e-90, 1e-20, 0.01, 0.5]},
    index=["GeneA", "GeneB", "GeneC", "GeneD"],
)
UNDERFLOWED = pd.DataFrame(
    {"delta": [6.0, -0.5, 0.3], "p_value": [0.0, 1e-3, 0.4]}, index=["GeneA", "GeneB", "GeneC"]
)
UNTESTED = pd.DataFrame(
    {"delta": [1.0, 2.0, NAN], "p_value": [0.5, NAN, NAN]}, index=["GeneA", "GeneB", "GeneC"]
)
PALETTE = {  # Okabe and Ito's colors, and a gray
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7",
    "#7f7f7f",
}  # fmt: skip


@pytest.fixture
def ax():
    return Figure().subplots()


def point_sets(ax):
    """Return the sets of points that hold a point."""
    sets = [artist for artist in ax.collections if isinstance(artist, PathCollection)]
    return [points for points in sets if len(points.get_offsets())]


def set_of(ax, delta):
    """Return the one set of points that holds the point at `delta`."""
    (found,) = [points for points in point_sets(ax) if delta in points.get_offsets()[:, 0]]
    return found


def shape(points):
    """Return a marker's outline as something to compare."""
    (path,) = points.get_paths()
    return path.vertices.round(6).tobytes()


def color(points):
    """Return the one color of a set of points."""
    (rgba,) = points.get_facecolor()
    return to_hex(rgba)


def words(ax):
    """Return all that is written in the legend and on the axes."""
    return [text.get_text() for text in [*ax.get_legend().get_texts(), *ax.texts]]


def test_points_lie_at_delta_and_minus_log10_of_p(ax):
    volcano_plot(RESULTS, ax=ax)
    drawn = np.vstack([points.get_offsets() for points in point_sets(ax)])
    expected = np.column_stack([RESULTS["delta"], -np.log10(RESULTS["p_value"])])
    np.testing.assert_allclose(drawn[drawn[:, 0].argsort()], expected[expected[:, 0].argsort()])


def test_every_point_lies_inside_the_axes(ax):
    volcano_plot(RESULTS, ax=ax)
    low, high = ax.get_ylim()
    heights = np.vstack([points.get_offsets() for points in point_sets(ax)])[:, 1]
    assert low < heights.min() < heights.max() < high


def test_axes_have_the_authors_labels(ax):
    volcano_plot(RESULTS, ax=ax)
    assert ax.get_xlabel() == "log2 fold change (Treatment − Control)"
    assert ax.get_ylabel() == "−log10 p-value"


def test_lines_mark_the_threshold_and_no_change(ax):
    volcano_plot(RESULTS, alpha=0.001, ax=ax)
    across, upright = [line for line in ax.lines if len(line.get_xdata())]
    np.testing.assert_allclose(across.get_ydata(), 3.0)
    np.testing.assert_allclose(upright.get_xdata(), 0.0)


def test_threshold_is_seen_even_above_all_points(ax):
    volcano_plot(RESULTS.loc[["GeneD"]], alpha=1e-6, ax=ax)
    assert ax.get_ylim()[1] > 6


def test_called_and_not_called_genes_differ_in_color_and_shape(ax):
    volcano_plot(RESULTS, ax=ax)
    called, other = set_of(ax, 0.2), set_of(ax, -0.1)
    assert sorted(called.get_offsets()[:, 0]) == [-4.0, 0.2, 5.5]
    assert color(called) != color(other)
    assert shape(called) != shape(other)


def test_p_value_of_exactly_alpha_is_not_called(ax):
    volcano_plot(RESULTS, alpha=0.01, ax=ax)
    assert set_of(ax, 0.2) is set_of(ax, -0.1)


def test_default_alpha_is_5_percent(ax):
    results = pd.DataFrame({"delta": [1.0, 2.0], "p_value": [0.04, 0.06]}, index=["A", "B"])
    volcano_plot(results, ax=ax)
    assert set_of(ax, 1.0) is not set_of(ax, 2.0)


def test_truth_and_decision_make_four_classes(ax):
    volcano_plot(RESULTS, alpha=1e-10, ax=ax, true_genes=["GeneA", "GeneC"])
    labels = {
        gene: set_of(ax, delta).get_label().split(":")[0]
        for gene, delta in RESULTS["delta"].items()
    }
    assert labels == {
        "GeneA": "shifted, called",
        "GeneB": "not shifted, called",
        "GeneC": "shifted, not called",
        "GeneD": "not shifted, not called",
    }


def test_the_four_classes_differ_in_color_and_shape(ax):
    volcano_plot(RESULTS, alpha=1e-10, ax=ax, true_genes=["GeneA", "GeneC"])
    assert len(point_sets(ax)) == 4
    for one, other in itertools.combinations(point_sets(ax), 2):
        assert color(one) != color(other)
        assert shape(one) != shape(other)


def test_false_calls_are_crosses_of_two_lines(ax):
    """A filled cross looks like a square at the size of a page."""
    volcano_plot(RESULTS, ax=ax, true_genes=["GeneA", "GeneB"])
    (path,) = set_of(ax, 0.2).get_paths()
    assert path.codes.tolist() == [path.MOVETO, path.LINETO] * 2


@pytest.mark.parametrize("true_genes", [None, ["GeneA", "GeneC"]])
def test_colors_are_safe_for_color_blind_readers(ax, true_genes):
    volcano_plot(RESULTS, alpha=1e-10, ax=ax, true_genes=true_genes)
    assert {color(points) for points in point_sets(ax)} <= PALETTE


def test_empty_truth_says_that_no_gene_is_shifted(ax):
    volcano_plot(RESULTS, ax=ax, true_genes=[])
    labels = {points.get_label().split(":")[0] for points in point_sets(ax)}
    assert labels == {"not shifted, called", "not shifted, not called"}


def test_legend_counts_the_genes_of_each_class(ax):
    volcano_plot(RESULTS, ax=ax)
    assert {"not called: 1", "called significant: 3"} <= set(words(ax))


def test_gene_whose_p_value_underflowed_is_drawn_at_the_top_edge(ax):
    volcano_plot(UNDERFLOWED, ax=ax)
    np.testing.assert_allclose(set_of(ax, 6.0).get_offsets(), [[6.0, ax.get_ylim()[1]]])
    assert ax.get_ylim()[1] > 3


def test_gene_whose_p_value_underflowed_has_its_own_marker(ax):
    volcano_plot(UNDERFLOWED, ax=ax)
    edge = set_of(ax, 6.0)
    assert shape(edge) not in {shape(points) for points in point_sets(ax) if points is not edge}
    assert not edge.get_clip_on()
    assert "p-value underflowed to 0: 1" in words(ax)


def test_gene_whose_p_value_underflowed_keeps_the_color_of_its_class(ax):
    volcano_plot(UNDERFLOWED, ax=ax)
    assert color(set_of(ax, 6.0)) == color(set_of(ax, -0.5))


def test_underflowed_gene_that_no_alpha_calls_is_still_drawn(ax):
    volcano_plot(UNDERFLOWED, alpha=0, ax=ax)
    assert color(set_of(ax, 6.0)) == color(set_of(ax, 0.3))


def test_without_underflow_the_legend_does_not_speak_of_it(ax):
    volcano_plot(RESULTS, ax=ax)
    assert not any("underflow" in word for word in words(ax))


def test_genes_without_a_p_value_are_counted_in_a_note(ax):
    volcano_plot(UNTESTED, ax=ax)
    assert any("(no p-value or delta): 2" in word for word in words(ax))
    assert [len(points.get_offsets()) for points in point_sets(ax)] == [1]


def test_when_all_genes_are_drawn_there_is_no_note(ax):
    volcano_plot(RESULTS, ax=ax)
    assert not any("no p-value" in word for word in words(ax))


@pytest.mark.parametrize(
    ("label_top", "names"),
    [(0, []), (1, ["GeneA"]), (2, ["GeneA", "GeneB"]), (9, ["GeneA", "GeneB", "GeneC", "GeneD"])],
)
def test_genes_with_the_smallest_p_values_are_labeled(ax, label_top, names):
    volcano_plot(RESULTS.iloc[::-1], ax=ax, label_top=label_top)
    assert sorted(text.get_text() for text in ax.texts if text.get_text() in RESULTS.index) == names


def test_label_points_at_its_gene(ax):
    volcano_plot(RESULTS, ax=ax, label_top=1)
    (label,) = [text for text in ax.texts if text.get_text() == "GeneA"]
    np.testing.assert_allclose(label.xy, [5.5, 90.0])


def test_labels_do_not_lie_on_each_other():
    results = pd.DataFrame(
        {"delta": [5.0, 5.01, 5.02], "p_value": [1e-90, 1.1e-90, 1.2e-90]}, index=list("ABC")
    )
    axes = volcano_plot(results, ax=Figure().subplots(), label_top=3)
    axes.figure.draw_without_rendering()
    names = [text for text in axes.texts if text.get_text() in results.index]
    boxes = [Text.get_window_extent(name) for name in names]  # without the line to the point
    assert len(boxes) == 3
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_gene_without_a_p_value_is_never_labeled(ax):
    volcano_plot(UNTESTED, ax=ax, label_top=3)
    assert "GeneA" in words(ax)
    assert not {"GeneB", "GeneC"} & set(words(ax))


def test_underflowed_gene_is_labeled_first(ax):
    volcano_plot(UNDERFLOWED.iloc[::-1], ax=ax, label_top=1)
    assert "GeneA" in words(ax)
    assert "GeneB" not in words(ax)


def test_alpha_of_0_calls_nothing_and_has_no_line_across(ax):
    volcano_plot(RESULTS, alpha=0, ax=ax)
    assert len(point_sets(ax)) == 1
    (upright,) = [line for line in ax.lines if len(line.get_xdata())]
    np.testing.assert_allclose(upright.get_xdata(), 0.0)


def test_alpha_of_1_calls_every_gene_below_1(ax):
    results = pd.DataFrame({"delta": [1.0, 2.0], "p_value": [0.999, 1.0]}, index=["A", "B"])
    volcano_plot(results, alpha=1, ax=ax)
    assert set_of(ax, 1.0).get_label() == "called significant: 1"
    assert set_of(ax, 2.0).get_label() == "not called: 1"


@pytest.mark.parametrize(
    "results",
    [RESULTS.iloc[:0], RESULTS.assign(p_value=NAN), RESULTS.assign(p_value=0.0)],
    ids=["no gene", "no p-value", "all underflowed"],
)
@pytest.mark.parametrize("alpha", [0, 0.05, 1])
def test_unusual_results_are_drawn_without_a_warning(ax, results, alpha):
    volcano_plot(results, alpha, ax=ax, true_genes=[], label_top=2)
    ax.figure.draw_without_rendering()
    assert np.isfinite([*ax.get_xlim(), *ax.get_ylim()]).all()


@pytest.mark.parametrize("delta", [np.inf, np.nan])
def test_gene_without_a_finite_delta_is_counted_as_not_drawn(delta):
    table = pd.DataFrame({"delta": [delta, 1.0], "p_value": [0.01, 0.5]}, index=["A", "B"])
    ax = volcano_plot(table)
    assert any("(no p-value or delta): 1" in word for word in words(ax))
    assert any(word == "called significant: 0" for word in words(ax))
