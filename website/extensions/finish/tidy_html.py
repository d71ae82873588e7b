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


def tidy_tables(html: str) -> str:
    """Return HTML whose table headers say what they head.

    Parameters
    ----------
    html : str
        The page's body.

    Returns
    -------
    str
        The body: every ``<th>`` has a scope, an empty one is a ``<td>``, and pandas' ``<style>``
        inside the body is gone.
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


def own_files(files: list) -> list:
    """Return the scripts or styles of a page that come from our site, each once.

    Parameters
    ----------
    files : list
        Sphinx's script or style files.

    Returns
    -------
    list
        Those that are kept, in their order.
    """
    kept = {}
    for file in files:
        name = str(getattr(file, "filename", None) or file)
        body = getattr(file, "attributes", {}).get("body")
        if not re.search(r"^(https?:)?//|sphinx-thebe", name):
            kept.setdefault(body or name, file)
    return list(kept.values())


def _scope(html: str, scope: str) -> str:
    return re.sub(r"<th(?![^>]*\bscope=)(?=[\s>])", f'<th scope="{scope}"', html)


def _drop_thebe(app: Sphinx, config) -> None:
    for listeners in app.events.listeners.values():
        listeners[:] = [each for each in listeners if each.handler.__module__ != "sphinx_thebe"]


def _tidy_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    for key in ("script_files", "css_files"):
        # in place: Sphinx gives its templates this very list
        context[key][:] = own_files(context[key])
    if context.get("body"):
        for tidy in (tidy_tables, tidy_bibliography, tidy_exercises, tidy_formulas):
            context["body"] = tidy(context["body"])


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
