"""Show how to cite the book, from CITATION.cff, and a course of one's own, from course.yml."""

import re
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from homework_tools.master.course import Course
from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.course.settings import course_of

FILE = "CITATION.cff"
BUILDS_ON = gettext_noop("This course builds on:")


def citation_text(citation: dict, address: str) -> str:
    """Return a citation as a sentence.

    `citation` is what CITATION.cff holds.
    """
    year = f" ({_year(citation)})" if _year(citation) else ""
    parts = [f"{_authors(citation)}{year}", citation["title"]]
    if "version" in citation:
        parts.append(gettext("Version {version}").format(version=citation["version"]))
    return f"{'. '.join(parts)}. {address}".strip()


def citation_bibtex(citation: dict, address: str, key: str) -> str:
    """Return a citation as an entry for BibTeX.

    `citation` is what CITATION.cff holds, `key` the entry's name.
    """
    author, title = (
        re.sub(r"[&%$#_]", r"\\\g<0>", words)  # else LaTeX would take them for commands
        for words in (_authors(citation, " and "), citation["title"])
    )
    fields = {
        "author": f"{{{author}}}",  # in two braces: "The" is no first name
        "title": title,
        "year": _year(citation),
        "version": citation["version"],
        "url": address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}"


def of_course(citation: dict, course: Course) -> dict:
    """Return the citation of a course, which is the book's own where it changes neither name."""
    book = Course()
    if (course.title, course.author) == (book.title, book.author):
        return citation
    return citation | {"title": course.title, "authors": [{"name": course.author}]}


class Citation(SphinxDirective):
    """The citation, as a sentence and for BibTeX."""

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir, FILE)
        self.env.note_dependency(str(path))
        original = yaml.safe_load(path.read_text(encoding="utf-8"))
        app = self.env.app
        citation = of_course(original, course_of(app))
        address = app.config.html_baseurl or ""
        bibtex = citation_bibtex(citation, address, "rnaseq-hw")
        block = nodes.literal_block(bibtex, bibtex, language="bibtex")
        shown: list[nodes.Node] = [nodes.paragraph("", citation_text(citation, address)), block]
        if citation is not original:  # the license asks for this line
            del original["version"]  # the course's own by now
            original.pop("date-released", None)
            shown += [nodes.paragraph("", f"{gettext(BUILDS_ON)} {citation_text(original, '')}")]
        return shown


def _year(citation: dict) -> str:
    return str(citation.get("date-released", ""))[:4]


def _authors(citation: dict, between: str = ", ") -> str:
    names = [
        each.get("name") or f"{each['given-names']} {each['family-names']}"
        for each in citation["authors"]
    ]
    return between.join(names)


def _set_version(app: Sphinx, config) -> None:
    path = Path(app.srcdir, FILE)
    if path.is_file():
        config.version = config.release = yaml.safe_load(path.read_text(encoding="utf-8"))[
            "version"
        ]
