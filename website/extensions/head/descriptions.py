"""Give each page a description of its own, for search engines and for links that are shared.

A chapter's is the question that it opens with; another page's is its first paragraph.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.course.language import translated

LONGEST = 180
WITHOUT_TEXT = {
    "search": gettext_noop("Search the pages of this book for a word, a function or a term."),
    "genindex": gettext_noop(
        "Every term, function and module of this book, in alphabetical order."
    ),
    "404": gettext_noop("This page is not here. Search the book, or start at its first page."),
}


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text, cut at the end of a sentence, else of a word, when it is too long.

    Examples
    --------
    >>> shortened("One. Two three.", 8)
    'One.'
    >>> shortened("One two three", 9)
    'One two …'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest + 1]
    sentence = cut.rfind(". ")
    return cut[: sentence + 1] if sentence > 0 else f"{cut[: longest - 1].rpartition(' ')[0]} …"


def description(doctree: nodes.document, question: str = "Question") -> str:
    """Return what a page says that it is about: its `question`, or its first paragraph."""
    for item in doctree.findall(nodes.definition_list_item):
        if item[0].astext() == question:
            return shortened(item[-1].astext())
    paragraphs = doctree.findall(nodes.paragraph)
    texts = [each.astext() for each in paragraphs if isinstance(each.parent, nodes.section)]
    return shortened(next((text for text in texts if len(text) > 40), " ".join(texts)))


def _describe(app: Sphinx, pagename, templatename, context, doctree) -> None:
    question = translated(app.config, pagename, "Question")
    known = gettext(WITHOUT_TEXT.get(pagename, " ")).strip()
    text = description(doctree, question) if doctree else known
    if not text:
        return
    tag = f'<meta name="description" content="{escape(text)}" />\n'
    context["metatags"] = context.get("metatags", "") + tag
    if doctree:
        context["meta"] = {**(context.get("meta") or {}), "og:description": text}
