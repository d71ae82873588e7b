"""Fix what the theme's templates write around the body of each page.

They leave no setting for it: a script that is empty now, three viewports, and
names of buttons that a screen reader says otherwise than they are written.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

ICON_SCRIPT = re.compile(
    r"\s*(?:<!-- So that users can add custom icons -->\s*)?"
    r'<script src="[^"]*fontawesome\.js[^"]*"></script>'
)
VIEWPORT = re.compile(r'\s*<meta name="viewport"[^>]*>')
SEARCH_BUTTON = re.compile(
    r'(<button class="btn search-button-field[^"]*") title="[^"]*" aria-label="[^"]*"'
)
SIDEBAR = re.compile(r'(<div id="pst-primary-sidebar")(?! role)')
ICON = re.compile(
    r'<(i|span) class="((?:theme-switch )?fa[srb]?[ -][^"]*)"(?![^>]*aria-hidden)([^>]*)>'
)
SCRIPT = re.compile(r'<script (?![^>]*\b(?:defer|async|type="module"))(?=[^>]*\bsrc=)')
# Sphinx names the page to scripts that the book has not; it would have to wait for the others.
PAGE_NAME = re.compile(r"\s*<script>DOCUMENTATION_OPTIONS\.pagename = [^<]*</script>")
IMAGE = re.compile(r'<img\b(?![^>]*\bwidth=)[^>]*\bsrc="([^":?]+\.png)"[^>]*?(?=\s*/?>)')
OPTIONS = "_static/documentation_options.js"
# From a disk no script may read another page, so the search shows titles without excerpts there.
ON_A_DISK = (
    'if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;\n'
)
# The theme's script says which at once; without scripts there would be no colors at all.
NO_THEME = re.compile(r'(<html\b[^>]* data-theme=)"auto"')
NEW_WINDOW = re.compile(r'target="_blank"(?![^>]*\brel=)')


def corrected_page(html: str) -> str:
    """Return a finished page as it should have been written; a fixed page stays as it is.

    Parameters
    ----------
    html : str
        The whole page.

    Returns
    -------
    str
        The page with one viewport and without the script for icons. No script holds up its text,
        without scripts it is light, the search button is called what it shows, the menu is a
        landmark, and screen readers pass over the icons.
    """
    for unwanted in (ICON_SCRIPT, PAGE_NAME):
        html = unwanted.sub("", html)
    html = SCRIPT.sub("<script defer ", html)
    html = NO_THEME.sub(r'\1"light"', html)
    head, middle, rest = html.partition("</head>")
    for again in list(VIEWPORT.finditer(head))[:0:-1]:
        head = head[: again.start()] + head[again.end() :]
    html = SEARCH_BUTTON.sub(r"\1", head + middle + rest)
    html = SIDEBAR.sub(r'\1 role="complementary" aria-label="The book"', html)
    html = ICON.sub(r'<\1 class="\2" aria-hidden="true"\3>', html)
    return NEW_WINDOW.sub('target="_blank" rel="noopener"', html)


def sized_images(html: str, folder: Path) -> str:
    """Return a page whose figures have their size, so that no text moves when they arrive.

    Parameters
    ----------
    html : str
        The whole page.
    folder : Path
        The page's folder, from which its images are named.

    Returns
    -------
    str
        The page; a figure after the first is fetched when the reader comes near to it.
    """
    seen = []

    def add_size(image):
        seen.append(image)
        header = (folder / image[1]).read_bytes()[16:24]  # as the PNG format has it
        width, height = (int.from_bytes(part, "big") for part in (header[:4], header[4:]))
        lazy = ' loading="lazy"' if len(seen) > 1 else ""
        return f'{image[0]} width="{width}" height="{height}"{lazy}'

    return IMAGE.sub(add_size, html)


def _correct_pages(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        fixed = sized_images(corrected_page(html), path.parent)
        if fixed != html:
            path.write_text(fixed, encoding="utf-8", newline="\n")


def _correct_options(app: Sphinx, exception: Exception | None) -> None:
    path = Path(app.outdir, OPTIONS)
    if exception is None and path.is_file() and ON_A_DISK not in path.read_text(encoding="utf-8"):
        text = path.read_text(encoding="utf-8").rstrip() + "\n" + ON_A_DISK
        path.write_text(text, encoding="utf-8", newline="\n")
