"""The table of contents of this course: `_toc.yml`, less what is off, plus the pages of `local/`.

A link to a chapter that is off becomes its words. What cannot become words, such as a figure's
number, makes the other chapter needed: the build refuses to leave it out.
"""

import difflib
import re
from pathlib import Path

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform

from homework_tools.master.course import Course
from homework_tools.text_files import utf8_text, write_text
from homework_tools.words.translator import gettext
from website.extensions.course.settings import course_of
from website.extensions.text.page import read_page

LOCAL = "local"
ALWAYS = {  # what a chapter holds, and what the pages that need it hold
    "{homework-handout}": "{door}",
    "{bibliography}": "{cite",
    "{glossary}": "{term}",
}
LABEL = re.compile(
    r"^\(([\w-]+)\)=$|^ *:?(?:name|label): *([\w-]+) *$|^ *\$\$ *\(([\w-]+)\) *$", re.MULTILINE
)
NUMBER = re.compile(r"\{(?:numref|ref|eq)\}`([\w-]+)`")  # without words of its own
BORROWED = re.compile(r"^:figure: (?:\.?/)?([\w/-]+)\.md#", re.MULTILINE)


def read_toc(path: Path) -> dict:
    """Return a table of contents; an empty one where there is no file."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def chapters_of(toc: dict) -> list[str]:
    """Return the documents of a table of contents, without the first page."""
    groups = [*toc.get("parts", []), toc]
    return [chapter["file"] for group in groups for chapter in group.get("chapters", [])]


def without(toc: dict, off: set[str]) -> dict:
    """Return a table of contents without some documents, and without a part that they leave empty.

    Examples
    --------
    >>> without({"root": "i", "chapters": [{"file": "a"}, {"file": "b"}]}, {"a"})
    {'root': 'i', 'chapters': [{'file': 'b'}]}
    """
    left = dict(toc)
    for name in left.keys() & {"chapters"}:
        left[name] = [each for each in toc[name] if each["file"] not in off]
    if "parts" in toc:
        parts = [without(part, off) for part in toc["parts"]]
        left["parts"] = [part for part in parts if part["chapters"]]
    return left


def with_local(toc: dict, pages: list[str], caption: str) -> dict:
    """Return a table of contents with pages of the course's own at its end."""
    added = [{"file": page} for page in pages]
    if not added:
        return toc
    if "parts" in toc:
        return toc | {"parts": [*toc["parts"], {"caption": caption, "chapters": added}]}
    return toc | {"chapters": [*toc.get("chapters", []), *added]}


def labels_of(text: str) -> set[str]:
    """Return the labels that a page gives to its sections, figures, equations and exercises."""
    return {next(filter(None, found)) for found in LABEL.findall(text)}


def needs(text: str, page: str, other: str, other_text: str) -> str:
    """Return why a page needs another one, "" if it does not.

    Texts are those of the two pages, `page` and `other` their documents.
    """
    for what, user in ALWAYS.items():
        if what in other_text and user in text:
            return f"what it shows by {user.strip('{}')} is there"
    numbered = sorted({*NUMBER.findall(text)} & labels_of(other_text))
    if numbered:
        return f"it shows the number of `{numbered[0]}`"
    folder = page.rpartition("/")[0]
    borrowed = {f"{folder}/{name}".lstrip("/") for name in BORROWED.findall(text)}
    return "its live figure is borrowed from there" if other in borrowed else ""


def turned_off(course: Course, toc: dict, source: Path) -> set[str]:
    """Return the documents that a course leaves out; refuse one that is unknown or needed."""
    known = {name.rpartition("/")[2]: name for name in chapters_of(toc)}
    for name in course.chapters_off:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(known)}"
            error = course.broken("chapters_off", f"there is no chapter `{name}`: {hint}")
            raise ConfigError(str(error))
    off = {known[name] for name in course.chapters_off}
    paths = {page: source / f"{page}.md" for page in (toc["root"], *chapters_of(toc))}
    texts = {page: utf8_text(path) for page, path in paths.items() if path.is_file()}
    for page in sorted(texts.keys() - off):
        for other in sorted(off & texts.keys()):
            why = needs(texts[page], page, other, texts[other])
            if why:
                name = other.rpartition("/")[2]
                message = (
                    f"the chapter `{name}` can't be off while {page}.md is on, since {why}: turn "
                    f"`{page.rpartition('/')[2]}` off as well, or leave `{name}` on"
                )
                raise ConfigError(str(course.broken("chapters_off", message)))
    return off


def _set_contents(app: Sphinx, config) -> None:
    """Let Sphinx read the course's own table of contents; note what is off for the links."""
    course, source = course_of(app), Path(app.srcdir)
    path = source / config.external_toc_path
    config.left_out, config.left_out_labels = {}, set()
    if not path.is_file():
        return
    toc = read_toc(path)
    own = sorted(Path(source, LOCAL).glob("[!.]*.md"), key=lambda page: page.stem)
    listed = [source / f"{name}.md" for name in (toc["root"], *chapters_of(toc))]
    for page in [*own, *filter(Path.is_file, listed)]:
        try:
            utf8_text(page)  # Sphinx would not say which file is in another encoding
        except ValueError as error:
            raise ConfigError(f"{page.parent.name}/{error}") from error
    off = turned_off(course, toc, source)
    local = [f"{LOCAL}/{page.stem}" for page in own if page.stem != "announcement"]
    if not (off or local):
        return
    for name in off:
        page = source / f"{name}.md"
        text = utf8_text(page) if page.is_file() else f"# {name}"
        config.left_out[name] = read_page(text).headings[0].title
        config.left_out_labels |= labels_of(text)
    toc = with_local(without(toc, off), local, course.course or gettext("This course"))
    path = write_text(Path(app.doctreedir, "contents.yml"), yaml.safe_dump(toc, sort_keys=False))
    config.external_toc_path = path.as_posix()


class WordsInPlaceOfLinks(SphinxPostTransform):
    """Leave the words of a link to a chapter that is off, before the others look for its page."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        left_out, labels = self.config.left_out, self.config.left_out_labels
        for link in list(self.document.findall(addnodes.pending_xref)):
            target = str(link["reftarget"])
            if target.lstrip("/") in left_out and link.get("refdomain") in ("doc", "std"):
                words = link.astext() or left_out[target.lstrip("/")]
            elif target.lstrip("#") in labels and link.get("refexplicit"):
                words = link.astext()
            else:
                continue
            link.replace_self(nodes.inline("", words))
