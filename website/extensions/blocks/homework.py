"""Show the homework on the site: the assignment always, its solutions when they are released.

The text is made from the master while the page is read, so what is not shown is nowhere in the
built site: neither in `_sources/` nor in the search index. No clock is asked: the front matter
alone says whether the solutions are released.
"""

import os
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from homework_tools.editions.make import write_student_edition
from homework_tools.editions.pages import handout, solutions_page
from homework_tools.master.master import Master, MasterError
from homework_tools.master.read import read_master
from homework_tools.master.sections import HEADING, TABLE, Section
from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.blocks.homework_settings import master_path
from website.extensions.head.address import known_address
from website.extensions.head.doors import doors
from website.extensions.text.asked import ask
from website.extensions.text.page import read_page

HANDOUT, MASTER = "homework-handout", "homework-master"
DOWNLOADS = "_downloads/homework"
NOT_YET = gettext_noop("The solutions appear here when your instructor releases them.")


def site_master(env: BuildEnvironment) -> Master:
    """Return the master, with links within the site; the page is read again when it changes."""
    if MASTER not in env.temp_data:  # that of the page which is being read
        env.temp_data[MASTER] = _read_master(env)
    return env.temp_data[MASTER]


def _read_master(env: BuildEnvironment) -> Master:
    path = master_path(env.app)
    env.note_dependency(str(path))
    env.note_dependency(str(path.with_name(TABLE)))
    try:
        master = read_master(path)
    except MasterError as error:
        raise ExtensionError(str(error)) from error
    sections = {q: s for q, s in master.sections.items() if _has_section(env, s)}
    return replace(master, sections=sections, book="/book/{}.md")


def _has_section(env: BuildEnvironment, section: Section) -> bool:
    """Say whether the site has a section: a course may show other chapters than ours."""
    name = f"book/{section.chapter}"
    return name in env.found_docs and {*section.headings} <= ask(env, name, headings)


def headings(text: str) -> set[str]:
    """Return the headings of a page."""
    return {heading.title for heading in read_page(text).headings}


def notebook_address(env: BuildEnvironment, master: Master, suffix: str = "ipynb") -> str:
    """Return the address of the student's notebook, as the page sees it."""
    return f"{'../' * env.docname.count('/')}{DOWNLOADS}/{master.settings.id}.{suffix}"


def service_addresses(env: BuildEnvironment, master: Master) -> dict[str, str]:
    """Return the addresses at which services open the student's notebook."""
    options = env.config.html_theme_options
    notebook = f"{master.path.parent.name}/{master.settings.id}.ipynb"
    return doors(options["repository_url"], notebook, options["launch_buttons"])


def link(words: str, address: str) -> str:
    """Return a link that is no page of the book, as Markdown."""
    return f"[{words}]({address}){{.external}}"


class HomeworkDirective(SphinxDirective):
    """A page's content, made from the master."""

    def show(self, text: str) -> list[nodes.Node]:
        """Write a text into the page's own section, below whose heading its headings belong."""
        lines, page = StringList(text.split("\n"), source=self.env.docname), self.state_machine.node
        written = len(page)
        self.state.nested_parse(lines, 0, page, match_titles=True)
        for part in page[written:]:
            for each in part.findall(nodes.TextElement):
                if not isinstance(each, nodes.Inline):
                    each["translatable"] = False  # the master has the course's language
        return []  # nothing more than what has been written


class Handout(HomeworkDirective):
    """The assignment, with a link to the student's notebook."""

    def run(self) -> list[nodes.Node]:
        master = site_master(self.env)
        self.env.metadata[self.env.docname][HANDOUT] = True
        text = handout(master).partition("\n\n")[2]  # the page has its own title
        text = HEADING.sub(r"(question-\g<question>)=\n\g<0>", text)
        return self.show(f"{self._download(master)}\n\n{text}")

    def _download(self, master: Master) -> str:
        links = {
            "notebook": link(gettext("Download the notebook"), notebook_address(self.env, master)),
            "text": link(gettext("the same as text"), notebook_address(self.env, master, "md")),
            "services": ", ".join(
                link(*each) for each in service_addresses(self.env, master).items()
            ),
        }
        words = gettext("{notebook} (or {text}) and work in it; this page is for reading.")
        if links["services"]:
            words = gettext(
                "{notebook} (or {text}), or open it on {services}, and work in it; this page is "
                "for reading."
            )
        return words.format(**links)


class Solutions(HomeworkDirective):
    """The solutions, or that they will come."""

    def run(self) -> list[nodes.Node]:
        master = site_master(self.env)
        if master.settings.solutions != "released":
            return self.show(gettext(NOT_YET))
        return self.show(solutions_page(master))


def _write_downloads(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    if any(HANDOUT in metadata for metadata in app.env.metadata.values()):
        folder = Path(app.outdir, DOWNLOADS)
        folder.mkdir(parents=True, exist_ok=True)
        site = known_address(os.environ, app.config.html_theme_options["repository_url"])
        write_student_edition(read_master(master_path(app), site=site), folder)
