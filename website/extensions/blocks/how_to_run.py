"""The table "How to run it": each door of this very build, and what it takes.

A door that a build lacks is shown as closed, with the reason. Sizes are those of the build's own
files; times are those that `python -m tools.benchmarks.first_results` measured and stored.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import nbformat
from docutils import nodes

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.blocks.homework import HomeworkDirective, link, sentence
from website.extensions.course.language import translated
from website.extensions.head.doors import SERVICES, is_open
from website.extensions.text.asked import ask
from website.extensions.text.page import read_page
from website.launch import FIRST_RESULTS
from website.launch.wheel import FOLDER, wheel_name
from website.python.files import download_size, python_files
from website.python.files.needs import bundles_for

ACCOUNT = {
    "Binder": gettext_noop("a browser and no account"),
    "Colab": gettext_noop("a browser and a Google account"),
    "Codespaces": gettext_noop("a browser and a GitHub account"),
    "JupyterHub": gettext_noop("a browser and an account on your campus’s hub"),
}
NO_ADDRESS = gettext_noop("this copy was built without the address of its repository")
NOT_MEASURED = gettext_noop("not measured")
HOMEWORK = "book/homework_here"
CHAPTER = "book/filtering"  # whose first cell is timed
PIP = "pip install notebook numpy pandas scipy matplotlib"
Row = tuple[list, list, list, list]  # of words and nodes


class HowToRun(HomeworkDirective):
    """The table, and where its times come from."""

    def run(self) -> list[nodes.Node]:
        master, measured = self.master(), json.loads(FIRST_RESULTS.read_text(encoding="utf-8"))
        self.env.note_dependency(str(FIRST_RESULTS))
        rows = [
            *self._in_the_page(master, measured),
            *self._services(master),
            self._on_a_computer(master, measured),
            self._project(),
        ]
        head = [
            gettext("Where"),
            gettext("What it needs"),
            gettext("First result after"),
            gettext("Download"),
        ]
        return [table(head, rows), *source(measured)]

    def _in_the_page(self, master: Master, measured: dict) -> list[Row]:
        manifest = python_files()
        if manifest is None:
            why = gettext("this copy was built without the files that it takes")
            return [closed([gettext("On these pages")], why)]
        cells = student_notebook(master).cells
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        words = gettext("The homework, on its page")
        found = [("homework", [link(words, self._uri(HOMEWORK))], code)]
        if CHAPTER in self.env.found_docs:
            title, code = ask(self.env, CHAPTER, title_and_code)
            title = link(translated(self.config, CHAPTER, title), self._uri(CHAPTER))
            where = [gettext("A chapter, by the button at its top, such as "), title]
            found.append(("chapter", where, code))
        rows = []
        for name, where, code in found:
            size = download_size(manifest, bundles_for(code))
            once = gettext("{size}, once").format(size=megabytes(size))
            rows.append((where, [gettext("a browser")], [times(measured, name)], [once]))
        return rows

    def _services(self, master: Master) -> list[Row]:
        addresses = self.doors(master)
        if not addresses:
            offered = self.config.html_theme_options["launch_buttons"]
            names = [name for name, key in SERVICES.items() if offered.get(key)]
            elsewhere = gettext("the repository is not on GitHub")
            why = elsewhere if self._is_open() else gettext(NO_ADDRESS)
            return [closed([", ".join(names)], why)] if names else []
        return [
            (
                [
                    link(gettext("The homework on {service}").format(service=name), url, name),
                    gettext(", or the rocket at the top of a chapter"),
                ],
                [gettext(ACCOUNT[name])],
                [gettext(NOT_MEASURED)],
                [gettext("nothing")],
            )
            for name, url in addresses.items()
        ]

    def _on_a_computer(self, master: Master, measured: dict) -> Row:
        wheel = Path(self.env.app.outdir, FOLDER, wheel_name())
        where = [
            gettext("On your computer: "),
            link(gettext("download the homework"), self.notebook(master)),
            gettext(", or a chapter by the button at its top; then, in a terminal, "),
            nodes.literal("", PIP),
            gettext(" and "),
            nodes.literal("", "jupyter notebook"),
        ]
        gets = gettext(", which its first cell installs")
        if not self._is_open():
            gets = gettext(", which pip installs from the file")
        package = link(gettext("the course’s package"), f"{self.up}{FOLDER}/{wheel.name}")
        needs = [gettext("Python 3.11 or newer; for a chapter also "), package, gets]
        size = len(nbformat.writes(student_notebook(master)).encode())
        sizes = gettext("{size} kB, and the package’s {package}").format(
            size=f"{size / 1000:.0f}", package=megabytes(wheel.stat().st_size)
        )
        return where, needs, [times(measured, "computer")], [sizes]

    def _project(self) -> Row:
        url = self.config.html_theme_options["repository_url"]
        words = gettext("The whole project")
        name = link(words, url) if self._is_open() else words
        where = [name, gettext(" on your computer; its README says how")]
        needs, size = gettext("Python 3.11 or newer and git"), gettext("the repository")
        return where, [needs], [gettext(NOT_MEASURED)], [size]

    def _uri(self, page: str) -> str:
        return self.env.app.builder.get_relative_uri(self.env.docname, page)

    def _is_open(self) -> bool:
        return is_open(self.config.html_theme_options["repository_url"])


def closed(where: list, why: str) -> Row:
    """Return the row of a door that this build lacks."""
    return where, [gettext("Closed: {why}.").format(why=why)], ["–"], ["–"]


def title_and_code(text: str) -> tuple[str, list[str]]:
    """Return a chapter's title and the code that its reader can run."""
    page = read_page(text)
    return page.headings[0].title, [cell.source for cell in page.cells if not cell.removed]


def megabytes(size: int) -> str:
    """Return a number of bytes as a reader knows it."""
    return f"{size / 1e6:.0f} MB"


def times(measured: dict, door: str) -> str:
    """Return the seconds to a door's first result: the first time, and when it is there."""
    if door not in measured:
        return gettext(NOT_MEASURED)
    first, again = measured[door]
    return gettext("{first} s; {again} s the next time").format(first=first, again=again)


def source(measured: dict) -> list[nodes.Node]:
    """Return where the times come from; nothing where there are none."""
    if not measured:
        return []
    text = gettext(
        "The times were measured on {date} with {browser} and Python {python}, on a machine of "
        "type {machine} with {cores} cores that had the site and a package index close by: on a "
        "slow line the first time takes longer."
    )
    return [nodes.paragraph("", text.format(**measured))]


def table(head: list[str] | tuple[str, ...], rows: Iterable[tuple[list, ...]]) -> nodes.table:
    """Return a table of words and nodes."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", _row([[name] for name in head]))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group)


def _row(cells) -> nodes.row:
    return nodes.row("", *(nodes.entry("", sentence(*cell)) for cell in cells))
