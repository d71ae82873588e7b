"""The faces of text and code hold what the pages use, weigh little and have their licenses."""

import logging

import pytest
from fontTools.ttLib import TTFont

from website.extensions.finish.text_fonts import FACES, write_text_fonts

LIGHTEST, HEAVIEST = 5_000, 60_000  # bytes; together


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    """Return a folder with the fonts of a site with two pages."""
    folder = tmp_path_factory.mktemp("static")
    write_text_fonts(folder, ["<p>Größe</p>", "<p>½ ж</p>"], folder / "cache")
    return folder


def test_faces_hold_the_characters_of_all_pages_alone(fonts):
    with TTFont(fonts / "text.woff2") as font:
        held = set(font.getBestCmap())
    assert set(map(ord, "aZ09−–“ö½")) <= held
    assert not set(map(ord, "æÅжñ")) & held


def test_making_them_prints_nothing(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    write_text_fonts(tmp_path, ["<p>ö</p>"], tmp_path / "cache")
    assert caplog.messages == []


def test_text_can_be_as_bold_as_headings_are(fonts):
    with TTFont(fonts / "text.woff2") as font:
        (axis,) = font["fvar"].axes
        assert (axis.minValue, axis.maxValue) == (400, 700)


def test_faces_weigh_little_together(fonts):
    sizes = [(fonts / file).stat().st_size for file, *_ in FACES]
    assert min(sizes) > LIGHTEST
    assert sum(sizes) < HEAVIEST


def test_license_of_each_face_lies_beside_it(fonts):
    for _, package, *_ in FACES:
        terms = (fonts / f"{package}.LICENSE.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in terms.upper()
