"""What a visit leaves in the browser: Python's files, and a page without a network."""

import json
import shutil
from http.server import BaseHTTPRequestHandler

import pytest

from tests.website.browser.visits import write
from website.print.chromium import QuietHandler, served

pytestmark = pytest.mark.usefixtures("manifest")
PAGE = "book/filtering.html"
KEPT = """async () => {
  const name = (await caches.keys()).find((each) => each.startsWith("python "));
  if (!name) return [];
  return (await (await caches.open(name)).keys()).map(({ url }) => url.split("/files/")[1]);
}"""


class Host:
    """A web server for a copy of the site; it notes what it is asked for, and can be `gone`."""

    def __init__(self, folder):
        self.folder, self.asked, self.gone, self.address = folder, [], False, ""
        host = self

        class Handler(QuietHandler):
            def parse_request(self):
                if host.gone:  # as a network that is not there: no answer at all
                    self.close_connection = True
                    return False
                return BaseHTTPRequestHandler.parse_request(self)

            def do_GET(self):
                host.asked.append(self.path)
                super().do_GET()

        self.handler = Handler

    def manifest(self):
        """Return what the pages read of Python's files."""
        return json.loads((self.folder / "python" / "python.json").read_text("utf-8"))

    def files_asked(self):
        """Return the packed files that were asked for since the last time."""
        files = [path.partition("/python/files/")[2] for path in self.asked]
        self.asked = []
        return sorted(filter(None, files))


@pytest.fixture
def host(built_site, tmp_path):
    left_out = shutil.ignore_patterns("_sources", "_downloads")
    shutil.copytree(built_site, tmp_path / "site", ignore=left_out)
    host = Host(tmp_path / "site")
    with served(host.folder, host.handler) as host.address:
        yield host


class Reader:
    """A reader of a chapter in one browser, who runs its first cell."""

    def __init__(self, page, host):
        self.page, self.host, self.errors = page, host, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self):
        self.page.goto(f"{self.host.address}/{PAGE}", wait_until="load")
        self.page.get_by_role("button", name="Run this chapter’s code here").click()
        self.page.locator(".notebook-bar").wait_for()

    def enter(self):
        """Enter the editor of the first cell."""
        self.page.get_by_role("textbox", name="Code 1", exact=True).focus()

    def run(self, source):
        """Return what a cell shows."""
        write(self.page.get_by_role("textbox", name="Code 1", exact=True), source)
        self.page.get_by_role("button", name="Run: Code 1", exact=True).click()
        self.page.locator(".notebook-cell[data-state=ok]").first.wait_for(timeout=60_000)
        assert self.errors == []
        return self.page.locator(".notebook-cell .cell_output").first.inner_text().strip()

    def wait_until_kept(self, name):
        """Wait for a file to be among those that are kept."""
        self.page.wait_for_function(f"async () => (await ({KEPT})()).includes('{name}')")


@pytest.mark.both_engines
def test_files_are_kept_go_with_the_next_build_and_work_without_a_network(new_page, host):
    reader = Reader(new_page(), host)
    reader.open()
    reader.enter()
    reader.page.wait_for_timeout(2000)
    assert host.files_asked() == [], "nothing is fetched before the first run"
    assert reader.page.locator(".notebook-bar[data-state]").count() == 0
    assert reader.run("6 * 7") == "42"
    first = host.files_asked()
    manifest = host.manifest()
    own = manifest["bundles"]["own"]["file"]
    assert own in first
    assert len(first) == len(set(first))

    reader.wait_until_kept(own)
    new = "own.0123456789ab.pack"
    (host.folder / "python" / "files" / own).rename(host.folder / "python" / "files" / new)
    manifest["bundles"]["own"]["file"] = new
    (host.folder / "python" / "python.json").write_text(json.dumps(manifest), encoding="utf-8")
    reader.open()
    assert reader.run("6 * 8") == "48"
    assert host.files_asked() == [new], "what has not changed is kept"
    reader.page.wait_for_function(f"async () => !(await ({KEPT})()).includes('{own}')")
    reader.wait_until_kept(new)

    reader.page.wait_for_function(f"async () => Boolean(await caches.match('/{PAGE}'))")
    reader.page.wait_for_load_state("networkidle")
    host.gone = True
    reader.open()
    assert reader.page.evaluate("crossOriginIsolated")
    reader.enter()  # Python starts, since nothing has to be fetched
    said = reader.page.locator(".notebook-bar [role=status]")
    said.get_by_text("Python is ready").wait_for(timeout=60_000)
    assert reader.run("import rnaseq_hw; 6 * 9") == "54"
