"""Part 4: draw effect against evidence, one point per gene."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from rnaseq_hw._checks import check_count, check_fraction, checked_p_values, shifted_mask

# Okabe and Ito's palette, which color-blind readers can tell apart; each class has a shape too.
DECISION_STYLES = {
    "not called": {"color": "#7f7f7f", "marker": "o", "s": 8},
    "called significant": {"color": "#d55e00", "marker": "^", "s": 22},
}
TRUTH_STYLES = {
    "not shifted, not called": {"color": "#7f7f7f", "marker": "o", "s": 8},
    "not shifted, called": {"color": "#d55e00", "marker": "x", "s": 26},
    "shifted, not called": {"color": "#009e73", "marker": "D", "s": 26},
    "shifted, called": {"color": "#0072b2", "marker": "^", "s": 26},
}
SMALLEST_P_HEIGHT = -np.log10(np.nextafter(0, 1))  # of the smallest positive number, about 323
# An arrow whose tip touches the edge, from inside: the gene lies above it.
EDGE_MARKER = [(0, 0), (-0.32, -0.42), (-0.1, -0.36), (-0.1, -1), (0.1, -1), (0.1, -0.36),
               (0.32, -0.42), (0, 0)]  # fmt: skip


def volcano_plot(
    results: pd.DataFrame,
    alpha: float = 0.05,
    *,
    ax: Axes | None = None,
    true_genes: Sequence[str] | None = None,
    label_top: int = 0,
) -> Axes:
    """
    Draw a volcano plot: log2 fold change against -log10 of the p-value.

    A gene is called significant when ``p_value < alpha``; the dashed line is that threshold.
    A p-value too small for a floating-point number (0, below about 1e-323) has no logarithm:
    its gene is drawn at the top edge, as an arrow. The legend counts the genes drawn, and
    those that have no place in the plot for want of a p-value or a finite `delta`.

    Parameters
    ----------
    results : DataFrame of shape (n_genes, n_columns)
        One row per gene, named by the index, with the columns `delta` (log2 fold change,
        Treatment - Control) and `p_value`, as `group_mean_differences` returns it.
    alpha : float
        Threshold for the p-value, from 0 to 1.
    ax : matplotlib Axes, optional
        Axes to draw on; without it a new figure is made.
    true_genes : sequence of str, optional
        Names of the genes that are truly shifted. When given, the plot tells true from false
        calls; an empty list says that no gene is shifted.
    label_top : int
        Number of genes with the smallest p-values to label by name; there is room for some 15.

    Returns
    -------
    Axes
        The Axes drawn on. The figure is not shown, saved or closed.

    Raises
    ------
    TypeError
        If `results` is not a DataFrame, or `label_top` not a whole number.
    KeyError
        If `results` has no column `delta` or `p_value`.
    ValueError
        If `alpha` or a p-value lies outside [0, 1], `label_top` is negative, or a true gene is
        not among the results.

    References
    ----------
    Part 4 of the course's assignment. Colors: Okabe and Ito (2008), "Color Universal Design".

    Examples
    --------
    >>> results = pd.DataFrame(
    ...     {"delta": [5.4, 0.1, -0.2], "p_value": [1e-90, 0.4, 0.03]},
    ...     index=["GeneA", "GeneB", "GeneC"],
    ... )
    >>> ax = volcano_plot(results, true_genes=["GeneA"], label_top=1)
    >>> ax.get_xlabel()
    'log2 fold change (Treatment − Control)'
    """
    check_fraction("alpha", alpha)
    check_count("label_top", label_top)
    p_value = checked_p_values(results, "delta")
    classes, styles = (p_value < alpha).astype(int), DECISION_STYLES
    if true_genes is not None:
        classes, styles = classes + 2 * shifted_mask(results.index, true_genes), TRUTH_STYLES
    if ax is None:
        _, ax = plt.subplots()

    with np.errstate(divide="ignore"):
        height, threshold = -np.log10(p_value), -np.log10(alpha)
    height[p_value == 0] = SMALLEST_P_HEIGHT  # no less than that
    top = 1.05 * max(1, *height[~np.isnan(height)], min(threshold, SMALLEST_P_HEIGHT))
    points = pd.DataFrame(
        {
            "delta": results["delta"].to_numpy(dtype=float, na_value=np.nan),
            "height": np.where(p_value == 0, top, height),
            "class": classes,
            "underflow": p_value == 0,
        },
        index=results.index,
    )
    points = points[np.isfinite(points["delta"]) & points["height"].notna()]
    _draw_points(ax, points, styles)
    if alpha > 0:
        ax.axhline(threshold, linestyle="--", linewidth=1, color="#333333")
    ax.axvline(0, linestyle="--", linewidth=1, color="grey")
    ax.set_ylim(-0.02 * top, top)
    _label_genes(ax, points.sort_values("height", ascending=False, kind="stable").head(label_top))
    if len(points) < len(results):
        ax.plot([], [], " ", label=f"not drawn (no p-value or delta): {len(results) - len(points)}")
    ax.set_xlabel("log2 fold change (Treatment − Control)")
    ax.set_ylabel("−log10 p-value")
    ax.legend()
    return ax


def _draw_points(ax: Axes, points: pd.DataFrame, styles: dict[str, dict[str, Any]]) -> None:
    """Draw each class in its color and shape, and arrows at the edge for p-values of 0."""
    for number, (label, style) in enumerate(styles.items()):
        members = points[points["class"] == number]
        inside, edge = members[~members["underflow"]], members[members["underflow"]]
        ax.scatter(inside["delta"], inside["height"], label=f"{label}: {len(members)}", **style)
        if len(edge):
            arrow: dict[str, Any] = style | {"marker": EDGE_MARKER, "s": 130, "clip_on": False}
            label = f"p-value underflowed to 0: {len(edge)}"
            ax.scatter(edge["delta"], edge["height"], label=label, **arrow)


def _label_genes(ax: Axes, points: pd.DataFrame) -> None:
    """Write names in a column beside the points, highest first, each tied to its point."""
    sides = np.where(points["delta"] > 0, -1, 1)
    for side in np.unique(sides):
        members = points[sides == side]
        edge = members["delta"].min() if side < 0 else members["delta"].max()
        column, level = edge + side * 0.06 * np.ptp(ax.get_xlim()), np.inf
        for gene, point in members.iterrows():
            level = min(point["height"], level - 0.055 * ax.get_ylim()[1])
            tie = {"arrowstyle": "-", "color": "grey", "linewidth": 0.6, "relpos": (side < 0, 0.5)}
            ax.annotate(
                str(gene),
                (point["delta"], point["height"]),
                xytext=(column, level),
                ha="right" if side < 0 else "left",
                va="center",
                arrowprops=tie,
            )
