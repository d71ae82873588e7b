"""Send the reader only what the pages use: the scripts that apply, the icons that are drawn.

The theme ships every icon of Font Awesome three times (fonts in two formats, and a script), and
maps for its own developers.
"""

import re
import shutil
from functools import partial
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from website.extensions.finish.kept import write_kept

THEME_SHEETS = ("pydata-sphinx-theme.css", "sphinx-book-theme.css")
FONTS = "vendor/fontawesome/webfonts"
GLYPH = re.compile(r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])", flags=re.I)
UNUSED = ("**/*.map", "scripts/fontawesome.js*", "locales", "*webpack-macros.html")
# Nothing of other hosts, nor of Thebe, which the stack loads even when it is off; nor the script
# that names the page to other scripts, which this book has not.
REFUSED = re.compile(r"^(https?:)?//|sphinx-thebe|DOCUMENTATION_OPTIONS\.pagename")
# What a page's body must hold for a script or a style to be of use in it.
NEEDED_BY = {
    "sphinx-design": "sd-",
    "design-tabs": "sd-tab",
}


def used_files(files: list, body: str) -> list:
    """Return the scripts or styles of a page that come from our site and that its body can use.

    Each is kept once, in their order.
    """
    kept = {}
    for file in files:
        name = str(getattr(file, "filename", None) or file)
        code = getattr(file, "attributes", {}).get("body") or ""
        marks = [mark for part, mark in NEEDED_BY.items() if part in f"{name} {code}"]
        if not REFUSED.search(f"{name} {code}") and all(mark in body for mark in marks):
            kept.setdefault(code or name, file)
    return list(kept.values())


def glyphs_of(css: str) -> set[int]:
    """Return the code points of the icons that a style sheet draws."""
    return {int(code, 16) if code else ord(mark) for code, mark in GLYPH.findall(css)}


def write_subset(source: Path, target: Path, glyphs: set[int]) -> None:
    """Write a font that holds only some glyphs, as WOFF2.

    Glyphs, by their code points, that the font lacks are passed over.
    """
    options = subset.Options(drop_tables=[*subset.Options().drop_tables, "FFTM"], hinting=False)
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=glyphs)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target)


def drop_unused(static: Path) -> None:
    """Drop the theme's files that no page uses."""
    for path in {each for pattern in UNUSED for each in static.glob(pattern)}:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def write_icons(static: Path, cache: Path, *, are_joined: bool) -> None:
    """Leave in the fonts of icons those that the style sheets of the pages draw.

    `cache` keeps the fonts for the next build. If the sheets `are_joined`, no page names the
    theme's own.
    """
    sheets = [
        path for path in static.rglob("*.css") if not are_joined or path.name not in THEME_SHEETS
    ]
    glyphs = sorted(glyphs_of("".join(path.read_text(encoding="utf-8") for path in sheets)))
    for whole in sorted((static / FONTS).glob("*.ttf")):  # none where they are light already
        make = partial(write_subset, whole, glyphs=set(glyphs))
        write_kept(whole.with_suffix(".woff2"), cache, [Path(__file__), whole, glyphs], make)
        whole.unlink()


def _drop_thebe(app: Sphinx, config) -> None:
    """Let Thebe add nothing: the stack loads it even when it is off."""
    for listeners in app.events.listeners.values():
        listeners[:] = [each for each in listeners if each.handler.__module__ != "sphinx_thebe"]


def _keep_used_files(app: Sphinx, pagename, templatename, context, doctree) -> None:
    for key in ("script_files", "css_files"):
        # in place: Sphinx gives its templates this very list
        context[key][:] = used_files(context[key], context.get("body") or "")
