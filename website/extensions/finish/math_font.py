"""Send the font of the formulas, with the characters that they use and no others.

It is Noto Sans Math, under the SIL Open Font License, whose terms lie beside it.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unicodedata import normalize

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from website.extensions.finish.kept import write_kept
from website.node import folder_of

PACKAGE = "node_modules/@fontsource/noto-sans-math"
SOURCE = "files/noto-sans-math-latin-400-normal.woff"
TARGET = "math.woff2"
LICENSE = "math.LICENSE.txt"
ROOT = 0x221A
ITALICS = {0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)}  # a letter alone is drawn so
FEATURES = ["ssty", "dtls", "flac", "mark", "mkmk"]
ROOT_HEIGHTS = (0.8, 1.05, 1.3, 1.6, 1.95, 2.4)  # in em


def write_math_font(static: Path, pages: Iterable[str], cache: Path) -> None:
    """Write the font of a site's formulas; `cache` keeps it for the next build."""
    formulas = [each for page in pages for each in re.findall(r"<math\b.*?</math>", page, re.S)]
    if not formulas:
        return
    text = re.sub(r"<[^>]*>", "", "".join(formulas))
    letters = set(normalize("NFKC", text))
    italics = {each for each in ITALICS if normalize("NFKC", chr(each)) in letters}
    used = {ROOT, *italics, *map(ord, text)}
    package = folder_of() / PACKAGE
    shutil.copyfile(package / "LICENSE", static / LICENSE)

    def make(path):
        with TTFont(package / SOURCE, recalcTimestamp=False) as font:
            subsetter = subset.Subsetter(subset.Options(hinting=False, layout_features=FEATURES))
            subsetter.populate(unicodes=used)
            subsetter.subset(font)
            level_roots(font)
            fit_braces(font)
            font.flavor = "woff2"
            font.save(path)

    write_kept(static / TARGET, cache, [Path(__file__), package / SOURCE, sorted(used)], make)


def fit_braces(font: TTFont) -> None:
    """Let a wide brace be as wide as what it spans: Chromium keeps no room for a wider one."""
    for wide in font["MATH"].table.MathVariants.HorizGlyphConstruction or []:
        if wide.GlyphAssembly:  # of parts, which fit any width but a small one
            wide.MathGlyphVariantRecord = wide.MathGlyphVariantRecord[:2]


def level_roots(font: Any) -> None:  # its tables are filled when they are read
    """Give the root signs one width, and heights that are near to each other.

    Chromium keeps room for the widest beside every root, and hangs what a sign is too high below
    the line. What can stretch the sign further is dropped: its parts are as wide as the widest.
    """
    variants, glyphs, em = font["MATH"].table.MathVariants, font.getGlyphSet(), font["head"]
    sign = font.getBestCmap()[ROOT]
    sizes = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(sign)]
    sizes.GlyphAssembly = None
    width, drawn = font["hmtx"][sign][0], {}
    for size, height in zip(sizes.MathGlyphVariantRecord, ROOT_HEIGHTS, strict=True):
        name = size.VariantGlyph
        bounds: Any = BoundsPen(glyphs)
        pen = TTGlyphPen(None)
        glyphs[name].draw(bounds)
        low, high = bounds.bounds[1::2]
        size.AdvanceMeasurement = round(height * em.unitsPerEm)
        across, up = width / font["hmtx"][name][0], size.AdvanceMeasurement / (high - low)
        glyphs[name].draw(TransformPen(pen, (across, 0, 0, up, 0, -low * up)))
        drawn[name] = pen.glyph()
    for name, glyph in drawn.items():
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)
