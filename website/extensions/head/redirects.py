"""Keep old addresses alive: a page that moved leaves a small page that leads to the new one.

`redirects` in `_config.yml` maps an old path to the new one, both from the site's top. The file
`book/published_paths.txt` lists every address that was ever published; a test compares it with
the site.
"""

import json
from html import escape
from pathlib import Path
from posixpath import dirname, relpath

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.text_files import write_text
from homework_tools.words.translator import gettext

ICON = "_static/favicon.svg"
PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{title}</title>
    <link rel="canonical" href="{canonical}">
    <link rel="icon" href="{icon}">
{script}    <meta http-equiv="refresh" content="0; url={link}">
  </head>
  <body>
    <main><h1>{title}</h1><p>{now} <a href="{link}">{link}</a></p></main>
  </body>
</html>
"""


# The place or the lab's state in the address goes along, but not past a place that the link names.
SCRIPT = "    <script>location.replace({link} + location.hash)</script>\n"


def redirect_page(old: str, new: str, base: str, language: str = "en") -> str:
    """Return the page that leads from an old address to a new one.

    Paths are those from the site's top. The link itself does without `base`, the site's address, so
    it works from a disk as well. A page that names no icon asks for `/favicon.ico`.
    """
    file, mark, place = new.partition("#")
    folder = dirname(old) or "."
    link = relpath(file, folder) + mark + place
    written = json.dumps(link).replace("<", "\\u003c")  # no `</script>` inside of a script
    return PAGE.format(
        title=escape(gettext("This page has moved")),
        now=escape(gettext("Its address is now:")),
        language=escape(language),
        link=escape(link),
        canonical=escape(base + new),
        icon=escape(relpath(ICON, folder)),
        script="" if mark else SCRIPT.format(link=written),
    )


def redirect_faults(redirects: dict[str, str], pages: set[str]) -> list[str]:
    """Return what is wrong with the redirects of a site."""
    faults = [f"{old} is a page of the book: take it out" for old in redirects if old in pages]
    for old, new in redirects.items():
        if new.partition("#")[0] not in pages:
            faults.append(f"{old} leads to {new}, which is not a page: name one that is")
    return faults


def _write_redirects(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    pages = {f"{name}.html" for name in app.env.found_docs}
    faults = redirect_faults(app.config.redirects, pages)
    if faults:
        raise ConfigError("`redirects` in _config.yml: " + "; ".join(faults))
    base, language = app.config.html_baseurl or "", app.config.language.replace("_", "-")
    # Jupyter Book writes an index.html that leads to the first page, but has no title for it
    root = f"{app.config.root_doc}.html"
    for old, new in {"index.html": root, **app.config.redirects}.items():
        if old != new:
            write_text(Path(app.outdir, old), redirect_page(old, new, base, language=language))
