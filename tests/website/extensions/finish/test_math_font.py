"""The font of the formulas holds what they use, its license, and roots that fit."""

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from website.extensions.finish.math_font import write_math_font


@pytest.fixture
def font(tmp_path):
    """Return the font of a site with one formula."""
    write_math_font(
        tmp_path, ["<p>ж</p>", "<math><mi>x</mi><mo>≤</mo><mo>⏟</mo></math>"], tmp_path / "cache"
    )
    with TTFont(tmp_path / "math.woff2") as font:
        yield font


def test_font_holds_the_characters_of_the_formulas_alone(font, tmp_path):
    held = font.getBestCmap()
    assert {ord("x"), ord("≤"), ord("√"), ord("𝑥")} <= set(held)
    assert not {ord("ж"), ord("∞")} & set(held)
    assert (tmp_path / "math.woff2").stat().st_size < 25_000


def test_license_of_the_font_lies_beside_it(font, tmp_path):
    terms = (tmp_path / "math.LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in terms.upper()


def test_roots_take_the_same_room_and_grow_in_small_steps(font):
    variants = font["MATH"].table.MathVariants
    at = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord("√")])
    sizes = variants.VertGlyphConstruction[at].MathGlyphVariantRecord
    assert len({font["hmtx"][each.VariantGlyph][0] for each in sizes}) == 1
    heights = [each.AdvanceMeasurement for each in sizes]
    drawn = [font["glyf"][each.VariantGlyph].yMax for each in sizes]
    assert drawn == pytest.approx(heights, abs=2)
    assert max(b / a for a, b in pairwise(heights)) < 1.35


def test_wide_brace_is_put_together_of_parts(font):
    variants = font["MATH"].table.MathVariants
    at = variants.HorizGlyphCoverage.glyphs.index(font.getBestCmap()[ord("⏟")])
    brace = variants.HorizGlyphConstruction[at]
    assert len(brace.MathGlyphVariantRecord) == 2
    assert brace.GlyphAssembly.PartRecords


def test_site_without_a_formula_gets_no_font(tmp_path):
    write_math_font(tmp_path, ["<p>words</p>"], tmp_path / "cache")
    assert list(tmp_path.iterdir()) == []
