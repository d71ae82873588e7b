"""Send all pages one style sheet in place of those they share, with the rules that one can use.

The theme and the extensions bring ten sheets, which a browser fetches before it shows a word, and
nine tenths of them are about things that this book has not.
"""

import hashlib
import re
from pathlib import Path
from posixpath import join, normpath, relpath

import tinycss2
from sphinx.application import Sphinx

SHEET = "_static/styles/site.css"
LINK = re.compile(r'[ \t]*<link\b(?=[^>]*rel="stylesheet")[^>]*href="([^"?]+\.css)[^"]*"[^>]*>\n?')
IMPORT = re.compile(r'@import\s+(?:url\()?"([^"]+)"\)?;')
ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|/|https?:)([^"')]+)\1\)""")
MADE_BY_SCRIPTS = ("bs-",)  # Bootstrap joins these names from pieces


def words_of(text: str) -> set[str]:
    """Return everything in a page or a script that could be a class or an id."""
    return set(re.findall(r"[\w-]+", text))


def used_rules(css: str, words: set[str]) -> str:
    """Return a style sheet without the rules that no page can use.

    Parameters
    ----------
    css : str
        The style sheet.
    words : set of str
        Every word of every page and script. A class or id that is none of them is on no page.

    Returns
    -------
    str
        The style sheet; comments are gone, all else that is kept is as it was.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(filter(None, (_used_rule(rule, words) for rule in rules)))


def moved_sheet(css: str, here: str, there: str) -> str:
    """Return a style sheet whose addresses are right when it moves to another folder.

    Parameters
    ----------
    css : str
        The style sheet.
    here, there : str
        The folder that it stands in, and the one that it moves to.
    """
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


def _join_sheets(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    top = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(top.rglob("*.html"))}
    # The page for lost readers stands at any address, so it names its sheets from the site's top.
    first = {path: LINK.search(html) for path, html in pages.items()}
    pages = {path: pages[path] for path, link in first.items() if link and link[1][0] != "/"}
    if not pages or any(SHEET in html for html in pages.values()):
        return  # `make serve` writes some pages again: they keep the sheets that they name
    folder_of = {path: path.parent.relative_to(top).as_posix() for path in pages}
    sheets = [sheets_of(html, folder_of[path]) for path, html in pages.items()]
    # what only some pages have, such as the quiz's, stays with them
    common = [sheet for sheet in sheets[0] if all(sheet in each for each in sheets)]
    scripts = [*top.glob("_static/**/*.js"), *top.glob("_static/**/*.mjs")]
    scripts = [path.read_text(encoding="utf-8") for path in scripts if "mathjax" not in path.parts]
    css = used_rules(
        "\n".join(_text(top, sheet) for sheet in common),
        set().union(*map(words_of, [*pages.values(), *scripts])),
    )
    (top / SHEET).write_text(css + "\n", encoding="utf-8", newline="\n")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, html in pages.items():
        fixed = _one_link(html, common, folder_of[path], version)
        path.write_text(fixed, encoding="utf-8", newline="\n")


def _one_link(html: str, common: list[str], folder: str, version: str) -> str:
    """Return a page whose first sheet is the joint one."""
    address = f"{relpath(SHEET, folder or '.')}?v={version}"
    kept = LINK.sub(
        lambda found: "" if normpath(join(folder, found[1])) in common else found[0], html
    )
    first = LINK.search(html).start()
    return f'{kept[:first]}<link rel="stylesheet" href="{address}">\n{kept[first:]}'
