"""A chapter's code is run where it stands, and nothing of Python comes before a reader asks."""

import gzip

import pytest

from tests.shown import OFF
from tests.website.browser.visits import violations, write

pytestmark = pytest.mark.usefixtures("manifest")
IDLE = ".notebook-bar[data-state=idle]"


@pytest.mark.both_engines
def test_chapter_is_run_in_place_and_can_be_changed(new_page, address, built_site):
    page = new_page()
    fetched, errors = [], []
    page.on("request", lambda one: fetched.append(one.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/book/filtering.html", wait_until="load")
    before = page.locator("article .cell_output").count()
    assert [url for url in fetched if "/python/" in url and "chapter.mjs" not in url] == []
    page.get_by_role("button", name="Run this chapter’s code here").click()
    page.locator(".notebook-bar").wait_for()
    assert [url for url in fetched if "/python/files/" in url] == []
    assert page.locator("article .cell_output").count() >= before, "the chapter's own outputs stay"
    code = page.locator("article div.cell:not(.pycell *) .cell_input")
    assert page.locator(".notebook-cell").count() == code.count(), "folded code can be run as well"
    before_the_first_run = page.locator(".notebook-bar").inner_text()
    page.get_by_role("button", name="Run all", exact=True).click()
    page.locator(IDLE).wait_for(timeout=60_000)
    assert page.locator("[data-state=failed]").count() == 0
    assert page.locator("[data-state=ok]").count() == page.locator(".notebook-cell").count() > 5
    files = {url.partition("/python/files/")[2] for url in fetched if "/python/files/" in url}
    sent = sum(bytes_sent(built_site / "python" / "files" / name) for name in files)
    assert f"fetches Python, {round(sent / 1e6)} MB, once" in before_the_first_run
    write(page.get_by_role("textbox", name="Code 1", exact=True), "6 * 7")
    page.get_by_role("button", name="Run: Code 1", exact=True).click()
    page.locator(".notebook-cell .cell_output >> text=42").first.wait_for()
    assert errors == []


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
def test_exercise_is_written_and_checked_in_place_and_its_hints_open_one_by_one(new_page, address):
    page = new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/book/simulation.html", wait_until="load")
    exercise = page.locator(".pycell")
    hints = exercise.locator("details.pycell-hint")
    hints.first.wait_for()
    assert [hint.is_visible() for hint in hints.all()] == [True, False]
    hints.first.locator("summary").click()
    hints.nth(1).wait_for()
    exercise.get_by_role("button", name="Write and run it here").click()
    run = exercise.get_by_role("button", name="Run:")
    run.click()
    told = exercise.locator(".pycell-told")
    told.get_by_text("Not yet. mean_of_gene returns nothing").wait_for(timeout=60_000)
    solution = exercise.locator("details", has_text="A solution").locator("pre").text_content()
    write(exercise.get_by_role("textbox"), solution)
    run.click()
    told.get_by_text("Right. Missing values are left out.").wait_for()
    assert exercise.locator("[data-state=failed]").count() == 0
    exercise.get_by_role("textbox").fill("1 / 0")
    run.click()
    exercise.locator("[data-state=failed]").wait_for()
    assert told.text_content() == "", "what was said of other code is gone"
    assert errors == []


def test_exercise_can_be_read_without_scripts(new_page, address):
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/book/simulation.html", wait_until="load")
    exercise = page.locator(".pycell")
    assert "def mean_of_gene" in exercise.locator(".cell_input").inner_text()
    assert [hint.is_visible() for hint in exercise.locator("details").all()] == [True] * 4
    assert exercise.locator("button").count() == 0


def test_names_are_completed_after_a_dot_and_on_demand_once_python_runs(new_page, address):
    page = new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/book/filtering.html", wait_until="load")
    page.get_by_role("button", name="Run this chapter’s code here").click()
    editor = page.get_by_role("textbox", name="Code 1", exact=True)
    write(editor, "import rnaseq_hw as hw")
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(500)
    assert page.get_by_role("listbox").count() == 0, "no Python runs"
    page.keyboard.press("Control+Enter")
    page.locator(IDLE).wait_for(timeout=60_000)
    editor.fill("")
    page.keyboard.type("hw.")
    names = page.get_by_role("listbox", name="Completions")
    names.get_by_role("option", name="benjamini_hochberg", exact=True).wait_for()
    assert violations(page) == []
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
    assert errors == []
