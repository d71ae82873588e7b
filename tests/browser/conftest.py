"""The built site, served from this machine alone, in the system's own Chromium."""

import functools
import http.server
import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import tasks

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # every outside name is unknown
]
MISSING = (
    "The browser tests need Chromium or Chrome: `sudo apt-get install chromium` on Debian and"
    " Ubuntu, or name the program in the variable CHROMIUM."
)


CHAPTERS = re.findall(r"^ *(?:- file|root): (\S+)$", tasks.read(tasks.ROOT / "_toc.yml"), re.M)
PAGES = [f"{name}.html" for name in ["index", *CHAPTERS, "search", "genindex"]]


def pytest_generate_tests(metafunc):
    """Run a test that asks for `page_name` on every page of the site."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", PAGES)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium or Chrome."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [*map(shutil.which, NAMES), *USUAL_PLACES]
    return next((path for path in found if path and Path(path).is_file()), None)


@pytest.fixture(scope="session")
def browser():
    """Return a Chromium that knows no host but this one; without it, skip, or fail in CI."""
    program = find_chromium()
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",  # on Windows the registry may say otherwise
        ".mjs": "text/javascript",
    }

    def log_message(self, *parts):
        """Say nothing."""


@pytest.fixture(scope="session")
def address(built_site):
    """Return the address at which the built site is served: `http://127.0.0.1:<port>`."""
    handler = functools.partial(QuietHandler, directory=str(built_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


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
