"""The `{pycell}` directive: code that a reader writes on the page, with a check and hints.

Without scripts it is an exercise to read, whose hints and solution open. In a browser that runs
Python, `website/python/page/` makes the code editable and shows the hints one by one.
"""

from docutils import nodes

from homework_tools.words.translator import gettext
from website.extensions.blocks.quiz import SelfCheck, details, tag
from website.extensions.text.pycells import pycell_faults, read_exercise


class PyCell(SelfCheck):
    """Code to write."""

    def run(self) -> list[nodes.Node]:
        body = list(self.content)
        if self.tell(pycell_faults(body)):
            return []
        found = read_exercise(body)
        number = self.env.new_serialno("pycell") + 1
        source = nodes.container("", _code(found.code), classes=["cell_input"])
        box = tag("div", classes=["pycell"], ids=[f"exercise-in-the-page-{number}"])
        box += [*self.parse(found.words), nodes.container("", source, classes=["cell"])]
        for count, hint in enumerate(found.hints, start=1):
            title = gettext("Hint {count}").format(count=count)
            box += details(title, *self.parse(hint), classes=["reveal", "pycell-hint"])
        if found.check:
            box += details(
                gettext("The check"), _code(found.check), classes=["reveal", "pycell-check"]
            )
            box += details(gettext("A solution"), _code(found.solution), classes=["reveal"])
        return [box]


def _code(text: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="python")
