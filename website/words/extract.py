"""Find all that we say ourselves, for translators: `python -m website.words.extract TEMPLATE.pot`.

That is what the site says, and what the homework's tools write for students and instructors.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2.ext import extract_from_ast

from homework_tools.grading.explanations import HINTS
from homework_tools.grading.marking.page import PARTS
from homework_tools.grading.unusual import MODULES, SIGNS
from homework_tools.sandbox.guest.worker import ALARMS
from homework_tools.words.catalogues import SITE
from homework_tools.words.pages import FOLDER, PAGES
from homework_tools.words.translator import IN_SCRIPT
from website.extensions.course.language import SETTINGS
from website.node import run_node

ROOT = Path(__file__).parents[2]
WEBSITE = ROOT / "website"
IN_PYTHON = ("gettext", "gettext_noop", "ngettext")
LOOKED_UP = (*HINTS.values(), *MODULES.values(), *SIGNS, *ALARMS.values())  # said by their values
IN_SCRIPTS = Path(__file__).with_name("messages.mjs")


def python_words(source: str) -> Iterator[tuple[str | tuple[str, ...], int]]:
    """Yield what Python code says, also inside of f-strings, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in IN_PYTHON:
            values = [getattr(each, "value", None) for each in node.args]
            words = [each for each in values if isinstance(each, str)]
            if words:
                yield (words[0] if len(words) == 1 else tuple(words)), node.lineno


def settings_words(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the words among the settings of a book, each with the file where it is."""
    book, toc = (yaml.safe_load((root / name).read_bytes()) for name in ("_config.yml", "_toc.yml"))
    config = book["sphinx"]["config"]
    shown = *config.get("notfound_context", {}).values(), book.get("html", {}).get("extra_footer")
    for words in (*map(config.get, SETTINGS), *shown):
        if words:
            yield words, "_config.yml"
    for part in toc.get("parts", []):
        if "caption" in part:
            yield part["caption"], "_toc.yml"


def page_words() -> Iterator[tuple[str, str]]:
    """Yield the words of the pages for instructors, each with the file where it is."""
    for path in sorted(FOLDER.rglob("*.html")):
        page, name = PAGES.parse(path.read_text(encoding="utf-8")), path.relative_to(ROOT)
        for *_, found in extract_from_ast(page, ("_",), babel_style=False):
            yield from ((words, name.as_posix()) for words in found or () if words)
    for path in sorted(PARTS.glob("*.mjs")):
        for found in IN_SCRIPT.finditer(path.read_text(encoding="utf-8")):
            yield json.loads(found[1]), path.relative_to(ROOT).as_posix()


def site_messages() -> Catalog:
    """Return a catalogue of all that the site says, without translations."""
    catalogue = Catalog(domain=SITE, project="The site's own words")
    ours = ("homework_tools", "website")
    for path in sorted(path for name in ours for path in (ROOT / name).rglob("*.py")):
        for words, line in python_words(path.read_text(encoding="utf-8")):
            catalogue.add(words, None, [(path.relative_to(ROOT).as_posix(), line)])
    looked_up = ((words, "homework_tools/grading") for words in LOOKED_UP)
    for words, name in (*settings_words(ROOT), *page_words(), *looked_up):
        catalogue.add(words, None, [(name, 1)])
    scripts = sorted(path for part in ("lab", "python") for path in (WEBSITE / part).rglob("*.mjs"))
    for each in json.loads(run_node(IN_SCRIPTS, *scripts)):
        words = (each["id"], each["plural"]) if each.get("plural") else each["id"]
        place = Path(each["file"]).relative_to(ROOT).as_posix(), each["line"]
        comments = each.get("comments", [])
        catalogue.add(
            words, None, [place], auto_comments=comments, context=each.get("context") or None
        )
    return catalogue


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb") as file:
        write_po(file, site_messages(), width=0)
