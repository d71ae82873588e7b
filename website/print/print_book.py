"""Print the whole book as one PDF: title page, contents with page numbers, chapters, running heads.

The built pages are joined into one, so that a reference from a chapter to another is a link inside
of the PDF, and says the page. Chromium prints it at least twice: first to see which page is whose.
"""

import re
import sys
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath

from bs4 import BeautifulSoup, Tag

from homework_tools.master.course import PROJECT, read_course
from homework_tools.words.catalogues import words_of
from homework_tools.words.translator import gettext, speak
from website.extensions.blocks.lab import STYLE as LAB_STYLE
from website.extensions.finish.joint_file import named_files
from website.extensions.finish.one_stylesheet import LINK
from website.extensions.head.edition import edition_time
from website.print.chromium import served, settle, started_chromium
from website.print.pdf import page_numbers, settled

STYLE = Path(__file__).with_name("print.css")
ONLY_ON_SCREEN = "script, style, .headerlink, button, .prev-next-area, .toctree-wrapper, noscript"
LONG_LINE = 82  # characters: code with longer ones is set smaller, so that none is broken
NUMBERED = re.compile(r"\s*(\S+ [\d.]+) ?: ")
HEADS = """\
@page {name}:left {{ @top-left {{ content: {part}; }} }}
@page {name}:right {{ @top-right {{ content: {title}; }} }}
"""
FILL = """numbers => {
  for (const each of document.querySelectorAll("a .page"))
    each.textContent = numbers[each.closest("a").hash.slice(1)] ?? "";
}"""
PAGE = '<span class="page">100</span>'
IN_ORDER = ("book/glossary.html", "book/bibliography.html", "book/api.html")  # found by the word
HEADINGS = ["h1", "h2", "h3", "h4"]
PRINTED = dict.fromkeys(("prefer_css_page_size", "print_background", "tagged", "outline"), True)
PASSES = 5
PAPER = """\
<!DOCTYPE html>
<html lang="{language}" data-theme="light">
<head><meta charset="utf-8"><title>{title}</title>
{sheets}<style>{style}{heads}</style>
</head>
<body>
<div class="title-page"><img src="/_static/favicon.svg" alt=""><h1>{title}</h1>
<p class="question">{question}</p><p class="author">{author}</p>
<p class="imprint">{imprint}</p></div>
<nav class="book-contents"><h1>{heading}</h1><ol>{contents}</ol></nav>
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
            if target not in {page, *IN_ORDER} and not each.find_parent(HEADINGS):
                words = escape(gettext("(p. {page})")).replace(" ", "\N{NO-BREAK SPACE}")
                words = f"<span> {words.format(page=PAGE)}</span>"
                each.append(BeautifulSoup(words, "html.parser"))
        elif not re.match(r"[a-z]+:", href):
            del each["href"]  # a file of the site: there is none on paper
    for each in article.select("pre"):
        if max(map(len, each.get_text().splitlines()), default=0) > LONG_LINE:
            each["class"] = "long-lines"
    number_apart(article)
    article.name = "div"
    return article


def number_apart(article: Tag) -> None:
    """Set "Part 4.1: " of a chapter's title as a line of its own, above the title."""
    for title in article.select("h1"):
        text = title.find_all(string=True)[0]
        found = NUMBERED.match(text)
        if found:
            number = BeautifulSoup(f'<span class="number">{found[1]}</span>', "html.parser")
            text.insert_before(number)
            text.replace_with(text.removeprefix(found[0]))


def running_heads(listed: list[tuple[str, str]], book: str) -> str:
    """Return the rules by which each chapter's pages show its part, or the book, and its title."""
    rules, part = [], book
    for page, title in listed:
        if not page:
            part = title
            continue
        words = {"part": css_text(part), "title": css_text(title)}
        rules.append(HEADS.format(name=anchor(page), **words))
    return "".join(rules)


def css_text(text: str) -> str:
    """Return a text as CSS writes it, in quotes."""
    codes = re.sub(r'["\\<\n]', lambda each: f"\\{ord(each[0]):x} ", text)
    return f'"{codes}"'


def joint_page(site: Path) -> str:
    """Return the whole book as one page."""
    first = _soup(site / "book" / "index.html")
    listed = [("book/index.html", gettext("About this book")) if href == "#" else
              (normpath(join("book", href)) if href else "", title)
              for href, title in chapter_order(first)]  # fmt: skip
    # on paper nothing is edited, and the handout has the same text
    listed = [each for each in listed if not each[0].endswith("/homework_here.html")]
    pages = [href for href, _ in listed if href]
    chapters = []
    for page in pages:
        article = _one(_soup(site / page), "article.bd-article")
        body = on_paper(article, page, set(pages))
        name = anchor(page)
        chapters.append(
            f'<section class="chapter bd-content" id="{name}" style="page: {name}">{body}</section>'
        )
    footer, question = first.select_one(".extra_footer"), first.select_one("article h1")
    imprint = footer.decode_contents() if footer else ""
    course = read_course()
    title = _one(first, ".logo__title").get_text(strip=True)
    return PAPER.format(
        language=course.language,
        heading=escape(gettext("Contents")),
        author=escape(course.author),
        title=escape(title),
        question=escape(question.get_text().rstrip("#")) if question else "",
        imprint=imprint,
        sheets="".join(_sheets(site, pages)),
        style=STYLE.read_text(encoding="utf-8"),
        heads=running_heads(listed, title),
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
        pdf = pdf_of(page)
        page.close()
    target.write_bytes(settled(pdf, edition_time(PROJECT), "rnaseq-hw"))


def pdf_of(page) -> bytes:
    """Return a page as a PDF in which every page number that the text names is right.

    The numbers take room as well, so what they say is written, and looked at, until it is so. Two
    that push each other over a page's end never come to rest: one is then a page off, which is
    better than no book.
    """
    numbers: dict[str, int] = {}
    pdf = b""
    for _ in range(PASSES):
        pdf = page.pdf(**PRINTED)
        found = page_numbers(pdf)
        if found == numbers:
            return pdf
        numbers = found
        page.evaluate(FILL, numbers)
    print("In the PDF a page number may be wrong by one: see its contents.", file=sys.stderr)
    return pdf


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
        for sheet in named_files(LINK, (site / page).read_text(encoding="utf-8"))
    ]
    return [
        f'<link rel="stylesheet" href="/{sheet}">'
        for sheet in dict.fromkeys(sheets)
        if not sheet.endswith(LAB_STYLE)
    ]


def _line(page: str, title: str) -> str:
    if not page:
        return f'<li class="part">{escape(title)}</li>'
    words = f'<span>{escape(title)}</span><span class="dots"></span><span class="page">0</span>'
    return f'<li><a href="#{anchor(page)}">{words}</a></li>'


if __name__ == "__main__":
    built = Path(sys.argv[1])
    speak(words_of(read_course()))
    with started_chromium() as chromium:
        print_page(joint_page(built), built, Path(sys.argv[2]), chromium)
