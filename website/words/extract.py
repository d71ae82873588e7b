"""Find all that the site says, for translators: `python -m website.words.extract TEMPLATE.pot`."""

import json
import sys
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from website.node import run_node
from website.words.translator import DOMAIN, SETTINGS

WEBSITE = Path(__file__).parents[1]
IN_PYTHON = {"gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
IN_SCRIPTS = Path(__file__).with_name("messages.mjs")


def settings_words(path: Path) -> list[str]:
    """Return the words among the settings of a book."""
    config = yaml.safe_load(path.read_text(encoding="utf-8"))["sphinx"]["config"]
    return [config[name] for name in SETTINGS if name in config]


def site_messages() -> Catalog:
    """Return a catalogue of all that the site says, without translations."""
    catalogue = Catalog(domain=DOMAIN, project="The site's own words")
    for path in sorted(WEBSITE.rglob("*.py")):
        for line, words, comments, context in extract_from_file("python", path, IN_PYTHON):
            place = path.relative_to(WEBSITE.parent).as_posix(), line
            catalogue.add(words, None, [place], auto_comments=comments, context=context)
    for words in settings_words(WEBSITE.parent / "_config.yml"):
        catalogue.add(words, None, [("_config.yml", 1)])
    scripts = sorted(path for part in ("lab", "python") for path in (WEBSITE / part).rglob("*.mjs"))
    for each in json.loads(run_node(IN_SCRIPTS, *scripts)):
        words = (each["id"], each["plural"]) if each.get("plural") else each["id"]
        place = Path(each["file"]).relative_to(WEBSITE.parent).as_posix(), each["line"]
        comments = each.get("comments", [])
        catalogue.add(
            words, None, [place], auto_comments=comments, context=each.get("context") or None
        )
    return catalogue


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb") as file:
        write_po(file, site_messages(), width=0)
