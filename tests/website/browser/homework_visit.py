"""A visit to the page of the homework: what a student does there, step by step."""

import time

from tests.website.browser.visits import write

PAGE = "book/homework_here.html"
CATCH = """() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    globalThis.caught = blob.text();
    return make(blob);
  };
}"""

IS_STORED = """async (source) => {
  const opening = indexedDB.open("rnaseq-hw");
  const database = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
  const asked = database.transaction("work").objectStore("work").getAll();
  const all = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  database.close();
  return JSON.stringify(all).includes(JSON.stringify(source).slice(1, -1));
}"""


class Visit:
    """A visit to the page: an error of a script ends it, and all that is fetched is noted."""

    def __init__(self, page, address):
        self.page, self.address, self.fetched, self.errors = page, address, [], []
        page.on("request", lambda one: self.fetched.append(one.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, place=""):
        self.page.goto(f"{self.address}/{PAGE}{place}")
        self.wait("#homework-notebook[data-ready]")

    def wait(self, selector, seconds=60):
        """Wait for an element, but no longer than until a script fails."""
        end = time.monotonic() + seconds
        while not self.page.locator(selector).count():
            assert self.errors == []
            assert time.monotonic() < end, f"{selector} does not come"
            self.page.wait_for_timeout(50)

    def press(self, name, then="idle"):
        self.page.get_by_role("button", name=name, exact=True).click()
        self.wait(f".notebook-bar[data-state={then}]")

    def write(self, question, source):
        self.fill(f"Your code, question {question}", source)

    def fill(self, name, source):
        """Write into an editor; it reads its own element a moment later."""
        self.page.bring_to_front()  # Firefox takes no text into another tab
        editor = self.editor(name)
        for _ in range(5):
            write(editor, source)
            self.page.wait_for_timeout(100)
            if editor.inner_text().split() == source.split():
                return
        raise AssertionError(f"the editor does not take {source!r}")

    def write_and_save(self, question, source):
        """Write into an editor, and wait until that is stored: "Saved" may be of what was there."""
        self.write(question, source)
        end = time.monotonic() + 20
        while not self.page.evaluate(IS_STORED, source):
            assert time.monotonic() < end, f"{source!r} is not stored"
            self.page.wait_for_timeout(50)

    def editor(self, name):
        return self.page.get_by_role("textbox", name=name, exact=True)

    def said(self):
        return self.page.locator(".notebook-bar [role=status]").inner_text()

    def handed_in(self, name="Download to hand in"):
        """Return the file that a button gives; Firefox tells Playwright of no download."""
        button = self.page.get_by_role("button", name=name)
        if self.page.context.browser.browser_type.name == "firefox":
            self.page.evaluate(CATCH)
            button.click()
            return self.page.evaluate("caught").encode()
        with self.page.expect_download() as download:
            button.click()
        return download.value.path().read_bytes()
