"""The built site, served from this machine alone, in the system's own Chromium and Firefox."""

import os
import re
import shutil
import sys

import pytest
from playwright.sync_api import sync_playwright

import tasks
from tests.shown import shown
from tests.website.browser.visits import forget
from tools.environment import read
from website.print.chromium import MISSING, find_chromium, launch_chromium, served

LISTED = re.findall(r"^ *(?:- file|root): (\S+)$", read(tasks.ROOT / "_toc.yml"), re.M)
CHAPTERS = shown(LISTED)
FIREFOX_MISSING = (
    "This needs Firefox: `sudo apt-get install firefox-esr` on Debian, or name the program in the"
    " variable FIREFOX."
)
PAGES = [f"{name}.html" for name in ["index", *CHAPTERS, "search", "genindex"]]


def pytest_generate_tests(metafunc):
    """Run a test that asks for `page_name` on every page, one for `both_engines` in each."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", PAGES)
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("engine", ["browser", "firefox"], ids=["chromium", "firefox"])


@pytest.fixture(scope="session")
def playwright():
    """Return the one Playwright of a test process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    """Return a Chromium that knows no host but this one; without it, skip, or fail in CI."""
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with launch_chromium(playwright) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def launch_firefox(playwright):
    """Return a function that starts the system's own Firefox: `launch_firefox(**preferences)`.

    Where there is none the test is skipped; in CI on Linux, which installs it, the test fails.
    """
    names = [os.environ.get("FIREFOX"), "firefox-esr", "firefox"]
    program = next(filter(None, map(shutil.which, filter(None, names))), None)
    if program is None:
        must = os.environ.get("CI") and sys.platform == "linux"
        (pytest.fail if must else pytest.skip)(FIREFOX_MISSING)

    def launch(**preferences):
        return playwright.firefox.launch(
            channel="moz-firefox", executable_path=program, firefox_user_prefs=preferences
        )

    return launch


@pytest.fixture(scope="session")
def firefox(launch_firefox):
    """Return a Firefox for all tests."""
    with launch_firefox() as started:
        yield started


@pytest.fixture
def engine():
    """Return the browser that a test runs in; `both_engines` gives it each in turn."""
    return "browser"


@pytest.fixture(scope="session")
def address(built_site):
    """Return the address at which the built site is served: `http://127.0.0.1:<port>`."""
    with served(built_site) as where:
        yield where


@pytest.fixture
def new_page(engine, request):
    """Return a function that opens a page: `new_page(width=390, color_scheme="dark", ...)`.

    Each page has a context of its own, as for a reader who was never here.
    """
    browser = request.getfixturevalue(engine)
    contexts = []

    def open_page(*, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared_context(request, address):
    """Return a function that gives all tests of a module one context for the same options.

    A page of the site is always open in it, so that the next is drawn by the same process.
    """
    opened = {}

    def give(engine, *, width=1280, height=900, **options):
        key = engine, width, height, repr(sorted(options.items()))
        if key not in opened:
            options["viewport"] = {"width": width, "height": height}
            opened[key] = request.getfixturevalue(engine).new_context(**options)
            opened[key].new_page().goto(f"{address}/404.html")
        return opened[key]

    yield give
    for context in opened.values():
        context.close()


@pytest.fixture
def open_page(engine, shared_context):
    """Return a function like `new_page` at half its cost, for what a first visit does not change.

    The page is in a context that was used before, and what it stores goes with it.
    """
    pages = []

    def open_one(**options):
        pages.append(shared_context(engine, **options).new_page())
        return pages[-1]

    yield open_one
    for page in pages:
        forget(page)
