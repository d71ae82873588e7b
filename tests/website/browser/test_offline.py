"""The book without a network: the packed site from a disk, and the PDF."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from website.print.chromium import settle
from website.print.offline import pack_site
from website.print.print_book import joint_page, on_paper, print_page
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


def test_same_site_is_packed_into_the_same_file(tmp_path):
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "book" / "a.html").write_text("a", encoding="utf-8")
    pack_site(site, tmp_path / "one.zip", "x")
    (site / "book" / "a.html").touch()
    pack_site(site, tmp_path / "two.zip", "x")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["x/book/a.html"]


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
    assert {"site.css", "quiz.css", "lab.css"} <= linked
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


def test_pdf_has_pages_links_and_an_outline(browser, built_site, joint, tmp_path):
    """The first chapters stand for all: a tagged PDF of the whole book takes a minute."""
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


def test_contact_sheet_shows_every_page_in_every_mode(built_site):
    names = page_names(built_site)
    assert {"book/index.html", "book/volcano.html", "search.html"} <= set(names)
    assert "index.html" not in names  # it leads to the first page, and shows nothing
    assert contact_sheet(names).count("<img ") == len(names) * len(MODES)
