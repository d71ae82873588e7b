"""A chapter's code is run in place, and nothing of Python comes before a reader asks.

The tests of an engine share one page with its Python: the first one that needs it starts it.
"""

import gzip
from functools import cache

import pytest
from playwright.sync_api import expect

from tests.shown import OFF
from tests.website.browser.visits import violations, write

pytestmark = pytest.mark.usefixtures("manifest")
IDLE = ".notebook-bar[data-state=idle]"


@pytest.fixture(scope="module")
def chapters(shared_context, address):
    """Return a function that gives the chapter's page in an engine."""

    @cache
    def give(engine):
        page = shared_context(engine).new_page()
        page.fetched, page.errors = [], []
        page.on("request", lambda one: page.fetched.append(one.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{address}/book/filtering.html", wait_until="load")
        return page

    return give


@pytest.fixture
def chapter(chapters, engine):
    """Return the chapter's page; at the end of a test it has met no error."""
    page = chapters(engine)
    yield page
    assert page.errors == []


def first_cell(page):
    """Return the editor of the first cell, and its outputs; the chapter is opened if it is not."""
    door = page.get_by_role("button", name="Run this chapter’s code here")
    if door.count():
        door.click()
    editor = page.get_by_role("textbox", name="Code 1", exact=True)
    editor.wait_for()
    return editor, page.locator(".notebook-cell").filter(has=editor).locator(".cell_output")


@pytest.mark.both_engines
def test_chapter_is_run_in_place_and_can_be_changed(chapter, built_site):
    page = chapter
    before = page.locator("article .cell_output").count()
    assert [url for url in page.fetched if "/python/" in url and "chapter.mjs" not in url] == []
    editor, output = first_cell(page)
    assert [url for url in page.fetched if "/python/files/" in url] == []
    assert page.locator("article .cell_output").count() >= before, "the chapter's own outputs stay"
    code = page.locator("article div.cell:not(.pycell *) .cell_input")
    assert page.locator(".notebook-cell").count() == code.count(), "folded code can be run as well"
    editor.focus()
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(500)
    assert page.get_by_role("listbox").count() == 0, "no Python runs"
    before_the_first_run = page.locator(".notebook-bar").inner_text()
    page.get_by_role("button", name="Run all", exact=True).click()
    page.locator(IDLE).wait_for(timeout=60_000)
    assert page.locator("[data-state=failed]").count() == 0
    assert page.locator("[data-state=ok]").count() == page.locator(".notebook-cell").count() > 5
    asked = [url.partition("/python/files/")[2] for url in page.fetched]
    files = set(filter(None, asked))
    sent = sum(bytes_sent(built_site / "python" / "files" / name) for name in files)
    assert f"fetches Python, {round(sent / 1e6)} MB, once" in before_the_first_run
    write(editor, "6 * 7")
    page.get_by_role("button", name="Run: Code 1", exact=True).click()
    expect(output).to_have_text("42")


@cache
def bytes_sent(path):
    """Return a file's size as a host sends it: code is compressed on its way."""
    is_code = path.suffix in (".mjs", ".wasm")
    return len(gzip.compress(path.read_bytes())) if is_code else path.stat().st_size


@pytest.mark.skipif("deseq2_edger_limma" in OFF, reason="the chapter is off")
def test_cell_that_needs_another_package_is_marked_and_stays(new_page, address):
    page = new_page()
    page.goto(f"{address}/book/deseq2_edger_limma.html", wait_until="load")
    page.get_by_role("button", name="Run this chapter’s code here").click()
    page.locator(".notebook-bar").wait_for()
    marked = page.locator(".notebook-lacking")
    assert marked.count() >= 1
    assert marked.filter(has_text="DeseqDataSet").count() >= 1
    assert marked.locator("[role=textbox]").count() == 0
    assert marked.locator(".notebook-message").count() == marked.count()


def test_page_without_code_has_no_button(new_page, address):
    page = new_page()
    page.goto(f"{address}/book/glossary.html", wait_until="networkidle")
    assert page.locator("script[data-bundles]").count() == 0
    assert page.locator(".notebook-door").count() == 0


@pytest.mark.both_engines
def test_exercise_is_written_and_checked_in_place_and_its_hints_open_one_by_one(chapter):
    exercise = chapter.locator(".pycell")
    hints = exercise.locator("details.pycell-hint")
    hints.first.wait_for()
    assert [hint.is_visible() for hint in hints.all()] == [True, False, False]
    hints.first.locator("summary").click()
    hints.nth(1).wait_for()
    assert not hints.nth(2).is_visible()
    exercise.get_by_role("button", name="Write and run it here").click()
    run = exercise.get_by_role("button", name="Run:")
    run.click()
    told = exercise.locator(".pycell-told")
    told.get_by_text("Not yet. filter_genes must return two tables").wait_for(timeout=60_000)
    solution = exercise.locator("details", has_text="A solution").locator("pre").text_content()
    write(exercise.get_by_role("textbox"), solution)
    run.click()
    told.get_by_text("Right. A and B stay, C is dropped.").wait_for()
    assert exercise.locator("[data-state=failed]").count() == 0
    exercise.get_by_role("textbox").fill("1 / 0")
    run.click()
    exercise.locator("[data-state=failed]").wait_for()
    assert told.text_content() == "", "what was said of other code is gone"


def test_exercise_can_be_read_without_scripts(new_page, address):
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/book/simulation.html", wait_until="load")
    exercise = page.locator(".pycell")
    assert "def mean_of_gene" in exercise.locator(".cell_input").inner_text()
    assert [hint.is_visible() for hint in exercise.locator("details").all()] == [True] * 4
    assert exercise.locator("button").count() == 0


def test_names_are_completed_after_a_dot_and_on_demand_once_python_runs(chapter):
    page = chapter
    editor, output = first_cell(page)
    write(editor, "import rnaseq_hw as hw; 6 * 8")
    page.keyboard.press("Control+Enter")
    expect(output).to_have_text("48", timeout=60_000)
    page.locator(IDLE).wait_for()
    editor.fill("")
    page.keyboard.type("hw.")
    names = page.get_by_role("listbox", name="Completions")
    names.get_by_role("option", name="benjamini_hochberg", exact=True).wait_for()
    assert violations(page, ".notebook-cell:has([role=listbox]), .notebook-bar") == []
    page.keyboard.type("vol")
    names.get_by_role("option", name="benjamini_hochberg").wait_for(state="detached")
    page.keyboard.press("Enter")
    assert editor.inner_text() == "hw.volcano_plot"
    page.keyboard.type("\nh")
    page.wait_for_timeout(500)
    assert names.count() == 0, "without a dot it waits to be asked"
    page.keyboard.press("Control+Space")
    names.get_by_role("option", name="hw", exact=True).wait_for()
    page.keyboard.press("Escape")
    names.wait_for(state="detached")
    assert editor.inner_text() == "hw.volcano_plot\nh"
