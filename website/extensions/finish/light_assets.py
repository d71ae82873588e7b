"""Send the reader only what the pages use: the icons that are drawn, the styles that apply.

The theme ships every icon of Font Awesome three times (fonts in two formats, and a script), with a
rule of CSS for each, and maps for its own developers.
"""

import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from website.extensions.finish.kept import write_kept

THEME_CSS = "styles/pydata-sphinx-theme.css"
FONTS = "vendor/fontawesome/webfonts"
ICON_RULE = re.compile(
    r'(?:\.fa-[\w-]+:before,)*\.fa-[\w-]+:before\{content:"\\[0-9a-f]+ ?"\}'
    r"|\.fa\.fa-[^{}]*\{[^{}]*\}"
)
GLYPH = re.compile(r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])", flags=re.I)
FONT_SOURCE = re.compile(
    rf'url\(\.\./{FONTS}/([\w-]+)\.woff2\) format\("woff2"\),'
    rf'url\(\.\./{FONTS}/[\w-]+\.ttf\) format\("truetype"\)'
)
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


def used_icons(texts: Iterable[str]) -> set[str]:
    """Return the names of the icons, such as ``fa-rocket``, that pages and scripts hold."""
    return {name for text in texts for name in re.findall(r"\bfa-[\w-]+", text)}


def light_css(css: str, icons: set[str]) -> str:
    """Return the theme's CSS without the rules of icons that no page shows.

    Each icon font has one source, a WOFF file.
    """

    def keep_used(rule):
        names = set(re.findall(r"fa-[\w-]+", rule[0]))
        return rule[0] if names & icons else ""

    css = FONT_SOURCE.sub(rf'url(../{FONTS}/\1.woff) format("woff")', ICON_RULE.sub(keep_used, css))
    return re.sub(r"/\*# sourceMappingURL=\S* \*/\s*$", "", css)


def glyphs_of(css: str) -> set[int]:
    """Return the code points of the icons that a style sheet draws."""
    return {int(code, 16) if code else ord(mark) for code, mark in GLYPH.findall(css)}


def write_subset(source: Path, target: Path, glyphs: set[int]) -> None:
    """Write a font that holds only some glyphs, as WOFF.

    Glyphs, by their code points, that the font lacks are passed over.
    """
    options = subset.Options(drop_tables=[*subset.Options().drop_tables, "FFTM"], hinting=False)
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=glyphs)
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(target)


def lighten(static: Path, pages: Iterable[str], cache: Path) -> None:
    """Drop the theme's files that no page uses, and the icons that none shows.

    `cache` keeps the fonts of icons for the next build.
    """
    for path in {each for pattern in UNUSED for each in static.glob(pattern)}:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    sheet, fonts = static / THEME_CSS, static / FONTS
    if not any(fonts.glob("*.ttf")):
        return  # they are light already: this build wrote over an older one
    scripts = [path.read_text(encoding="utf-8") for path in (static / "scripts").glob("*.js")]
    css = light_css(sheet.read_text(encoding="utf-8"), used_icons([*pages, *scripts]))
    sheet.write_text(css, encoding="utf-8", newline="\n")
    others = [path.read_text(encoding="utf-8") for path in static.rglob("*.css")]
    glyphs = glyphs_of("".join(others))
    for font in sorted(fonts.glob("*.ttf")):
        make = partial(write_subset, font, glyphs=glyphs)
        write_kept(font.with_suffix(".woff"), cache, [Path(__file__), font, sorted(glyphs)], make)
    for font in [*fonts.glob("*.ttf"), *fonts.glob("*.woff2")]:
        font.unlink()


def _keep_used_files(app: Sphinx, pagename, templatename, context, doctree) -> None:
    for key in ("script_files", "css_files"):
        # in place: Sphinx gives its templates this very list
        context[key][:] = used_files(context[key], context.get("body") or "")
