"""The built site, served from this machine alone, in the system's own Chromium."""

import os
import re

import pytest

import tasks
from site_tools.chromium import MISSING, find_chromium, served, started_chromium

CHAPTERS = re.findall(r"^ *(?:- file|root): (\S+)$", tasks.read(tasks.ROOT / "_toc.yml"), re.M)
PAGES = [f"{name}.html" for name in ["index", *CHAPTERS, "search", "genindex"]]


def pytest_generate_tests(metafunc):
    """Run a test that asks for `page_name` on every page of the site."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", PAGES)


@pytest.fixture(scope="session")
def browser():
    """Return a Chromium that knows no host but this one; without it, skip, or fail in CI."""
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with started_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(built_site):
    """Return the address at which the built site is served: `http://127.0.0.1:<port>`."""
    with served(built_site) as where:
        yield where


@pytest.fixture
def new_page(browser):
    """Return a function that opens a page: `new_page(width=390, color_scheme="dark", ...)`."""
    contexts = []

    def open_page(*, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
