"""Send all pages one style sheet in place of those most have, with the rules that one can use.

The theme and the extensions bring twelve sheets, which a browser fetches before it shows a word,
and nine tenths of them are about things that this book has not.
"""

import re
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

import tinycss2

from homework_tools.text_files import write_text
from website.extensions.finish.joint_file import JointFile, common_files, version_of
from website.extensions.finish.kept import write_kept

SHEET = "_static/styles/site.css"
FACE = "_static/text.woff2"
LINK = re.compile(
    r'[ \t]*<link\b(?=[^>]*rel="stylesheet")[^>]*'
    r'href="([^"?:]*?)(_static/[^"?]+\.css)[^"]*"[^>]*>\n?'
)
IMPORT = re.compile(r'@import\s+(?:url\()?"([^"]+)"\)?;')
OLDER = re.compile(r',url\([^)]*\) format\("truetype"\)')  # for browsers without WOFF2
ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|/|https?:)([^"')]+)\1\)""")
PROPERTY = re.compile(r"""(?<=[{;\s])(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|[^;{}"'])*;?""")
MADE_BY_SCRIPTS = ("bs-tooltip-",)  # Bootstrap joins these names from pieces
# What the theme's scripts could make, but only of what no page has.
NEVER_MADE = ("carousel", "list-group", "modal", "offcanvas", "popover", "toast", "version-switch")


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


def without_unread(css: str, read: set[str]) -> str:
    """Return a style sheet without the properties of our own and the theme's that nothing reads.

    `read` are the words of pages, scripts and other sheets.
    """
    inside = set(re.findall(r"var\(\s*(--[\w-]+)", css))
    kept = PROPERTY.sub(lambda found: found[0] if found[1] in inside | read else "", css)
    return kept if kept == css else without_unread(kept, read)


def _text(top: Path, sheet: str) -> str:
    """Return a sheet with those that it imports, moved to the folder of the joint one."""
    folder, text = dirname(sheet), OLDER.sub("", (top / sheet).read_text(encoding="utf-8"))
    inner = "".join(_text(top, normpath(join(folder, name))) for name in IMPORT.findall(text))
    return inner + moved_sheet(IMPORT.sub("", text), folder, dirname(SHEET))


def join_sheets(top: Path, pages: dict[Path, str], cache: Path) -> JointFile | None:
    """Write one sheet for all pages, with the rules that one of them can use.

    `cache` keeps it for the next build.
    """
    common = common_files(LINK, pages.values(), SHEET)
    if not common:
        return None
    of_pages = set().union(*map(words_of, pages.values()))
    scripts = [*top.glob("_static/**/*.js"), *top.glob("_static/**/*.mjs")]
    sheets = {*top.glob("_static/**/*.css")} - {top / sheet for sheet in (SHEET, *common)}
    of_scripts, of_sheets = (
        words_of("\n".join(path.read_text(encoding="utf-8") for path in paths))
        for paths in (scripts, sheets)
    )
    css = "\n".join(_text(top, sheet) for sheet in common)
    known = words_of(css)  # others decide about nothing
    used = known & (of_pages | {word for word in of_scripts if not word.startswith(NEVER_MADE)})
    read = known & (of_pages | of_scripts | of_sheets)

    def make(path):
        write_text(path, without_unread(used_rules(css, used), read) + "\n")

    write_kept(top / SHEET, cache, [Path(__file__), css, sorted(used), sorted(read)], make)
    css = (top / SHEET).read_text(encoding="utf-8")
    # The face is fetched with the sheet that names it: words do not move when it comes.
    written = (
        f'<link rel="preload" as="font" type="font/woff2" href="{{top}}{FACE}" crossorigin>\n'
        f'<link rel="stylesheet" href="{{top}}{SHEET}?v={version_of(css)}">\n'
    )
    return JointFile(LINK, tuple(common), written)
