"""Open the built site in the system's own Chromium, which knows no host but this machine."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

NAMES = (  # the first draws without a desktop, so it needs less
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
NOT_NEEDED = (  # the last list of a command counts, so the first lines are Playwright's
    "AimEnabled AutoDeElevate AvoidCorsURLLoaderRestartOnRedirect"
    " AvoidUnnecessaryBeforeUnloadCheckSync BlockOriginHeaderModificationOnRedirect"
    " DestroyProfileOnBrowserClose DialMediaRouteProvider GlobalMediaControls HttpsUpgrades"
    " LensOverlay MediaRouter NetworkTimeServiceQuerying OptimizationHints PaintHolding"
    " ThirdPartyStoragePartitioning Translate"
    # Else a page of the address bar's is drawn for each of ours: 0.6 s of work.
    " WebUIOmniboxPopup WebUIOmniboxAimPopup"
)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    f"--disable-features={','.join(NOT_NEEDED.split())}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # every outside name is unknown
]
MISSING = (
    "This needs Chromium or Chrome: `sudo apt-get install chromium` on Debian and Ubuntu, or name"
    " the program in the variable CHROMIUM."
)
ALL_HERE = """document.fonts.status === "loaded"
  && [...document.images].every((each) => each.complete || each.loading === "lazy")"""


def find_chromium() -> str | None:
    """Return the path of the system's Chromium or Chrome; None when there is none."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [*map(shutil.which, NAMES), *USUAL_PLACES]
    return next((path for path in found if path and Path(path).is_file()), None)


@contextmanager
def started_chromium() -> Generator:
    """Give a Playwright browser, and close it at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, launch_chromium(playwright) as browser:
        yield browser


def launch_chromium(playwright):
    """Return the browser that a running Playwright starts; it ends with a `with` block."""
    program = find_chromium()
    if program is None:
        raise SystemExit(MISSING)
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


def settle(page) -> None:
    """Wait until a page has all its files."""
    from playwright.sync_api import TimeoutError as NotIdle

    page.wait_for_function("!document.querySelector('meta[http-equiv=refresh]')")  # sent on
    page.wait_for_load_state("load")
    try:
        page.wait_for_load_state("networkidle", timeout=5000)
    except NotIdle:  # now and then Playwright misses the end of a request: ask the page itself
        page.wait_for_function(ALL_HERE)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",  # on Windows the registry may say otherwise
        ".mjs": "text/javascript",
    }

    def log_message(self, format, *args):
        """Say nothing."""


@contextmanager
def served(folder: Path, handler: type = QuietHandler) -> Generator[str]:
    """Give the address at which a folder is served: ``http://127.0.0.1:<port>``."""
    answer = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
