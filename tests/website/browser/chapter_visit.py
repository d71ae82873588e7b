"""A visit to a chapter whose code is run, at a host that notes what it is asked for."""

import json
import shutil
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from playwright.sync_api import expect

from tests.website.browser.visits import write
from website.print.chromium import QuietHandler, served

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

    @property
    def manifest(self):
        """What the pages read of Python's files."""
        return json.loads((self.folder / "python" / "python.json").read_text("utf-8"))

    def build_anew(self, bundle, file):
        """Give a bundle another file, as the next build of the site would."""
        python, manifest = self.folder / "python", self.manifest
        (python / "files" / manifest["bundles"][bundle]["file"]).rename(python / "files" / file)
        manifest["bundles"][bundle]["file"] = file
        (python / "python.json").write_text(json.dumps(manifest), encoding="utf-8")

    def files_asked(self):
        """Return the packed files that were asked for since the last time."""
        files = [path.partition("/python/files/")[2] for path in self.asked]
        self.asked = []
        return sorted(filter(None, files))


@contextmanager
def hosted(site, folder):
    """Give a host for a copy of the site."""
    left_out = shutil.ignore_patterns("_sources", "_downloads")
    host = Host(shutil.copytree(site, folder / "site", ignore=left_out))
    with served(host.folder, host.handler) as host.address:
        yield host


class Reader:
    """A reader of a chapter in one browser."""

    def __init__(self, page, host):
        self.page, self.host, self.errors = page, host, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def visit(self):
        self.page.goto(f"{self.host.address}/{PAGE}", wait_until="load")

    def first_cell(self):
        """Return the editor of the first cell, and its outputs; the code is opened if it is not."""
        door = self.page.get_by_role("button", name="Run this chapter’s code here")
        if door.count():
            door.click()
        editor = self.page.get_by_role("textbox", name="Code 1", exact=True)
        editor.wait_for()
        cell = self.page.locator(".notebook-cell").filter(has=editor)
        return editor, cell.locator(".cell_output")

    def run(self, source, output):
        """Run code in the first cell, and wait for what it shows."""
        editor, shown = self.first_cell()
        write(editor, source)
        self.page.get_by_role("button", name="Run: Code 1", exact=True).click()
        expect(shown).to_have_text(output, timeout=60_000)

    def wait_until_kept(self, name, kept="true"):
        """Wait until a file is among those that are kept, or is not."""
        self.page.wait_for_function(f"async () => (await ({KEPT})()).includes('{name}') === {kept}")
