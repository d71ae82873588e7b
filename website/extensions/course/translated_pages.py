"""Pages in another language: Sphinx replaces each passage by that of `local/locales`, where it is.

Sphinx reads a replaced passage apart from its page, so it has to learn where glued numbers are, and
that the title of an exercise is a passage.
"""

from pathlib import Path

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, exercise_subtitle

from homework_tools.words.translator import gettext


class GluedText(PasteTextRole):
    """`{glue:text}`, also where a passage is read apart from the cells of its page."""

    def run(self):
        if "nb_renderer" not in self.document and "::" not in self.text:
            env = self.document.settings.env
            page = Path(env.doc2path(env.docname)).relative_to(env.srcdir)
            key = self.text if ":" in self.text else f"{self.text}:s"  # else "::" would be its ":"
            self.text = f"/{page.as_posix()}::{key}"
        return super().run()


class ExerciseTitles(SphinxTransform):
    """Make the titles of exercises passages; one with a formula or code stays as it is."""

    default_priority = 15  # before Sphinx replaces passages

    def apply(self, **options) -> None:
        for title in list(self.document.findall(exercise_subtitle)):
            if not all(isinstance(child, nodes.Text) for child in title.children):
                continue
            title.rawsource = title.astext()
            title.source, title.line = self.document["source"], 0
            if self.app.builder.name == "gettext":  # sphinx-exercise will have made words of it
                copy = nodes.paragraph(title.rawsource, title.rawsource)
                copy.source, copy.line = title.source, title.line
                self.document += copy


class SolutionTitles(SphinxTransform):
    """Let the title of a solution repeat that of the exercise as it is now."""

    default_priority = 30  # when Sphinx has replaced passages

    def apply(self, **options) -> None:
        for exercise in self.document.findall(_is_exercise):
            vars(self.env)["sphinx_exercise_registry"][exercise["label"]]["node"] = (
                exercise.deepcopy()
            )


class HeadingPlaces(SphinxTransform):
    """Keep all headings of a page as places for links: Sphinx reads each new title as a page."""

    default_priority = 30

    def apply(self, **options) -> None:
        sections = self.document.findall(nodes.section)
        titles = {name: each[0].astext() for each in sections for name in each["ids"]}
        if places := getattr(self.document, "myst_slugs", {}):
            self.env.metadata[self.env.docname]["myst_slugs"] = {
                place: (line, name, titles.get(name, words))
                for place, (line, name, words) in places.items()
            }


class PartTitles(SphinxTransform):
    """Give the titles of the book's parts, from `_toc.yml`, in the course's language."""

    default_priority = 110  # when sphinx-external-toc has put the table of contents into the page

    def apply(self, **options) -> None:
        for part in self.document.findall(addnodes.toctree):
            part["caption"] = part["caption"] and gettext(part["caption"])


def _is_exercise(node: nodes.Node) -> bool:
    return isinstance(node, exercise_node | exercise_enumerable_node)
