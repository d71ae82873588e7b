"""What changed between two built sites, page by page: a page to read, and a summary in Markdown.

`python -m tools.changes BEFORE AFTER` writes `changes.html` beside the later site, with what a
reader sees of each page, old and new. A picture counts as its description and its content.
"""

import difflib
import hashlib
import re
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tools.numbers import FILE, moved, moved_table, read_numbers

BLOCKS = ("p", "li", "dt", "dd", "pre", "caption", "legend", "figcaption", "tr", "summary", "img")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXT = "article, main, body"  # where a page has its text, the first of these that it has
CONTENT = re.compile(r"(?<=\]) [0-9a-f]{8}$")  # of a picture, behind its description
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #8888; padding: .2rem .5rem; text-align: left; vertical-align: top; }
.diff td { font: .85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.diff td { white-space: pre-wrap; }
.diff { table-layout: fixed; min-width: 40rem; }
.diff colgroup { width: 3.2rem; }
.diff colgroup:nth-of-type(3n) { width: auto; }
.diff_header { color: light-dark(#555, #aaa); }
.diff_add { background: light-dark(#c8f0c8, #1d4d1d); }
.diff_chg { background: light-dark(#fff0b0, #554400); }
.diff_sub { background: light-dark(#ffd0d0, #5c1f1f); }
"""


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
        drawn = [name for name, texts in self.other.items() if _same_words(*texts)]
        kinds = {
            "New pages": self.new,
            "Pages that are gone": self.gone,
            "Pages with another text": [name for name in self.other if name not in drawn],
            "Pages with other pictures only": drawn,
        }
        return {kind: names for kind, names in kinds.items() if names}


def _same_words(old: list[str], new: list[str]) -> bool:
    return [CONTENT.sub("", line) for line in old] == [CONTENT.sub("", line) for line in new]


def visible_lines(page: Path) -> list[str]:
    """Return what a reader sees of a page, a line for each heading, paragraph, row and picture."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    whole = soup.select_one(TEXT)
    if whole is None:
        return []
    for unseen in whole.select("script, style, .headerlink, [hidden]"):
        unseen.decompose()
    return [line for block in _blocks(whole) for line in _lines(block, page)]


def _blocks(whole: Tag) -> list[Tag]:
    """Return the smallest blocks: one that holds another gives only what is outside of that."""
    found = whole.find_all([*BLOCKS, *HEADINGS])
    return [block for block in found if block.name == "img" or block.get_text(strip=True)]


def _lines(block: Tag, page: Path) -> list[str]:
    if block.name == "img":
        return [f"[{block.get('alt') or 'a picture'}] {_content(block, page)}".strip()]
    if block.name == "pre":
        return block.get_text().rstrip().splitlines()
    if block.name == "tr":
        return [" | ".join(_words(cell) for cell in block.find_all(["td", "th"]))]
    inner = [*BLOCKS, *HEADINGS]
    own = [each for each in block.find_all(string=True) if each.find_parent(inner) is block]
    text = " ".join("".join(own).split())
    return [text] if text and not block.find_parent("tr") else []


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _content(picture: Tag, page: Path) -> str:
    """Return a short hash of a picture's file, "" where the site does not hold it."""
    path = page.parent / str(picture.get("src", ""))
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def compare(before: Path, after: Path) -> Changes:
    """Compare two built sites."""
    old, new = ({_name(p, site): p for p in site.rglob("*.html")} for site in (before, after))
    for site, pages in ((before, old), (after, new)):
        if not pages:
            raise FileNotFoundError(f"{site} holds no page: name the folder of a built site")
    texts = {
        name: (visible_lines(old[name]), visible_lines(new[name])) for name in old & new.keys()
    }
    return Changes(
        new=sorted(new.keys() - old.keys()),
        gone=sorted(old.keys() - new.keys()),
        other={name: pair for name, pair in sorted(texts.items()) if pair[0] != pair[1]},
        numbers=(_numbers(before), _numbers(after)),
    )


def _name(page: Path, site: Path) -> str:
    return page.relative_to(site).as_posix()


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
    parts = ["<h1>What changed</h1>"]
    for kind, names in changes.listed().items():
        items = "".join(f"<li>{_link(name, changes)}</li>" for name in names)
        parts.append(f"<h2>{kind}</h2><ul>{items}</ul>")
    parts += ["<h2>Numbers that moved</h2>", _numbers_table(changes)]
    differ = difflib.HtmlDiff()
    for name, (old, new) in changes.other.items():
        table = differ.make_table(old, new, "before", "after", context=True, numlines=1)
        table = table.replace('nowrap="nowrap"', "").replace("&nbsp;", " ")
        parts.append(f'<h2 id="{name}">{name}</h2><div>{table}</div>')
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    title = f"<title>What changed</title><style>{STYLE}</style>"
    return f'<!DOCTYPE html><html lang="en">{head}{title}<body>{"".join(parts)}</body></html>\n'


def _link(name: str, changes: Changes) -> str:
    name = escape(name)
    return f'<a href="#{name}">{name}</a>' if name in changes.other else name


def _numbers_table(changes: Changes) -> str:
    rows = moved(*changes.numbers)
    if not rows:
        return f"<p>{moved_table(*changes.numbers)}</p>"
    head = ("Page", "Number", "Before", "After", "Change")
    cells = [f"<th>{text}</th>" for text in head]
    lines = ["".join(cells), *("".join(f"<td>{escape(t)}</td>" for t in row) for row in rows)]
    return f"<div><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></div>"


if __name__ == "__main__":
    sites = [Path(name) for name in sys.argv[1:]]
    try:
        found = compare(*sites)
    except FileNotFoundError as error:
        sys.exit(str(error))
    target = sites[1].parent / "changes.html"
    target.write_text(as_page(found), encoding="utf-8", newline="\n")
    print(summary(found))
    print(f"\nThe old and the new text of each page is in {target}", file=sys.stderr)
