"""Show the text of `local/announcement.md` at the top of every page."""

from pathlib import Path

from markdown_it import MarkdownIt
from sphinx.application import Sphinx

FILE = "local/announcement.md"


def _announce(app: Sphinx, config) -> None:
    path = Path(app.srcdir, FILE)
    text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    if text:
        shown = MarkdownIt("commonmark", {"html": False}).renderInline(text)
        config.html_theme_options["announcement"] = shown
