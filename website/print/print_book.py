"""Print the whole book as one PDF: title page, contents, chapters, numbered pages.

The built pages are joined into one, so that a reference from a chapter to another is a link inside
of the PDF; Chromium prints it.
"""

import re
import sys
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath

from bs4 import BeautifulSoup, Tag

from homework_tools.master.course import read_course
from website.extensions.blocks.lab import STYLE as LAB_STYLE
from website.extensions.finish.one_stylesheet import sheets_of
from website.print.chromium import served, settle, started_chromium

STYLE = Path(__file__).with_name("print.css")
ONLY_ON_SCREEN = "script, style, .headerlink, button, .prev-next-area, .toctree-wrapper, noscript"
FOOTER = (
    '<div style="font: 8pt sans-serif; color: #48566b; width: 100%; text-align: center">'
    '<span class="pageNumber"></span></div>'
)
PAPER = """\
<!DOCTYPE html>
<html lang="{language}" data-theme="light">
<head><meta charset="utf-8"><title>{title}</title>
{sheets}<style>{style}</style>
</head>
<body>
<div class="title-page"><img src="/_static/favicon.svg" alt=""><h1>{title}</h1>
<p class="question">{question}</p><p class="author">{author}</p>
<p class="imprint">{imprint}</p></div>
<nav class="book-contents"><h1>Contents</h1><ol>{contents}</ol></nav>
{chapters}
</body></html>
"""


def chapter_order(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Return what the menu of a page lists: ``("", caption)`` or ``(address, title)``."""
    listed = []
    for each in page.select("nav.bd-docs-nav p.caption, nav.bd-docs-nav li.toctree-l1 > a"):
        text = " ".join(each.get_text().split())
        listed.append(("" if each.name == "p" else str(each["href"]), text))
    return listed


def anchor(page: str, place: str = "") -> str:
    """Return the name, in the joint page, of a place in a page."""
    name = re.sub(r"\W+", "-", page.removesuffix(".html"))
    return f"{name}--{place}" if place else name


def on_paper(article: Tag, page: str, pages: set[str]) -> Tag:
    """Return a page's article with names and links that are right in the joint page.

    Pages are named by their paths, from the site's top.
    """
    for each in article.select(ONLY_ON_SCREEN):
        each.decompose()
    for each in article.select("[id]"):
        each["id"] = anchor(page, str(each["id"]))
    for each in article.select("details"):
        each["open"] = ""
    for each in article.select("img"):
        each.attrs.pop("loading", None)
        each["src"] = "/" + normpath(join(dirname(page), str(each["src"])))
    for each in article.select("a[href]"):
        href = str(each["href"])
        file, _, place = href.partition("#")
        target = normpath(join(dirname(page), file)) if file else page
        if target in pages:
            each["href"] = "#" + anchor(target, place)
        elif not re.match(r"[a-z]+:", href):
            del each["href"]  # a file of the site: there is none on paper
    article.name = "div"
    return article


def joint_page(site: Path) -> str:
    """Return the whole book as one page."""
    first = _soup(site / "book" / "index.html")
    listed = [("book/index.html", "About this book") if href == "#" else
              (normpath(join("book", href)) if href else "", title)
              for href, title in chapter_order(first)]  # fmt: skip
    # on paper nothing is edited, and the handout has the same text
    listed = [each for each in listed if not each[0].endswith("/homework_here.html")]
    pages = [href for href, _ in listed if href]
    chapters = []
    for page in pages:
        article = _one(_soup(site / page), "article.bd-article")
        body = on_paper(article, page, set(pages))
        chapters.append(f'<section class="chapter bd-content" id="{anchor(page)}">{body}</section>')
    footer, question = first.select_one(".extra_footer"), first.select_one("article h1")
    course = read_course()
    return PAPER.format(
        language=course.language,
        author=escape(course.author),
        title=escape(_one(first, ".logo__title").get_text(strip=True)),
        question=escape(question.get_text().rstrip("#")) if question else "",
        imprint=footer.decode_contents() if footer else "",
        sheets="".join(_sheets(site, pages)),
        style=STYLE.read_text(encoding="utf-8"),
        contents="".join(_line(*each) for each in listed),
        chapters="\n".join(chapters),
    )


def print_page(html: str, site: Path, target: Path, browser) -> None:
    """Write a page, whose files are those of the site, as a PDF.

    Chromium alone of Playwright's browsers prints.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with served(site) as address:
        page = browser.new_page()
        page.route(
            f"{address}/joint.html", lambda one: one.fulfill(body=html, content_type="text/html")
        )
        page.route(f"{address}/**/*.css", _wait_for_faces)
        page.goto(f"{address}/joint.html")
        settle(page)
        page.pdf(
            path=target,
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            tagged=True,
            outline=True,
        )
        page.close()


def _wait_for_faces(route) -> None:
    """Give a style sheet whose faces are waited for: paper has no next page to show them on."""
    sheet = route.fetch()
    body = sheet.text().replace("font-display: optional", "font-display: block")
    route.fulfill(response=sheet, body=body)


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def _one(page: BeautifulSoup, selector: str) -> Tag:
    (found,) = page.select(selector, limit=1)
    return found


def _sheets(site: Path, pages: list[str]) -> list[str]:
    """Return links of all style sheets of the pages but the lab's: on paper there is none."""
    sheets = [
        sheet
        for page in pages
        for sheet in sheets_of((site / page).read_text(encoding="utf-8"), dirname(page))
    ]
    return [
        f'<link rel="stylesheet" href="/{sheet}">'
        for sheet in dict.fromkeys(sheets)
        if not sheet.endswith(LAB_STYLE)
    ]


def _line(page: str, title: str) -> str:
    if not page:
        return f'<li class="part">{escape(title)}</li>'
    return f'<li><a href="#{anchor(page)}">{escape(title)}</a></li>'


if __name__ == "__main__":
    built = Path(sys.argv[1])
    with started_chromium() as chromium:
        print_page(joint_page(built), built, Path(sys.argv[2]), chromium)
