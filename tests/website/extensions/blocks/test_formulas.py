"""A formula becomes MathML when the book is built, or is refused."""

import xml.etree.ElementTree as ET
from itertools import zip_longest

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from website.extensions.blocks.formulas import KeepWords, mathml


def test_formula_is_markup_that_needs_no_script():
    formula = ET.fromstring(mathml(r"\frac{a}{\sqrt{b}}", True))
    assert formula.tag == "math"
    assert formula.get("display") == "block"
    assert [each.text for each in formula.find(".//mfrac").iter("mi")] == ["a", "b"]


def test_formula_in_a_line_is_not_displayed():
    assert ET.fromstring(mathml("x", False)).get("display") is None


@pytest.mark.parametrize(
    ("tex", "rows"),
    [(r"a \\ b", 2), (r"\begin{aligned} a \\ b \end{aligned}", 2), ("a", 0)],
)
def test_lines_without_an_environment_are_rows(tex, rows):
    assert len(ET.fromstring(mathml(tex, True)).findall(".//mtr")) == rows


@pytest.mark.parametrize(
    ("tex", "fault"),
    [
        (r"\frac{a", "Unexpected end of input"),
        (r"\nonsense{a}", "Unsupported function name"),
        ("a_b_c", "Double subscript"),
    ],
)
def test_formula_that_cannot_be_read_is_refused_and_the_next_is_not(tex, fault):
    with pytest.raises(ValueError, match=fault):
        mathml(tex, False)
    assert mathml("x", False).startswith("<math>")


def test_formula_stays_on_one_line_with_what_touches_it():
    document = new_document("page", get_default_settings())
    a, b, c = (nodes.math("", name) for name in "abc")
    words = map(nodes.Text, ("the sum (of ", ", or all: ", "-value). A ", " d"))
    parts = [part for pair in zip_longest(words, (a, b, c)) for part in pair if part]
    line = nodes.paragraph("", "", *parts)
    document += line
    KeepWords(document).run()
    kept = [box.astext() for box in line.findall(nodes.inline)]
    assert kept == ["a,", "b-value)."]
    assert line.astext() == "the sum (of a, or all: b-value). A c d"
