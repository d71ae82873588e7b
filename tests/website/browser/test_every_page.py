"""Each page asks nobody else for anything, breaks nowhere and shuts nobody out, wide and narrow.

The tests of a page share one visit, in this order: only the last changes the page.
All visits share a tab, which has the files of every page already, and which is left in another mode
than it came in: half the pages are loaded wide and light, half narrow and dark.
"""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

import tasks
from tests.website.browser.conftest import PAGES
from tests.website.browser.visits import (
    EVERY_PAGE,
    FEWER_WORDS,
    FORGET,
    STILL,
    scrolls_sideways,
    show,
    violations,
    watched,
)
from tools.environment import read
from website.print.chromium import settle

FONT_SIZE = float(re.search(r"(?m)^font\.size: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
DPI = float(re.search(r"(?m)^figure\.dpi: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
HEAVIEST = 340_000  # bytes, compressed, without the figures
TEXT = (".html", ".css", ".js", ".mjs", ".svg")
OPEN_ANSWERS = """() => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  document.querySelectorAll(".toggle-button-hidden").forEach((each) => each.click());
  return [...document.querySelectorAll("div.quiz")].map((quiz) => {
    quiz.querySelector("input").click();
    quiz.querySelector(".quiz-check").click();
    return quiz.querySelector("[role=status]").textContent.trim();
  });
}"""
TOO_WIDE = "all => all.filter((e) => e.getBoundingClientRect().right > innerWidth).length"


@pytest.fixture(scope="module")
def tab(shared_context, address):
    """Return the tab, which notes what it meets and loads."""
    tab = shared_context("browser").new_page()
    tab.troubles, tab.loaded = watched(tab, address), []
    tab.on("response", lambda one: tab.loaded.append(one.url.split("?")[0]))
    return tab


@pytest.fixture(scope="module", params=PAGES)
def page(request, tab, address):
    """Return a page that has all its files, with what it met on the way there."""
    for noted in (*tab.troubles, tab.loaded):
        noted.clear()
    tab.goto(f"{address}/{request.param}")
    settle(tab)
    yield tab
    tab.evaluate(FORGET)


def test_page_asks_no_other_host_and_meets_no_error(page):
    assert page.troubles == ([], [], [])


def test_page_is_light(page, address, built_site):
    urls = {url.removeprefix("blob:").removeprefix(f"{address}/") for url in page.loaded}
    sizes = {url: weight(built_site / url) for url in urls if (built_site / url).is_file()}
    assert len(sizes) > 5
    assert sum(sizes.values()) < HEAVIEST, sizes


@cache
def weight(path: Path) -> int:
    """Return the bytes that a file takes on its way; figures don't count."""
    data = path.read_bytes()
    if path.suffix in (".png", ".webp"):
        return 0
    return len(gzip.compress(data)) if path.suffix in TEXT else len(data)


def test_page_fits_and_its_figures_can_be_read(page):
    assert_it_fits(page)


def assert_it_fits(page):
    assert not scrolls_sideways(page)
    figures = page.locator(".cell_output img:visible").evaluate_all(
        "all => all.map(each => [each.clientWidth, +each.getAttribute('width')])"
    )
    sizes = [FONT_SIZE * shown / (width * 72 / DPI) for shown, width in figures]
    assert [size for size in sizes if size < 10] == []


def test_page_fits_and_has_no_violation_with_every_answer_open(page):
    page.add_style_tag(content=STILL)
    verdicts = page.evaluate(OPEN_ANSWERS)
    assert all(verdict.startswith(("Right.", "Not right.")) for verdict in verdicts)
    buttons = page.locator(".solution .toggle-button")
    names = buttons.evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert all(name.startswith("Hide the answer: ") for name in names), names
    ids = page.locator(".quiz, .quiz [id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))
    page.evaluate(FEWER_WORDS)
    width = page.viewport_size["width"]
    for mode in sorted(EVERY_PAGE, key=lambda mode: mode[0] != width):
        show(page, *mode)
        assert_it_fits(page)
        assert page.locator(".quiz, .quiz *").evaluate_all(TOO_WIDE) == 0
        assert violations(page) == [], mode
    assert page.troubles == ([], [], []), "what has opened asks nobody either"
