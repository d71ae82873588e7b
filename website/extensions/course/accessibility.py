"""What the tests check of accessibility, for the tests themselves and for the statement on it."""

from importlib.metadata import PackageNotFoundError, version

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from homework_tools.words.translator import gettext

STANDARD = "WCAG 2.2, level AA"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]  # axe's names
MODES = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
EVERY_PAGE = MODES[:2]  # the others are tried on some pages
CODE_ON = ("book/ttest.html", "book/api.html")  # where each word of code is looked at as well
CHECKER = "axe-playwright-python"  # carries axe-core


def facts(pages: int, edition: str, checker: str) -> list[str]:
    """Return what the statement says: standard, pages, how they are looked at, and the date.

    `edition` is the commit with its date, `checker` the version of what carries axe-core; each is
    "" if it is not known.
    """
    unknown = gettext("not known, since it was built without git")
    commit = gettext("commit {commit}").format(commit=edition) if edition else unknown
    sight = gettext("{width} pixels wide in {colors} colors")
    colors = {"light": gettext("light"), "dark": gettext("dark")}
    sights = [sight.format(width=width, colors=colors[name]) for width, name in EVERY_PAGE]
    how = gettext(
        "How: axe-core ({checker}) looks at each page in Chromium, {sights}, with the rules "
        "{rules}. It must find nothing. The single words of code, whose colors are the same on "
        "all pages, are looked at on some. Of texts that look alike, the contrast of one is "
        "measured."
    )
    return [
        gettext("Standard: {standard}.").format(standard=STANDARD),
        gettext("Pages: all {pages} of this site, each with every answer open.").format(
            pages=pages
        ),
        how.format(
            checker=" ".join(filter(None, [CHECKER, checker])),
            sights=gettext(" and ").join(sights),
            rules=", ".join(TAGS),
        ),
        gettext("Edition: {commit}.").format(commit=commit),
    ]


class AccessibilityFacts(SphinxDirective):
    """The list of facts, for the edition that is built."""

    def run(self) -> list[nodes.Node]:
        if not self.config.is_preview:
            self.env.note_reread()  # the next commit has the same page
        try:
            checker = version(CHECKER)
        except PackageNotFoundError:  # a build without what the tests need
            checker = ""
        edition = self.config.html_context.get("edition", "")
        texts = facts(len(self.env.found_docs), edition, checker)
        items = [nodes.list_item("", nodes.paragraph("", text)) for text in texts]
        return [nodes.bullet_list("", *items)]
