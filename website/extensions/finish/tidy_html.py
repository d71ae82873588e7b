"""Keep the pages light, and their tables readable by a screen reader."""

import re
from html import escape

from homework_tools.words.translator import gettext

VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
# What the templates leave no option for, as pydata-sphinx-theme 0.16.1, sphinx-book-theme 1.2.0 and
# Sphinx 7.4.7 write it, and what takes its place. No pattern begins with spaces: they are
# everywhere, and each would be tried.
TEMPLATES = (
    # The icons are a font: their script is empty.
    (
        r"(?:<!-- So that users can add custom icons -->\s*)?"
        r'<script src="[^"]*fontawesome\.js[^"]*"></script>',
        "",
    ),
    # No script holds up the text.
    (r'<script (?![^>]*\b(?:defer|async|type="module"))(?=[^>]*\bsrc=)', "<script defer "),
    # Nor does it come before the styles.
    (r'(?:<!-- Pre-loaded[^>]*-->\s*)?<link rel="preload" as="script"[^>]*>', ""),
    (r'<script (?=[^>]*\btype="module")(?![^>]*\bfetchpriority=)', '<script fetchpriority="low" '),
    # A script says at once which colors, not only the theme's, which comes after the page; without
    # scripts there would be none at all.
    (r'(<html\b[^>]* data-theme=)"auto"', r'\1"light"'),
    (
        r'(dataset\.theme = )localStorage\.getItem\("theme"\) \|\| "\w*"',
        r'\1localStorage.getItem("mode")?.replace("auto", "")'
        ' || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")',
    ),
    # What opens folded code is called what it says: "Show the plotting code".
    (r'<summary aria-label="[^"]*"', "<summary"),
    # The search button is called what it shows.
    (r'(<button class="btn search-button-field[^"]*") title="[^"]*" aria-label="[^"]*"', r"\1"),
    # The menu is a landmark.
    (
        r'(<div id="pst-primary-sidebar")(?! role)',
        r'\1 role="complementary" aria-label="{menu}"',
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

    Every ``<th>`` has a scope, an empty one is a ``<td>``, and pandas' ``<style>`` is gone.
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
    return re.sub(r"(?<=[^\s>])(<a\b[^>]*>) ", r" \1", html)


def tidy_templates(html: str) -> str:
    """Return a page whose frame, which the theme's templates write, is as it should have been.

    It has one viewport of three; `TEMPLATES` says the rest.
    """
    menu = escape(gettext("The book"))
    for pattern, replacement in TEMPLATES:
        html = re.sub(pattern, replacement.replace("{menu}", menu), html)
    start = first.end() if (first := VIEWPORT.search(html)) else 0
    return html[:start] + VIEWPORT.sub("", html[start:])


def _scope(html: str, scope: str) -> str:
    return re.sub(r"<th(?![^>]*\bscope=)(?=[\s>])", f'<th scope="{scope}"', html)
