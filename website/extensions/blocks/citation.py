"""Show how to cite the book, from CITATION.cff, the one place that says it."""

from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FILE = "CITATION.cff"


def citation_text(citation: dict, address: str) -> str:
    """Return a citation as a sentence.

    `citation` is what CITATION.cff holds.
    """
    parts = [_authors(citation), citation["title"], f"Version {citation['version']}"]
    return f"{'. '.join(parts)}. {address}".strip()


def citation_bibtex(citation: dict, address: str, key: str) -> str:
    """Return a citation as an entry for BibTeX.

    `citation` is what CITATION.cff holds, `key` the entry's name.
    """
    fields = {
        "author": f"{{{_authors(citation, ' and ')}}}",  # in two braces: "The" is no first name
        "title": citation["title"],
        "version": citation["version"],
        "url": address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}"


class Citation(SphinxDirective):
    """The citation, as a sentence and for BibTeX."""

    def run(self) -> list[nodes.Node]:
        """Return both."""
        path = Path(self.env.srcdir, FILE)
        self.env.note_dependency(str(path))
        citation = yaml.safe_load(path.read_text(encoding="utf-8"))
        app = self.env.app
        self.env.note_dependency(str(Path(app.srcdir, "_config.yml")))
        address = app.config.html_baseurl or ""
        bibtex = citation_bibtex(citation, address, "rnaseq-hw")
        block = nodes.literal_block(bibtex, bibtex, language="bibtex")
        return [nodes.paragraph("", citation_text(citation, address)), block]


def setup_citation(app: Sphinx) -> None:
    """Offer the directive; take the version from the same file."""
    app.add_directive("book-citation", Citation)


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
