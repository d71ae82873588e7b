"""Keep the pages self-contained and light, and their tables readable by a screen reader.

A page asks no other host for anything: MathJax comes with the site, and Thebe, which the stack
loads even when it is off and which asks three other hosts when it is used, is left out.
"""

import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx

MATHJAX = "sphinx-mathjax-offline/static/mathjax"
MATHJAX_PARTS = (
    "startup.js",  # it loads the others, as `mathjax3_config` in _config.yml says
    "core.js",
    "input/tex.js",
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "a11y/assistive-mml.js",
    "output/chtml/fonts/woff-v2",
    "input/tex/extensions",
)
VIEWPORT = re.compile(r'\s*<meta name="viewport"[^>]*>')
# What the templates leave no option for, as pydata-sphinx-theme 0.16.1, sphinx-book-theme 1.2.0 and
# Sphinx 7.4.7 write it, and what takes its place.
TEMPLATES = (
    # The icons are a font: their script is empty.
    (
        r"\s*(?:<!-- So that users can add custom icons -->\s*)?"
        r'<script src="[^"]*fontawesome\.js[^"]*"></script>',
        "",
    ),
    # No script holds up the text.
    (r'<script (?![^>]*\b(?:defer|async|type="module"))(?=[^>]*\bsrc=)', "<script defer "),
    # A script says at once which colors; without scripts there would be none at all.
    (r'(<html\b[^>]* data-theme=)"auto"', r'\1"light"'),
    # The search button is called what it shows.
    (r'(<button class="btn search-button-field[^"]*") title="[^"]*" aria-label="[^"]*"', r"\1"),
    # The menu is a landmark.
    (
        r'(<div id="pst-primary-sidebar")(?! role)',
        r'\1 role="complementary" aria-label="The book"',
    ),
    # Screen readers pass over the icons.
    (
        r'<(i|span) class="((?:theme-switch )?fa[srb]?[ -][^"]*)"(?![^>]*aria-hidden)([^>]*)>',
        r'<\1 class="\2" aria-hidden="true"\3>',
    ),
    (r'target="_blank"(?![^>]*\brel=)', 'target="_blank" rel="noopener"'),
)


def tidy_tables(html: str) -> str:
    """Return HTML whose table headers say what they head.

    Parameters
    ----------
    html : str
        A page, or a part of one.

    Returns
    -------
    str
        The same: every ``<th>`` has a scope, an empty one is a ``<td>``, and pandas' ``<style>``
        is gone.
    """
    html = re.sub(r"<style scoped>.*?</style>\s*", "", html, flags=re.S)
    html = re.sub(r"<th[^>]*>\s*(?:<p>\s*</p>\s*)?</th>", "<td></td>", html)
    html = re.sub(r"<thead\b.*?</thead>", lambda part: _scope(part[0], "col"), html, flags=re.S)
    return re.sub(r"<tbody\b.*?</tbody>", lambda part: _scope(part[0], "row"), html, flags=re.S)


def tidy_bibliography(html: str) -> str:
    """Return HTML without the two roles in a bibliography that ARIA doesn't allow there."""
    html = html.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    return html.replace(' role="doc-biblioentry"', "")


def tidy_exercises(html: str) -> str:
    """Return HTML without the name that each exercise gives its content: a name is for one.

    The space before the link of a solution's title is not underlined.
    """
    html = re.sub(r' id="(?:exercise|solution)-content"', "", html)
    return re.sub(r"(Solution to)(<a\b[^>]*>) ", r"\1 \2", html)


def tidy_formulas(html: str) -> str:
    """Return HTML whose displayed formulas can be reached, and scrolled, by keyboard."""
    return re.sub(r'<div class="math\b[^"]*"(?! tabindex)', r'\g<0> tabindex="0"', html)


def tidy_templates(html: str) -> str:
    """Return a page whose frame, which the theme's templates write, is as it should have been.

    Parameters
    ----------
    html : str
        The whole page.

    Returns
    -------
    str
        The page, with one viewport of three; `TEMPLATES` says the rest.
    """
    for pattern, replacement in TEMPLATES:
        html = re.sub(pattern, replacement, html)
    start = first.end() if (first := VIEWPORT.search(html)) else 0
    return html[:start] + VIEWPORT.sub("", html[start:])


def _scope(html: str, scope: str) -> str:
    return re.sub(r"<th(?![^>]*\bscope=)(?=[\s>])", f'<th scope="{scope}"', html)


def _drop_thebe(app: Sphinx, config) -> None:
    for listeners in app.events.listeners.values():
        listeners[:] = [each for each in listeners if each.handler.__module__ != "sphinx_thebe"]


def _copy_mathjax(app: Sphinx, exception: Exception | None) -> None:
    """Copy the parts of MathJax that the pages ask for: one and a half megabytes, not fifteen."""
    if exception is not None or app.builder.format != "html":
        return
    source = Path(distribution("sphinx-mathjax-offline").locate_file(MATHJAX))
    target = Path(app.outdir, "_static", "mathjax")
    for part in MATHJAX_PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, dirs_exist_ok=True)
        else:
            shutil.copy2(source / part, target / part)
