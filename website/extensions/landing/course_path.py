"""The `{course-path}` directive: the chapters of a part in order, with the minutes that they state.

Titles, questions and minutes are those of the chapters, the order is that of `_toc.yml`. A page
with a path is the first page, which has another frame than a chapter: the book's name at its top,
no contents at the right, no buttons that run or download it.
"""

import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from homework_tools.words.translator import gettext
from website.extensions.course.contents import chapters_of, read_toc
from website.extensions.course.language import translated
from website.extensions.gate.times import stated_minutes
from website.extensions.text.asked import ask
from website.extensions.text.page import read_page

TITLE = re.compile(r"(?:\w+ (?P<number>[\d.]+): )?(?P<words>.*?)(?: \([^)]*\))?$")
QUESTION = re.compile(r"^Question\n: (.*)", re.M)
# Of a page's metadata: what the theme looks for, and what we do.
NO_CONTENTS, LANDING = "html_theme.sidebar_secondary.remove", "landing"


class CoursePath(SphinxDirective):
    """The chapters of a part that state a time; `:brief:` leaves out their questions."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"brief": directives.flag}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir, self.config.external_toc_path)
        self.env.note_dependency(str(path))
        parts = read_toc(path).get("parts", [])
        chosen = [part for part in parts if part.get("caption") == self.arguments[0]]
        names = chapters_of({"parts": chosen})
        steps = [each for each in map(self._step, names) if each is not None]
        if not steps:
            return []  # a course has left the part out
        self.env.metadata[self.env.docname].update({NO_CONTENTS: "", LANDING: ""})
        brief = "brief" in self.options
        return [nodes.bullet_list("", *steps, classes=["course-path", *["brief"] * brief])]

    def _step(self, name: str) -> nodes.list_item | None:
        title, asked, minutes = ask(self.env, name, said_by)
        if minutes is None:
            return None
        number, words = split_title(translated(self.config, name, title))
        uri = self.env.app.builder.get_relative_uri(self.env.docname, name)
        step = nodes.paragraph("", "", nodes.inline("", number, classes=["step"]))
        step += nodes.reference("", words, refuri=uri, internal=True)
        if asked and "brief" not in self.options:
            asked = translated(self.config, name, asked)
            question = self.state.inline_text(asked, self.lineno)[0]
            step += [nodes.Text(" "), nodes.inline("", "", *question, classes=["question"])]
        step += [
            nodes.Text(" "),
            nodes.inline("", gettext("{minutes} min").format(minutes=minutes), classes=["minutes"]),
        ]
        return nodes.list_item("", step)


def said_by(text: str) -> tuple[str, str, int | None]:
    """Return a chapter's title, its question and its minutes, as its text says them."""
    question = QUESTION.search(text)
    title = read_page(text).headings[0].title
    return title, question[1] if question else "", stated_minutes(text)


def split_title(title: str) -> tuple[str, str]:
    """Return a chapter's number, "" if it has none, and its title without it and its keywords.

    Examples
    --------
    >>> split_title("Part 4.1: Test each gene (p-value)")
    ('4.1', 'Test each gene')
    >>> split_title("Designs and contrasts")
    ('', 'Designs and contrasts')
    """
    match = TITLE.match(title)
    return (match["number"] or "", match["words"]) if match else ("", title)


def _frame_first_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    context["root_title"] = gettext("About this book")  # in the menu; its own title is a question
    if LANDING in app.env.metadata.get(pagename, {}):
        # The styles know the page by its head: before the sidebar is drawn, not after.
        context["metatags"] = f'{context.get("metatags", "")}\n<meta name="landing" content="yes">'
        context["header_buttons"].clear()
        context["theme_article_header_start"] = ["navbar-logo.html"]
        context["theme_article_header_end"] = [
            "article-header-buttons.html",
            "toggle-primary-sidebar.html",
        ]
