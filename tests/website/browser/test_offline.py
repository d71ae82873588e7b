"""The book without a network: the packed site from a disk, and the PDF."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from website.print.chromium import settle
from website.print.offline import pack_site
from website.print.pdf import page_numbers, settled
from website.print.print_book import anchor, css_text, joint_page, on_paper, pdf_of, print_page
from website.print.screenshots import MODES, contact_sheet, page_names


@pytest.fixture
def unpacked(built_site, tmp_path):
    """Return the folder of the site as a reader unpacks it."""
    pack_site(built_site, tmp_path / "site.zip", "rnaseq-hw")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "rnaseq-hw"


def test_packed_site_works_from_a_disk(unpacked, new_page):
    page = new_page()
    requests, errors = [], []
    page.on("request", lambda one: requests.append(one.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((unpacked / "index.html").as_uri())
    page.wait_for_url("**/book/index.html")
    page.locator("article a", has_text="Test each gene").first.click()
    page.wait_for_url("**/book/ttest.html")
    settle(page)
    assert page.locator("article div.math math").count() > 3
    page.locator(".theme-switch-button:visible").first.click()
    page.keyboard.press("Control+k")
    page.keyboard.type("volcano")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.click()
    page.wait_for_url("**/book/*.html*")
    assert {url.split(":")[0] for url in requests} <= {"file", "data", "blob"}
    assert errors == []


@pytest.fixture(scope="module")
def joint(built_site):
    """Return the whole book as one page."""
    return joint_page(built_site)


def test_every_reference_and_figure_of_the_joint_page_is_there(built_site, joint):
    page = BeautifulSoup(joint, "html.parser")
    names = Counter(each["id"] for each in page.select("[id]"))
    assert [name for name, times in names.items() if times > 1] == []
    inside = [each["href"][1:] for each in page.select('a[href^="#"]')]
    assert len(inside) > 50
    assert sorted({name for name in inside if name not in names}) == []
    figures = [each["src"] for each in page.select("img")]
    assert len(figures) > 10
    assert [src for src in figures if not (built_site / src[1:]).is_file()] == []


def test_joint_page_has_every_style_of_the_pages(built_site, joint):
    """All but the lab's, which is not on paper."""
    pages = (built_site / "book").glob("*.html")
    linked = {Path(sheet).name for page in pages for sheet in sheets(page.read_text("utf-8"))}
    assert {"site.css", "lab.css"} <= linked
    found = sheets(joint)
    assert {Path(sheet).name for sheet in found} == linked - {"lab.css"}
    assert [sheet for sheet in found if not (built_site / sheet[1:]).is_file()] == []


def sheets(html):
    """Return the addresses of a page's style sheets, which its head holds."""
    head = BeautifulSoup(html.partition("<body")[0], "html.parser")
    links = head.select('link[rel="stylesheet"]')
    return [link["href"].partition("?")[0] for link in links]


def test_links_of_a_chapter_lead_to_their_place_in_the_joint_page():
    html = (
        '<article><a href="b.html#x">1</a><a href="b.html">2</a><a href="#y">3</a>'
        '<a href="https://z.org/">4</a><a href="../_sources/a.ipynb">5</a><p id="y"></p></article>'
    )
    article = BeautifulSoup(html, "html.parser").article
    paper = on_paper(article, "book/a.html", {"book/a.html", "book/b.html"})
    links = [each.get("href") for each in paper.select("a")]
    assert links == ["#book-b--x", "#book-b", "#book-a--y", "https://z.org/", None]
    assert paper.p["id"] == "book-a--y"
    assert [bool(each.select(".page")) for each in paper.select("a")] == [True, True] + [False] * 3


def test_number_of_a_part_and_long_code_are_set_apart():
    html = "<article><h1>Part 4.1: Test (t)</h1><pre>{}</pre><pre>short</pre></article>"
    article = BeautifulSoup(html.format("x" * 90), "html.parser").article
    paper = on_paper(article, "book/a.html", {"book/a.html"})
    assert str(paper.h1) == '<h1><span class="number">Part 4.1</span>Test (t)</h1>'
    assert [each.get("class") for each in paper.select("pre")] == ["long-lines", None]


def test_every_chapter_has_its_running_heads(joint):
    page = BeautifulSoup(joint, "html.parser")
    names = [each["style"] for each in page.select("section.chapter")]
    rules = page.style.string
    assert "page: book-ttest" in names
    assert names == [f"page: {each}" for each in re.findall(r"@page (book-\S+):right", rules)]
    assert '@page book-ttest:left { @top-left { content: "The homework"; } }' in rules
    assert css_text('A "B" </style>') == '"A \\22 B\\22  \\3c /style>"'


def test_pdf_has_pages_links_and_an_outline(browser, built_site, joint, tmp_path, monkeypatch):
    """The first chapters stand for all: a tagged PDF of the whole book takes a minute."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    front, *chapters = re.split(r'(?=<section class="chapter)', joint)
    assert len(chapters) > 20
    target = tmp_path / "book.pdf"
    sheet = built_site / "_static" / "styles" / "site.css"
    assert "font-display: optional" in sheet.read_text(encoding="utf-8"), "what paper waits for"
    print_page("".join([front, *chapters[:4]]), built_site, target, browser)
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) > 15
    assert len(re.findall(rb"/Subtype\s*/Link\b", data)) > 25
    assert len(re.findall(rb"/S\s*/Figure\b", data)) > 3
    assert b"/Outlines" in data
    assert re.findall(rb"/\w+Date \((.*?)\)", data) == [b"D:19700102000000+00'00'"] * 2
    assert b"Mozilla" not in data


def test_same_book_printed_elsewhere_and_later_is_the_same_file():
    text = b"(node%08d) [(node%08d)] /Creator (Moz \\(%b\\)) /ModDate (D:20270%d01000000+00'00')"
    one, two = text % (742, 907, b"X11", 1), text % (767, 932, b"Mac", 2)
    assert settled(one, 0, "x") == settled(two, 0, "x")
    assert settled(one, 0, "x").startswith(b"(node00000001) [(node00000002)] /Creator (x)   ")


class Printer:
    """A page in Chromium whose places move when their numbers are written."""

    def __init__(self, *numbers):
        self.numbers, self.written = list(numbers), []

    def pdf(self, **options):
        return self.numbers.pop(0)

    def evaluate(self, script, numbers):
        self.written.append(numbers)


def pdf_with_place_on(page):
    """Return a PDF of three pages, as Chromium writes it, with a place on one of them."""
    pages = b"".join(b"%d 0 obj\n<</Type /Page\n/Parent 5 0 R>>\nendobj\n" % n for n in (4, 2, 3))
    tree = b"5 0 obj\n<</Type /Pages\n/Kids [6 0 R 3 0 R]>>\nendobj\n"
    tree += b"6 0 obj\n<</Type /Pages\n/Kids [4 0 R 2 0 R]\n/Parent 5 0 R>>\nendobj\n"
    places = b"7 0 obj\n<</a#2eb [%d 0 R /XYZ 0 841 0]>>\nendobj\n" % (4, 2, 3)[page - 1]
    return b"%PDF-1.4\n" + pages + tree + places + b"8 0 obj\n<</Dests 7 0 R>>\nendobj\n"


def test_book_is_printed_until_its_page_numbers_are_true():
    printer = Printer(*map(pdf_with_place_on, (2, 3, 3)))
    assert page_numbers(pdf_of(printer)) == {"a.b": 3}
    assert printer.written == [{"a.b": 2}, {"a.b": 3}]


def test_book_whose_page_numbers_never_rest_is_printed_with_a_word(capsys):
    assert page_numbers(pdf_of(Printer(*map(pdf_with_place_on, (1, 2, 1, 2, 1))))) == {"a.b": 1}
    assert "may be wrong by one" in capsys.readouterr().err


def test_page_whose_file_has_an_umlaut_has_its_number(browser):
    page = browser.new_page()
    name = anchor("local/räume.html")
    page.set_content(f'<a href="#{name}">in <i class="page">9</i></a>'
                     f'<p style="break-before: page" id="{name}">Rooms</p>')  # fmt: skip
    pdf_of(page)
    assert page.locator(".page").inner_text() == "2"
    page.close()


def test_contact_sheet_shows_every_page_in_every_mode(built_site):
    names = page_names(built_site)
    assert {"book/index.html", "book/volcano.html", "search.html"} <= set(names)
    assert "index.html" not in names  # it leads to the first page, and shows nothing
    assert contact_sheet(names).count("<img ") == len(names) * len(MODES)
