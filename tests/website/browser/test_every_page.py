"""Each page asks nobody else for anything, breaks nowhere and shuts nobody out, wide and narrow.

The tests of a page share one visit in each mode, in this order: only the last changes the page.
All visits in a mode share a tab, which has the files of every page already.
"""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

import tasks
from tests.website.browser.conftest import PAGES
from tests.website.browser.visits import (
    CODE_ON,
    EVERY_PAGE,
    FORGET,
    PLAIN_CODE,
    STILL,
    scrolls_sideways,
    violations,
    watched,
)
from tools.environment import read
from website.print.chromium import settle

FONT_SIZE = float(re.search(r"(?m)^font\.size: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
DPI = float(re.search(r"(?m)^figure\.dpi: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
HEAVIEST = 340_000  # bytes, compressed, without the figures
TEXT = (".html", ".css", ".js", ".mjs", ".svg")
VISITS = [(name, mode) for name in PAGES for mode in EVERY_PAGE]
OPEN_ANSWERS = """() => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  document.querySelectorAll(".toggle-hidden").forEach((each) => each.click());
  return [...document.querySelectorAll("div.quiz")].map((quiz) => {
    quiz.querySelector("input").click();
    quiz.querySelector(".quiz-check").click();
    return quiz.querySelector("[role=status]").textContent.trim();
  });
}"""
TOO_WIDE = "all => all.filter((e) => e.getBoundingClientRect().right > innerWidth).length"


@pytest.fixture(scope="module")
def tab(shared_context, address):
    """Return a function that gives the tab of a mode, which notes what it meets and loads."""

    @cache
    def give(width, color_scheme):
        tab = shared_context("browser", width=width, color_scheme=color_scheme).new_page()
        tab.troubles, tab.loaded = watched(tab, address), []
        tab.on("response", lambda one: tab.loaded.append(one.url.split("?")[0]))
        return tab

    return give


@pytest.fixture(scope="module", params=VISITS, ids="{0[0]}-{0[1][0]}-{0[1][1]}".format)
def page(request, tab, address):
    """Return a page that has all its files, with what it met on the way there."""
    name, mode = request.param
    page = tab(*mode)
    for noted in (*page.troubles, page.loaded):
        noted.clear()
    page.words_of_code = name in CODE_ON
    page.goto(f"{address}/{name}")
    settle(page)
    yield page
    page.evaluate(FORGET)


def test_page_asks_no_other_host_and_meets_no_error(page):
    assert page.troubles == ([], [], [])


def test_page_is_light(page, address, built_site):
    urls = {url.removeprefix("blob:").removeprefix(f"{address}/") for url in page.loaded}
    sizes = {url: weight(built_site / url) for url in urls if (built_site / url).is_file()}
    assert len(sizes) > 5
    assert sum(sizes.values()) < HEAVIEST, sizes


def weight(path: Path) -> int:
    """Return the bytes that a file takes on its way; figures don't count."""
    data = path.read_bytes()
    if path.suffix in (".png", ".webp"):
        return 0
    return len(gzip.compress(data)) if path.suffix in TEXT else len(data)


def test_page_fits_and_its_figures_can_be_read(page):
    assert not scrolls_sideways(page)
    figures = page.locator(".cell_output img:visible").evaluate_all(
        "all => all.map(each => [each.clientWidth, +each.getAttribute('width')])"
    )
    sizes = [FONT_SIZE * shown / (width * 72 / DPI) for shown, width in figures]
    assert [size for size in sizes if size < 10] == []


def test_page_has_no_violation_with_every_answer_open(page):
    page.add_style_tag(content=STILL)
    verdicts = page.evaluate(OPEN_ANSWERS)
    assert all(verdict.startswith(("Right.", "Not right.")) for verdict in verdicts)
    assert page.locator(".quiz, .quiz *").evaluate_all(TOO_WIDE) == 0
    ids = page.locator(".quiz, .quiz [id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))
    if not page.words_of_code:
        page.evaluate(PLAIN_CODE)
    assert violations(page) == []
    assert page.troubles == ([], [], []), "what has opened asks nobody either"
