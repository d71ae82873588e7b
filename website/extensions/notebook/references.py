"""Say in words what the roles and links of a page stand for, from what the build knows."""

from posixpath import dirname, join, normpath
from typing import cast

from myst_nb.core.variables import format_plain_text
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinxcontrib.bibtex.domain import BibtexDomain

from homework_tools.words.translator import gettext
from website.extensions.gate.checks import glued_texts


class PageReferences:
    """The names, numbers and values that one page of the book refers to."""

    def __init__(self, app: Sphinx, docname: str):
        self.app, self.env, self.docname = app, app.env, docname
        self.standard = cast(StandardDomain, app.env.get_domain("std"))

    def address(self) -> str:
        """Return the page's address on the site; empty while the site has none."""
        base = (self.app.config.html_baseurl or "").rstrip("/")
        return f"{base}/{self.docname}.html" if base else ""

    def glued(self, key: str) -> str:
        """Return a glued value, as the page shows it; its name where a failed cell glued none."""
        page, _, key = key.rpartition("::")
        name, _, form = key.partition(":")
        glued = glued_texts(self.app, self._page(page) if page else self.docname)
        return format_plain_text(glued[name], form or "s") if name in glued else name

    def number(self, label: str) -> str:
        """Return the name of a numbered thing, such as "Figure 3"."""
        docname, anchor = self.standard.anonlabels.get(label.lower(), (None, None))[:2]
        for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items():
            if anchor in numbers:
                number = ".".join(str(part) for part in numbers[anchor])
                return self.app.config.numfig_format.get(kind, "%s") % number
        return self.title(label)

    def title(self, target: str) -> str:
        """Return the title of a page, a labelled section or an exercise."""
        page = self._page(target)
        if page in self.env.titles:
            return self.env.titles[page].astext()
        exercise = getattr(self.env, "sphinx_exercise_registry", {}).get(target)
        if exercise:
            words = exercise["node"][0][-1].astext().strip(" ()")
            return gettext("the exercise “{title}”").format(title=words)
        label = target.lower()
        if label in self.standard.labels:
            return self.standard.labels[label][2]
        return self.number(target) if label in self.env.domaindata["math"]["objects"] else target

    def equation(self, label: str) -> str:
        """Return the number of an equation."""
        number = cast(MathDomain, self.env.get_domain("math")).get_equation_number_for(label)
        return str(number) if number is not None else label

    def citation(self, key: str, textual: bool) -> str:
        """Return the authors and the year of a cited work."""
        entry = self._works().get(key)
        if entry is None:
            return key
        names = [" ".join(person.last_names) for person in entry.persons.get("author", [])]
        many = len(names) > 2
        authors = f"{names[0]} et al." if many else gettext(" and ").join(names) or key
        year = entry.fields.get("year", gettext("no year"))
        return f"{authors} ({year})" if textual else f"{authors}, {year}"

    def substitution(self, name: str) -> str:
        """Return the value of a word of the book's settings."""
        return str(self.app.config.myst_substitutions.get(name, name))

    def _page(self, target: str) -> str:
        path = target.removesuffix(".md")
        return path[1:] if path[:1] == "/" else normpath(join(dirname(self.docname), path))

    def _works(self) -> dict:
        return dict(cast(BibtexDomain, self.env.get_domain("cite")).bibdata.data.entries)
