"""A chapter's code is run in place: what comes before a reader asks, after it, and what is kept.

The tests of an engine share one page with its Python: the first one that needs it starts it.
"""

import gzip
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import expect

from tests.shown import OFF
from tests.website.browser.chapter_visit import PAGE, Reader, hosted
from tests.website.browser.visits import violations, write

pytestmark = pytest.mark.usefixtures("manifest")
IDLE = ".notebook-bar[data-state=idle]"


@pytest.fixture(scope="module")
def readers(shared_context, built_site, tmp_path_factory):
    """Return a function that gives the chapter's reader in an engine, with an own host."""
    with ExitStack() as hosts:

        @cache
        def give(engine):
            host = hosts.enter_context(hosted(built_site, tmp_path_factory.mktemp(engine)))
            reader = Reader(shared_context(engine).new_page(), host)
            reader.visit()
            return reader

        yield give


@pytest.fixture
def reader(readers, engine):
    """Return the chapter's reader; at the end of a test the page has met no error."""
    reader = readers(engine)
    yield reader
    assert reader.errors == []


@pytest.mark.both_engines
def test_chapter_is_run_in_place_and_can_be_changed(reader):
    page, host = reader.page, reader.host
    before = page.locator("article .cell_output").count()
    assert [path for path in host.asked if "/python/" in path and "chapter.mjs" not in path] == []
    editor, _ = reader.first_cell()
    assert page.locator("article .cell_output").count() >= before, "the chapter's own outputs stay"
    code = page.locator("article div.cell:not(.pycell *) .cell_input")
    assert page.locator(".notebook-cell").count() == code.count(), "folded code can be run as well"
    editor.focus()
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(2000)
    assert page.get_by_role("listbox").count() == 0, "no Python runs"
    assert host.files_asked() == [], "nothing is fetched before the first run"
    assert page.locator(".notebook-bar[data-state]").count() == 0
    before_the_first_run = page.locator(".notebook-bar").inner_text()
    page.get_by_role("button", name="Run all", exact=True).click()
    page.locator(IDLE).wait_for(timeout=60_000)
    assert page.locator("[data-state=failed]").count() == 0
    assert page.locator("[data-state=ok]").count() == page.locator(".notebook-cell").count() > 5
    files = host.files_asked()
    assert len(files) == len(set(files)) > 1
    sent = sum(bytes_sent(host.folder / "python" / "files" / name) for name in files)
    assert f"fetches Python, {round(sent / 1e6)} MB, once" in before_the_first_run
    reader.run("6 * 7", "42")


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


def test_button_whose_script_does_not_come_says_so_and_can_be_pressed_again(new_page, address):
    page = new_page(service_workers="block")
    page.route("**/open_page*", lambda one: one.abort())
    page.goto(f"{address}/{PAGE}", wait_until="load")
    door = page.locator("h1 + .notebook-door")
    door.click()
    expect(door).to_have_text("This could not be fetched: try again, or load the page again")
    page.unroute("**/open_page*")
    door.click()
    page.locator(".notebook-bar").wait_for()
    assert door.count() == 0


DIES = """globalThis.Worker = class {
  terminate() {}
  postMessage({ type }) {
    const broken = { type: "broken", text: "RangeError: too deep" };
    const data = type === "load" ? { type: "ready" } : broken;
    setTimeout(() => this.onmessage({ data }));
  }
}"""


def test_cell_that_ends_python_itself_says_why(new_page, address):
    page = new_page(service_workers="block")
    page.add_init_script(DIES)
    page.goto(f"{address}/{PAGE}", wait_until="load")
    page.get_by_role("button", name="Run this chapter’s code here").click()
    page.get_by_role("button", name="Run: Code 1", exact=True).click()
    said = page.locator(".notebook-bar [role=status]")
    expect(said).to_have_text(
        "Stopped. RangeError: too deep. Python starts anew: run the cells from the top."
    )


def test_page_without_code_has_no_button(new_page, address):
    page = new_page()
    page.goto(f"{address}/book/glossary.html", wait_until="networkidle")
    assert page.locator("script[data-bundles]").count() == 0
    assert page.locator(".notebook-door").count() == 0


@pytest.mark.both_engines
def test_exercise_is_written_and_checked_in_place_and_its_hints_open_one_by_one(reader):
    exercise = reader.page.locator(".pycell")
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


def test_names_are_completed_after_a_dot_and_on_demand_once_python_runs(reader):
    page = reader.page
    editor, output = reader.first_cell()
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


@pytest.mark.both_engines
def test_files_are_kept_go_with_the_next_build_and_work_without_a_network(reader):
    page, host = reader.page, reader.host
    reader.run("6 * 8", "48")
    own, new = host.manifest["bundles"]["own"]["file"], "own.0123456789ab.pack"
    reader.wait_until_kept(own)
    host.files_asked()
    host.build_anew("own", new)
    reader.visit()
    reader.run("6 * 7", "42")
    assert host.files_asked() == [new], "what has not changed is kept"
    reader.wait_until_kept(own, "false")
    reader.wait_until_kept(new)

    page.wait_for_function(f"async () => Boolean(await caches.match('/{PAGE}'))")
    page.wait_for_load_state("networkidle")
    host.gone = True
    reader.visit()
    assert page.evaluate("crossOriginIsolated")
    editor, _ = reader.first_cell()
    editor.focus()  # Python starts, since nothing has to be fetched
    said = page.locator(".notebook-bar [role=status]")
    said.get_by_text("Python is ready").wait_for(timeout=60_000)
    reader.run("import rnaseq_hw; 6 * 9", "54")
