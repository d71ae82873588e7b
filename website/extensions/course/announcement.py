"""Show the text of `local/announcement.md` at the top of every page.

It is one paragraph of Markdown. A link in it names a page as seen from its file: `rooms.md` for one
of the course's own, `../book/ttest.md` for a chapter.
"""

from pathlib import Path
from posixpath import dirname, join, normpath

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.text_files import utf8_text

FILE = "local/announcement.md"


def rendered(text: str, address) -> str:
    """Return a paragraph of Markdown as HTML; `address` says where a page is, by its document."""
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parseInline(text.strip())
    for token in tokens[0].children or []:
        target, mark, place = str(token.attrs.get("href", "")).partition("#")
        if target.endswith(".md") and "://" not in target:
            page = normpath(join(dirname(FILE), target)).removesuffix(".md")
            token.attrs["href"] = address(page) + mark + place
    return reader.renderer.render(tokens, reader.options, {})


def _announce(app: Sphinx, pagename, templatename, context, doctree) -> None:
    path = Path(app.srcdir, FILE)
    text = utf8_text(path).strip() if path.is_file() else ""

    def address(docname: str) -> str:
        if docname not in app.env.found_docs:
            raise ConfigError(f"{FILE} leads to {docname}.md, which is not a page of the book")
        return context["pathto"](docname)

    if text:
        context["theme_announcement"] = rendered(text, address)
