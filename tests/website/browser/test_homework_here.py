"""The homework is done on its page: wrong, stopped, solved, kept, and handed in to our grader.

The tests that run Python share one visit in each engine, and write what they need into its cells.
"""

import gzip
import json
import re
from functools import cache

import pytest
from playwright.sync_api import expect

import rnaseq_hw as hw
from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.grading.submission import read_submission
from homework_tools.master.read import read_master
from homework_tools.sandbox.host.sandbox import Sandbox
from tests.homework_tools.submissions import earned
from tests.website.browser.homework_visit import PAGE, Visit
from tests.website.browser.visits import (
    EVERY_PAGE,
    STILL,
    missed,
    scrolls_sideways,
    show,
    violations,
)
from tools.environment import read
from website.print.chromium import settle

pytestmark = pytest.mark.usefixtures("manifest")

SECONDS_TO_STOP = """() => new Promise((done) => {
  const bar = document.querySelector(".notebook-bar");
  const since = performance.now();
  const look = () => bar.dataset.state === "idle" && done((performance.now() - since) / 1000);
  new MutationObserver(look).observe(bar, { attributeFilter: ["data-state"] });
  [...bar.querySelectorAll("button")].find((each) => each.textContent === "Stop").click();
})"""


@pytest.fixture(scope="module")
def master():
    return read_master()


@pytest.fixture(scope="module")
def visits(shared_context, address):
    """Return a function that gives the visit in an engine, to a page that is isolated."""

    @cache
    def give(engine):
        visit = Visit(shared_context(engine, accept_downloads=True).new_page(), address)
        visit.open()
        visit.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        visit.open()  # from now on the page is isolated
        assert [url for url in visit.fetched if "/python/files/" in url] == []
        return visit

    return give


@pytest.fixture(scope="module")
def solved(visits, master):
    """Return a function that gives the visit in an engine when all is solved and has run."""

    @cache
    def give(engine):
        visit = visits(engine)
        visit.page.get_by_role("button", name="Reset: Given code 1", exact=True).click()
        for cell in master.code("solution"):
            visit.write(cell.question, cell.solved)
        visit.page.locator("textarea").first.fill("Ten genes are multiplied.")
        visit.press("Run all")
        return visit

    return give


def test_wrong_answer_is_told_in_words_that_all_can_read_and_leads_to_the_chapter(visits, master):
    visit = visits("browser")
    (right,) = master.code("solution", "2")
    visit.write("2", right.solved.replace("<= max_missing", "< max_missing"))
    for name in ("Given code 1", "Your code, question 2", "Check, question 2"):
        visit.press(f"Run: {name}")
    message = visit.page.locator(".notebook-message", has_text="Not yet.")
    assert "Traceback" not in message.inner_text()
    assert message.get_by_role("link").get_attribute("href") == "filtering.html#the-rule"
    assert visit.page.locator("details .traceback").count() == 1

    for name in ("Given code 2", "Given code 3", "Check, question 1b"):
        visit.press(f"Run: {name}")
    assert visit.page.locator(".notebook-message").count() >= 2
    settle(visit.page)
    visit.page.add_style_tag(content=STILL)
    for width, colors in reversed(EVERY_PAGE):
        show(visit.page, width, colors)
        assert violations(visit.page, ".notebook-cell:has(.notebook-message), .notebook-bar") == []
        assert not scrolls_sideways(visit.page)

    visit.write("2", right.solved)
    for name in ("Your code, question 2", "Check, question 2"):
        visit.press(f"Run: {name}")
    expect(visit.page.locator(".notebook-score")).to_have_text("1 of 7 checks pass")


@pytest.mark.both_engines
def test_stop_ends_a_loop_and_keeps_what_was_computed(visits, engine):
    visit = visits(engine)
    assert visit.page.evaluate("crossOriginIsolated")
    visit.fill("Given code 1", "kept = 41")
    visit.press("Run: Given code 1")
    visit.fill("Given code 1", "while True:\n    pass")
    visit.press("Run: Given code 1", then="running")
    visit.page.wait_for_timeout(300)
    assert visit.page.evaluate(SECONDS_TO_STOP) < 0.3
    assert visit.said() == "Stopped. What was computed before is kept."
    visit.fill("Given code 1", "kept + 1")
    visit.press("Run: Given code 1")
    assert visit.page.locator(".cell_output").first.inner_text().strip() == "42"


@pytest.mark.both_engines
def test_solved_homework_runs_and_is_kept(
    solved, engine, address, master, published, published_results
):
    visit = solved(engine)
    expect(visit.page.locator(".notebook-score")).to_have_text("7 of 7 checks pass")
    whole = json.loads(visit.handed_in())
    shown = rates_in(whole)
    expected = hw.error_rates(published_results, published[2])
    for name in ("fp", "fn", "false_positive_rate", "false_negative_rate"):
        assert shown[name] == pytest.approx(expected[name], abs=5e-7), name

    visit.wait(".notebook-kept:has-text('Saved')")
    visit.open()  # another visit: what was written and shown is there
    assert visit.page.locator("textarea").first.input_value() == "Ten genes are multiplied."
    assert visit.page.locator(".cell_output img").count() >= 1
    assert json.loads(visit.handed_in()) == whole
    assert [url for url in visit.fetched if not url.startswith((address, "blob:", "data:"))] == []
    assert visit.errors == []

    given = student_notebook(master)
    assert [cell["id"] for cell in whole["cells"]] == [cell["id"] for cell in given.cells]
    handed_in = [lines("".join(cell["source"])) for cell in whole["cells"]]
    for cell in master.code("solution"):  # so what Firefox gives gets the points as well
        assert lines(cell.solved) in handed_in, cell.question


def lines(source):
    """Return the lines of some code; Firefox writes empty ones into an editor."""
    return [line.rstrip() for line in source.splitlines() if line.strip()]


def test_solved_homework_gets_all_points(solved, master):
    handed_in = solved("browser").handed_in()
    with Sandbox() as sandbox:
        record = HiddenTests(master).grade(read_submission("ada.ipynb", handed_in), sandbox)
    assert sum(earned(master, record).values()) == sum(
        cell.points for cell in master.code("hidden-test")
    )


def rates_in(whole):
    """Return the rates that the notebook shows for the published data."""
    texts = [
        "".join(output["data"]["text/plain"])
        for cell in whole["cells"]
        if re.search(r"error_rates\(results, true_genes\)", "".join(cell["source"]))
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    return {name: float(value) for name, value in re.findall(r"(\w+) +([\d.]+)", "".join(texts))}


def test_stop_without_isolation_starts_python_anew_and_keeps_what_was_written(new_page, address):
    visit = Visit(new_page(service_workers="block"), address)
    visit.open()
    first = visit.editor("Given code 1")
    output = visit.page.locator(".cell_output").first
    visit.fill("Given code 1", "kept = 41\nwhile True:\n    pass")
    visit.press("Run: Given code 1", then="running")
    visit.press("Stop", then="off")
    assert visit.said() == "Stopped. Python starts anew: run the cells from the top."
    assert "while True" in first.inner_text()
    visit.fill("Given code 1", "6 * 7")
    visit.press("Run: Given code 1")
    assert output.inner_text().strip() == "42"
    count = "kept = 1 + globals().get('kept', 0); kept"
    visit.fill("Given code 1", count)
    visit.press("Run: Given code 1")
    assert output.inner_text().strip() == "1", "what was computed is gone"
    visit.press("Restart")
    assert visit.said() == "Python starts anew: run the cells from the top."
    assert first.inner_text().strip() == count, "what was written survives a restart"
    visit.press("Run: Given code 1")
    assert output.inner_text().strip() == "1", "and what was computed does not"


@pytest.mark.both_engines
def test_links_land_on_their_headings_though_the_page_grows(open_page, address, built_site):
    headings = re.findall(r'<section id="([\w-]+)"', read(built_site / PAGE))
    assert len(headings) > 10
    visit = Visit(open_page(width=1280, height=800), address)
    visit.open(f"#{headings[-1]}")
    assert abs(missed(visit.page, headings[-1])) <= 8
    for heading in headings[4::7]:  # up, then downwards, past what was not yet in view
        visit.page.evaluate("id => { location.hash = id; }", heading)
        assert abs(missed(visit.page, heading)) <= 8, heading


def test_escape_and_tab_leave_an_editor(new_page, address):
    visit = Visit(new_page(), address)
    visit.open()
    editor = visit.editor("Given code 1")
    editor.focus()
    visit.page.keyboard.press("Tab")
    assert editor.evaluate("each => each === document.activeElement")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Tab")
    assert not editor.evaluate("each => each === document.activeElement")


def test_editor_is_entered_where_its_code_is_clicked_and_takes_each_key(open_page, address):
    visit = Visit(open_page(), address)
    visit.open()
    editor = visit.editor("Given code 2")
    editor.click(position={"x": 1, "y": 30})  # in its second line
    visit.page.keyboard.type("#/")  # Sphinx listens for a slash
    lines = editor.inner_text().split("\n")
    assert [line.startswith("#/") for line in lines[:3]] == [False, True, False]


def test_without_scripts_the_page_is_the_whole_notebook(new_page, address, master):
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/{PAGE}")
    text = page.locator("article").inner_text()
    for cell in student_notebook(master).cells:
        if cell.cell_type == "code":
            assert " ".join(cell.source.split()) in " ".join(text.split())
    assert "nothing can be run" in text
    assert page.locator("article button:visible").count() == 0


MOVED = """() => new Promise((done) => {
  new PerformanceObserver((list) =>
    done(list.getEntries().reduce((sum, each) => sum + each.value, 0))
  ).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 500);
})"""


def test_words_stay_in_place_while_the_page_becomes_one_to_work_on(new_page, address):
    visit = Visit(new_page(width=390, height=800), address)
    visit.open()
    assert visit.page.evaluate(MOVED) < 0.02


@pytest.mark.parametrize("missing", ["homework.mjs", "*.ipynb"])
def test_page_that_cannot_start_says_so(missing, new_page, address):
    page = new_page(service_workers="block")
    page.route(f"**/{missing}*", lambda one: one.fulfill(status=404, body="not here"))
    page.goto(f"{address}/{PAGE}")
    expect(page.get_by_text("nothing can be run")).to_be_visible()


def test_script_of_the_page_is_small(built_site):
    def sent(pattern):
        files = (built_site / "_static" / "python").glob(pattern)
        return sum(len(gzip.compress(each.read_bytes())) for each in files)

    assert 100 < sent("chapter.mjs") < 1_000  # all that a chapter loads before it is opened
    assert sent("*.mjs") < 140_000
