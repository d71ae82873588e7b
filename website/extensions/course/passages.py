"""Replace passages of the book's pages by those in `local/passages.yml`.

Each names a page, the words to find and the words to write. Words that the page does not hold
exactly once stop the build: they may have changed with an update of the book.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.text_files import utf8_text
from website.extensions.text.page import read_page

FILE = "local/passages.yml"
KEYS = ("page", "find", "write")
EXAMPLE = "write a list of entries with `page: ttest`, `find: words` and `write: other words`"


@dataclass(frozen=True)
class Passage:
    """Words of one page, and what stands there instead."""

    page: str  # the page's file, without folder and suffix
    find: str  # words that it holds once, in its text
    write: str  # what is written there instead
    line: int = 1


def read_passages(text: str) -> list[Passage]:
    """Return the passages of a file; a ValueError says what is wrong with it, and where."""
    try:
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise ValueError(f"{FILE}:{line}: no valid YAML; {EXAMPLE}") from None
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError(f"{FILE}:1: {EXAMPLE}")
    return [_passage(entry) for entry in node.value]


def _passage(entry: yaml.Node) -> Passage:
    line = entry.start_mark.line + 1
    pairs = entry.value if isinstance(entry, yaml.MappingNode) else []
    keys = [str(key.value) for key, _ in pairs]
    written = dict(zip(keys, (value.value for _, value in pairs), strict=True))
    if sorted(keys) != sorted(KEYS) or not all(isinstance(v, str) for v in written.values()):
        raise ValueError(f"{FILE}:{line}: {EXAMPLE}")
    if not written["find"].strip():
        raise ValueError(f"{FILE}:{line}: `find` is empty")
    page = written["page"].removeprefix("book/").removesuffix(".md")
    if not re.fullmatch(r"[\w-]+", page):
        raise ValueError(
            f"{FILE}:{line}: {written['page']!r} is not a page: write its name, like ttest"
        )
    return Passage(page, written["find"].strip("\n"), written["write"].strip("\n"), line)


def replaced(text: str, passages: list[Passage]) -> str:
    """Return a page's text with other passages; a ValueError names one that it can't replace."""
    for each in passages:
        where = f"{FILE}:{each.line}: book/{each.page}.md"
        times = text.count(each.find)
        if times != 1:
            held = f"holds {each.find!r} {times} times" if times else f"does not hold {each.find!r}"
            raise ValueError(f"{where} {held}: copy words that it holds once")
        first = text[: text.index(each.find)].count("\n") + 1
        last = first + each.find.count("\n")
        cells = [fence for fence in read_page(text).fences if fence.name == "code-cell"]
        if any(cell.line <= last and first <= cell.last_line for cell in cells):
            raise ValueError(f"{where}: the words are in a cell; change code in the chapter itself")
        text = text.replace(each.find, each.write)
    return text


def page_text(app: Sphinx, docname: str) -> str:
    """Return the text of a page as this course has it."""
    text = Path(app.env.doc2path(docname)).read_text(encoding="utf-8-sig")
    return replaced(text, app.config.passages.get(docname, []))


def _read_passages(app: Sphinx, config) -> None:
    config.passages, path = {}, Path(app.srcdir, FILE)
    if not path.is_file():
        return
    try:
        text = utf8_text(path)
    except ValueError as error:
        raise ConfigError(f"local/{error}") from error
    try:
        for each in read_passages(text):
            if not Path(app.srcdir, "book", f"{each.page}.md").is_file():
                raise ValueError(f"{FILE}:{each.line}: there is no page book/{each.page}.md")
            config.passages.setdefault(f"book/{each.page}", []).append(each)
        for docname, passages in config.passages.items():
            replaced(utf8_text(Path(app.srcdir, f"{docname}.md")), passages)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _replace(app: Sphinx, docname: str, source: list[str]) -> None:
    source[0] = replaced(source[0], app.config.passages.get(docname, []))
