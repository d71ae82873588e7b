"""What changed between two built sites, page by page: a page to read, and a summary in Markdown.

`python -m tools.changes BEFORE AFTER` writes `changes.html` beside the later site, with what a
reader sees of each page, old and new. A picture counts as its description and its content.
"""

import difflib
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from jinja2 import Template

from homework_tools.text_files import write_text
from tools.numbers import FILE, moved, moved_table, read_numbers

BLOCKS = ("p", "li", "dt", "dd", "pre", "caption", "legend", "figcaption", "tr", "summary", "img")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXT = "article, main, body"  # where a page has its text, the first of these that it has
CONTENT = re.compile(r"(?<=\]) [0-9a-f]{8}$")  # of a picture, behind its description
PAGE = Path(__file__).with_name("changes.html")


@dataclass(frozen=True)
class Changes:
    """What changed between two sites; pages are named by their addresses."""

    new: list[str]
    gone: list[str]
    other: dict[str, tuple[list[str], list[str]]]
    """The lines of each page that changed, before and after."""
    numbers: tuple[dict[str, str], dict[str, str]]
    """The glued values, before and after."""

    def listed(self) -> dict[str, list[str]]:
        """Return the pages of each kind of change that there is."""
        words = {
            name: [[CONTENT.sub("", line) for line in text] for text in texts]
            for name, texts in self.other.items()
        }
        drawn = [name for name, (old, new) in words.items() if old == new]
        kinds = {
            "New pages": self.new,
            "Pages that are gone": self.gone,
            "Pages with another text": [name for name in self.other if name not in drawn],
            "Pages with other pictures only": drawn,
        }
        return {kind: names for kind, names in kinds.items() if names}


def visible_lines(page: Path) -> list[str]:
    """Return what a reader sees of a page, a line for each heading, paragraph, row and picture."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    whole = soup.select_one(TEXT)
    if whole is None:
        return []
    for unseen in whole.select("script, style, .headerlink, [hidden]"):
        unseen.decompose()
    blocks = whole.find_all([*BLOCKS, *HEADINGS])  # one in another gives what is outside of that
    return [line for block in blocks for line in _lines(block, page)]


def _lines(block: Tag, page: Path) -> list[str]:
    if block.name == "img":
        return [f"[{block.get('alt') or 'a picture'}] {_content(block, page)}".strip()]
    if block.name == "pre":
        return block.get_text().rstrip().splitlines()
    if block.name == "tr":
        cells = [" ".join(cell.get_text().split()) for cell in block.find_all(["td", "th"])]
        return [" | ".join(cells)] if any(cells) else []
    inner = [*BLOCKS, *HEADINGS]
    own = [each for each in block.find_all(string=True) if each.find_parent(inner) is block]
    text = " ".join("".join(own).split())
    return [text] if text and not block.find_parent("tr") else []


def _content(picture: Tag, page: Path) -> str:
    """Return a short hash of a picture's file, "" where the site does not hold it."""
    path = page.parent / str(picture.get("src", ""))
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def compare(before: Path, after: Path) -> Changes:
    """Compare two built sites."""
    old, new = _pages(before), _pages(after)
    texts = {
        name: (visible_lines(old[name]), visible_lines(new[name])) for name in old & new.keys()
    }
    return Changes(
        new=sorted(new.keys() - old.keys()),
        gone=sorted(old.keys() - new.keys()),
        other={name: pair for name, pair in sorted(texts.items()) if pair[0] != pair[1]},
        numbers=(_numbers(before), _numbers(after)),
    )


def _pages(site: Path) -> dict[str, Path]:
    """Return the pages of a site by their addresses."""
    pages = {page.relative_to(site).as_posix(): page for page in site.rglob("*.html")}
    if not pages:
        raise FileNotFoundError(f"{site} holds no page: name the folder of a built site")
    return pages


def _numbers(site: Path) -> dict[str, str]:
    return read_numbers(site / FILE) if (site / FILE).is_file() else {}


def summary(changes: Changes) -> str:
    """Return the pages that changed, and the numbers that moved, in Markdown."""
    found = [
        f"{kind}: {', '.join(f'`{name}`' for name in names)}."
        for kind, names in changes.listed().items()
    ]
    return "\n\n".join([*(found or ["No page changed."]), moved_table(*changes.numbers)])


def as_page(changes: Changes) -> str:
    """Return the page that shows all changes, which loads nothing else."""
    differ = difflib.HtmlDiff()
    tables = {}
    for name, (old, new) in changes.other.items():
        table = differ.make_table(old, new, "before", "after", context=True, numlines=1)
        tables[name] = table.replace('nowrap="nowrap"', "").replace("&nbsp;", " ")
    page = Template(PAGE.read_text(encoding="utf-8"), autoescape=True, trim_blocks=True)
    return page.render(changes=changes, tables=tables, rows=moved(*changes.numbers))


if __name__ == "__main__":
    sites = [Path(name) for name in sys.argv[1:]]
    try:
        found = compare(*sites)
    except FileNotFoundError as error:
        sys.exit(str(error))
    target = write_text(sites[1].parent / "changes.html", as_page(found))
    print(summary(found))
    print(f"\nThe old and the new text of each page is in {target}", file=sys.stderr)
