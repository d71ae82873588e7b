"""Send the faces of text and code, with the characters that the pages use and no others.

They are Source Sans 3 and Source Code Pro, under the SIL Open Font License, whose terms lie beside
them. The figures are drawn with the same face.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from website.extensions.finish.kept import write_kept
from website.node import folder_of

PACKAGES = "node_modules/@fontsource-variable"
SANS, CODE = "source-sans-3", "source-code-pro"
# The file on the site, its package there, its style, and the weights that it can take.
FACES = (
    ("text.woff2", SANS, "normal", (400, 700)),
    ("text-italic.woff2", SANS, "italic", 400),
    ("code.woff2", CODE, "normal", (400, 700)),
)
PRINTABLE = {*range(0x20, 0x7F), *map(ord, "−–—‘’“”…×·±≤≥≠≈→←")}  # what scripts may write


def write_text_fonts(static: Path, pages: Iterable[str], cache: Path) -> None:
    """Write the fonts of a site's pages; `cache` keeps them for the next build."""
    used = PRINTABLE.union(*(map(ord, set(page)) for page in pages))
    for target, package, style, weights in FACES:

        def make(path, face=(package, style, weights, used)):
            with open_face(*face) as font:
                font.flavor = "woff2"
                font.save(path)

        decides = [Path(__file__), source_of(package, style), weights, sorted(used)]
        write_kept(static / target, cache, decides, make)
        license_text = folder_of() / PACKAGES / package / "LICENSE"
        shutil.copyfile(license_text, static / f"{package}.LICENSE.txt")


def rename(font: TTFont, family: str) -> None:
    """Give a face that was cut from a variable one a plain name."""
    names: Any = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    for number, name in {1: family, 2: "Regular", 4: family, 6: family.replace(" ", "")}.items():
        names.setName(name, number, 3, 1, 0x409)


def source_of(package: str, style: str) -> Path:
    """Return the file of a whole face."""
    return folder_of() / f"{PACKAGES}/{package}/files/{package}-latin-wght-{style}.woff2"


def open_face(
    package: str, style: str, weights: int | tuple[int, int], characters: Iterable[int]
) -> TTFont:
    """Return a face with some characters, and one weight or all between two."""
    font = TTFont(source_of(package, style), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["kern", "mark", "tnum"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return instantiateVariableFont(font, {"wght": weights}, inplace=True)
