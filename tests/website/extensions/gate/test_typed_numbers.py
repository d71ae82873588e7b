from pathlib import Path

import pytest
import yaml

from website.extensions.gate.typed_numbers import equals_as_typed, glued_values, typed_number_faults
from website.extensions.text.page import EXTENSIONS, read_page

CELL = "\n\n```{code-cell} ipython3\nx = compute(n=61)\n```\n"


def lines_and_numbers(text, glued=()):
    faults = typed_number_faults(read_page(text + CELL), glued)
    return [(line, message.split()[2]) for line, message in faults]


@pytest.mark.parametrize(
    "prose",
    [
        "We call 60 genes",
        "- a list with 60",
        "1. a numbered list with 60",
        "| a |\n|---|\n| 60 |",
        "**60**",
        "# Ten of 60",
        "[the 60 genes](#ttest)",
        "```{list-table} All 60 genes\n* - a\n```",
        "[](#a) is 60",
        "a 60-fold change",
        "60%",
        "> quoted 60",
        "Term\n: 60 of them",
        ":::{note}\n60 genes\n:::",
        ":::{admonition} All 60 genes\nwords\n:::",
        "````{note}\n:::{tip}\n60\n:::\n````",
        "<b>60</b>",
        "<div>\n60\n</div>",
        "![sixty, 60](x.png)",
        "```{figure} x.png\n:alt: the 60 genes\n\nwords\n```",
        "```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: The 60 genes\n---\nx\n```",
        "```{code-cell} ipython3\n---\nmystnb:\n  image:\n    alt: The 60 genes\n---\nx\n```",
    ],
)
def test_number_in_prose_is_refused(prose):
    assert [number for _, number in lines_and_numbers(prose)] == ["60"]


@pytest.mark.parametrize(
    "prose",
    [
        "sixty genes",
        "log2 of S01 and Gene00900, the 3rd and MT19937",
        "`alpha=0.05` and ``60``",
        "$n = 60$ and\n\n$$\nn = 60\n$$",
        "$$ n = 60 $$ (eq-n)",
        "{glue:text}`fpr:.3f` and {numref}`fig-60`",
        "{cite:t}`welch1947` on {{ due_date }}",
        "Part 4, Parts 1 and 2, Parts 1, 2 and 3, Part 4.1",
        "Now do question 2, or questions 3 and 5.",
        "# Part 4: Ten genes",
        "<https://example.org/60> and [CC BY 4.0](https://example.org/by)",
        "```python\n60\n```",
        "```{math}\n:label: eq-60\n60\n```",
        ":::{exercise-start} Twice\n:label: ex-60\n:::",
        "% a comment with 60",
        "<!-- 60 -->",
        "1. a numbered list",
        ":::{admonition} In this chapter\n:class: chapter-opening\n\nTime\n: about 60 minutes\n:::",
    ],
)
def test_number_that_may_be_typed_is_let_through(prose):
    assert lines_and_numbers(prose) == []


def test_line_of_the_number_is_told():
    assert lines_and_numbers("one\ntwo `x`\nthree 60\n\n:::{note}\nfour\nfive 7\n:::") == [
        (3, "60"),
        (7, "7"),
    ]


@pytest.mark.parametrize("slip", ["mystnb:\nimage:\n  alt: a", "mystnb:\n  image: a", "mystnb: a"])
def test_settings_of_a_figure_at_the_wrong_depth_do_not_end_the_build(slip):
    assert lines_and_numbers(f"```{{code-cell}} ipython3\n---\n{slip}\n---\nx\n```") == []


def test_line_in_a_caption_is_told():
    text = "a\n\n```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: 60\n---\nx\n```"
    assert lines_and_numbers(text) == [(7, "60")]


def test_page_without_code_cells_may_hold_numbers():
    assert typed_number_faults(read_page("60 genes")) == []


@pytest.mark.parametrize("disguise", ["`60`", "$60$", "# The 60", "[60](#a)", "`60/990`"])
def test_glued_value_in_disguise_is_refused(disguise):
    assert [number for _, number in lines_and_numbers(disguise, ["60"])] == ["60"]


def test_number_of_the_code_is_no_disguise():
    assert lines_and_numbers("`n=61`", ["61"]) == []


def test_message_says_how_to_mend():
    ((_, message),) = typed_number_faults(read_page("60 genes" + CELL))
    assert "{glue:text}`name`" in message


@pytest.mark.parametrize(
    ("typed", "value", "equal"),
    [
        ("0.061", 0.060606, True),
        ("0.0606", 0.060606, True),
        ("0.0607", 0.060606, False),
        ("8.48e-106", 8.4812e-106, True),
        ("8.48e-105", 8.4812e-106, False),
        ("60", 60, True),
        ("5.0", 4.97, True),
        ("5", 5, False),
        ("0.05", 0.05, False),
        ("1,000", 1000, True),
        ("100", 99.7, False),
        ("100", 100, True),
    ],
)
def test_numbers_are_compared_at_the_typed_precision(typed, value, equal):
    assert equals_as_typed(typed, value) is equal


@pytest.mark.parametrize(
    ("rendered", "values"),
    [
        ("60", [60]),
        ("np.float64(0.0606)", [0.0606]),
        ("'60/990'", [60, 990]),
        ("'Gene00900'", []),
        ("  a  b\n0 1  2", []),
    ],
)
def test_numbers_of_a_glued_value(rendered, values):
    assert glued_values(rendered) == values


def test_prose_is_read_with_the_syntax_of_the_book():
    config = (Path(__file__).parents[4] / "_config.yml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(config)["parse"]["myst_enable_extensions"]) == EXTENSIONS
