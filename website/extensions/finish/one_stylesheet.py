"""Send all pages one style sheet in place of those most have, with the rules that one can use.

The theme and the extensions bring twelve sheets, which a browser fetches before it shows a word,
and nine tenths of them are about things that this book has not.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath, relpath

import tinycss2

SHEET = "_static/styles/site.css"
FACE = "_static/text.woff2"
LINK = re.compile(r'[ \t]*<link\b(?=[^>]*rel="stylesheet")[^>]*href="([^"?]+\.css)[^"]*"[^>]*>\n?')
IMPORT = re.compile(r'@import\s+(?:url\()?"([^"]+)"\)?;')
ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|/|https?:)([^"')]+)\1\)""")
MADE_BY_SCRIPTS = ("bs-",)  # Bootstrap joins these names from pieces


def words_of(text: str) -> set[str]:
    """Return everything in a page or a script that could be a class or an id."""
    return set(re.findall(r"[\w-]+", text))


def used_rules(css: str, words: set[str]) -> str:
    """Return a style sheet without the rules that no page can use.

    A class or id that is none of the words of all pages and scripts is on no page. Comments are
    dropped too; all else is as it was.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(filter(None, (_used_rule(rule, words) for rule in rules)))


def moved_sheet(css: str, here: str, there: str) -> str:
    """Return a style sheet whose addresses are right when it moves to another folder."""
    return ADDRESS.sub(
        lambda found: f"url({found[1]}{relpath(join(here, found[2]), there)}{found[1]})", css
    )


def _used_rule(rule, words: set[str]) -> str:
    if rule.type == "qualified-rule":
        return rule.serialize() if any(_can_match(s, words) for s in _selectors(rule)) else ""
    if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
        inner = used_rules(tinycss2.serialize(rule.content), words)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else ""
    return (
        "" if rule.type == "error" or rule.serialize().startswith("@charset") else rule.serialize()
    )


def _selectors(rule) -> list[str]:
    """Return a rule's selectors without brackets: a class in `:not(...)` may be on no page."""
    parts = [[]]
    for token in rule.prelude:
        if token == ",":
            parts.append([])
        elif token.type not in ("function", "[] block"):
            parts[-1].append(token)
    return [tinycss2.serialize(part) for part in parts]


def _can_match(selector: str, words: set[str]) -> bool:
    names = re.findall(r"[.#](-?[A-Za-z_][\w-]*)", selector)
    return all(name in words or name.startswith(MADE_BY_SCRIPTS) for name in names)


def sheets_of(html: str, folder: str) -> list[str]:
    """Return the style sheets that a page in a folder names, as paths from the site's top."""
    return [normpath(join(folder, found[1])) for found in LINK.finditer(html)]


def _text(top: Path, sheet: str) -> str:
    """Return a sheet with those that it imports, moved to the folder of the joint one."""
    folder = str(Path(sheet).parent.as_posix())
    text = (top / sheet).read_text(encoding="utf-8")
    inner = "".join(_text(top, normpath(join(folder, name))) for name in IMPORT.findall(text))
    return inner + moved_sheet(IMPORT.sub("", text), folder, str(Path(SHEET).parent.as_posix()))


@dataclass(frozen=True)
class JointSheet:
    """The sheet that takes the place of others."""

    replaced: tuple[str, ...]
    """These, as paths from the site's top."""
    version: str
    """A hash of its content, so that no browser shows an older one."""


def join_sheets(top: Path, pages: dict[Path, str]) -> JointSheet | None:
    """Write one sheet for all pages, with the rules that one of them can use.

    There is none when some pages are written anew beside those that have the joint sheet already:
    they keep the sheets that they name.
    """
    named = {page: sheets_of(html, page.parent.relative_to(top).as_posix())
             for page, html in pages.items() if not _stands_anywhere(html)}  # fmt: skip
    sheets = list(filter(None, named.values()))
    if not sheets or any(SHEET in each for each in sheets):
        return None
    # what only few pages have, such as the lab's, stays with them
    having = Counter(sheet for each in sheets for sheet in each)
    common = [sheet for sheet, pages_with in having.items() if 2 * pages_with > len(sheets)]
    scripts = [*top.glob("_static/**/*.js"), *top.glob("_static/**/*.mjs")]
    scripts = [path.read_text(encoding="utf-8") for path in scripts]
    css = used_rules(
        "\n".join(_text(top, sheet) for sheet in common),
        set().union(*map(words_of, [*pages.values(), *scripts])),
    )
    (top / SHEET).write_text(css + "\n", encoding="utf-8", newline="\n")
    return JointSheet(tuple(common), hashlib.sha256(css.encode()).hexdigest()[:8])


def with_joint_sheet(html: str, folder: str, joint: JointSheet | None) -> str:
    """Return a page whose first sheet is the joint one.

    `folder` is the page's, from the site's top.
    """
    first = LINK.search(html)
    if joint is None or first is None or _stands_anywhere(html):
        return html
    kept = LINK.sub(
        lambda found: "" if normpath(join(folder, found[1])) in joint.replaced else found[0], html
    )
    address = f"{relpath(SHEET, folder or '.')}?v={joint.version}"
    # Fetched with the sheet that names it: words do not move when it comes.
    face = relpath(FACE, folder or ".")
    preload = f'<link rel="preload" as="font" type="font/woff2" href="{face}" crossorigin>'
    start = first.start()
    return f'{kept[:start]}{preload}\n<link rel="stylesheet" href="{address}">\n{kept[start:]}'


def _stands_anywhere(html: str) -> bool:
    """Say of the page for lost readers that it names its sheets from the site's top."""
    first = LINK.search(html)
    return bool(first and first[1].startswith("/"))
