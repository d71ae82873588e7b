"""Draw the picture that a shared link shows: the title, the book's question and the volcano plot.

It is drawn only where the site has an address, without which no page can name it.
"""

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from sphinx.application import Sphinx

import rnaseq_hw as hw
from homework_tools.master.course import Course
from website.extensions.course.settings import course_of
from website.extensions.gate.seed import PUBLISHED

if TYPE_CHECKING:  # a build that draws no card does not wait for Matplotlib
    from matplotlib.figure import Figure

FILE = "_static/card.png"
SIZE, DPI = (12, 6.3), 100  # 1200 by 630 pixels, as those who show it ask
INK, MUTED = "#222832", "#48566b"


def draw_card(course: Course, question: str) -> "Figure":
    """Return the picture of a course; `question` is what the book's first page has as its title."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=SIZE, dpi=DPI, facecolor="white")
    figure.add_artist(Rectangle((0, 0), 0.013, 1, color=course.color_light))
    size = 42 if len(course.title) < 40 else 32
    title = "\n".join(wrap(course.title, 560 // size)[:4])
    figure.text(0.067, 0.86, title, size=size, weight="bold", color=INK, va="top", linespacing=1.15)
    below = "\n".join([*wrap(question, 34)[:3], "", *course.where])
    figure.text(0.067, 0.08, below, size=19, color=MUTED, va="bottom", linespacing=1.4)
    _draw_volcano(figure.add_axes((0.57, 0.2, 0.39, 0.64)), course.seed)
    return figure


def _draw_volcano(ax, seed: int) -> None:
    df_expr, df_meta, true_genes = hw.simulate_dataset(**PUBLISHED, seed=seed)
    df_log = hw.log2_normalize_expression(df_expr)
    results = hw.group_mean_differences(df_log, df_meta, group_col="condition")
    hw.volcano_plot(results, true_genes=true_genes, ax=ax)
    legend = ax.get_legend()
    if legend:
        legend.remove()


def _write_card(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html" or not app.config.html_baseurl:
        return
    from matplotlib import style

    with style.context("default"):  # not the transparent one of the pages
        figure = draw_card(course_of(app), app.env.titles[app.config.root_doc].astext())
        figure.savefig(Path(app.outdir, FILE), metadata={"Software": None})
