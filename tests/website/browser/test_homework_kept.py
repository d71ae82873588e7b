"""What a student wrote is never lost: opened notebooks, two tabs, other editions, no storage."""

import json
import re

import pytest
from playwright.sync_api import expect

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.read import read_master
from tests.website.browser.homework_visit import PAGE, Visit
from tests.website.browser.visits import EVERY_PAGE, STILL, scrolls_sideways, show, violations
from website.print.chromium import QuietHandler, served

pytestmark = pytest.mark.usefixtures("manifest")
SAVED = ".notebook-kept:text-matches('^Saved')"  # `has-text` finds "Not saved" as well
NOT_SAVED = ".notebook-kept:has-text('Not saved in this tab')"
NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined })"
MINE = "mine = 1"


@pytest.fixture
def another(tmp_path):
    """Return the file of a notebook in which question 2 has another answer."""
    whole = student_notebook(read_master())
    for cell in whole.cells:
        if cell.metadata.get("tags") == ["solution"] and cell.metadata.question == "2":
            cell.source = "theirs = 2"
    path = tmp_path / "another.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def answer_to_2(visit):
    return visit.editor("Your code, question 2").inner_text().strip()


@pytest.mark.both_engines
def test_opening_a_notebook_asks_before_it_replaces_work(new_page, address, another):
    visit = Visit(new_page(accept_downloads=True), address)
    visit.open()
    visit.write("2", MINE)
    visit.page.locator("textarea").first.fill("My words.")
    dialog = visit.page.get_by_role("dialog", name="This would replace your work")
    keep = dialog.get_by_role("button", name="Keep mine")

    visit.page.locator("input[type=file]").set_input_files(another)
    expect(keep).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visit.page.locator("input[type=file]").set_input_files(another)
    keep.press("Enter")
    expect(dialog).to_have_count(0)
    assert answer_to_2(visit) == MINE
    assert visit.page.locator("textarea").first.input_value() == "My words."
    assert visit.said() == "Your work is as it was."

    visit.page.locator("input[type=file]").set_input_files(another)
    assert MINE in visit.handed_in("Download my work first").decode()
    dialog.get_by_role("button", name="Open the file and replace my work").click()
    expect(dialog).to_have_count(0)
    assert answer_to_2(visit) == "theirs = 2"
    assert visit.page.locator("textarea").first.input_value() == ""
    assert visit.errors == []


def test_opening_a_notebook_does_not_ask_where_nothing_was_written(new_page, address, another):
    visit = Visit(new_page(), address)
    visit.open()
    visit.page.locator("input[type=file]").set_input_files(another)
    visit.wait("[role=status]:has-text('another.ipynb is open')")
    assert answer_to_2(visit) == "theirs = 2"


def test_cells_that_other_editors_add_stay(new_page, address, tmp_path):
    """Colab gives a cell no id, and Jupyter copies a cell with its tags."""
    whole = json.loads(json.dumps(student_notebook(read_master())))
    (place,) = [
        at for at, cell in enumerate(whole["cells"])
        if cell["metadata"] == {"tags": ["solution"], "question": "2"}
    ]  # fmt: skip
    added = {"own = 1": {}, "own = 2": {}, "copy = 3": whole["cells"][place]["metadata"]}
    whole["cells"][place + 1 : place + 1] = [
        {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}
        for source, metadata in added.items()
    ]
    for cell in whole["cells"]:
        cell.pop("id", None)
    path = tmp_path / "colab.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    visit = Visit(new_page(accept_downloads=True), address)
    visit.open()
    visit.page.locator("input[type=file]").set_input_files(path)
    visit.wait("[role=status]:has-text('colab.ipynb is open')")
    cells = json.loads(visit.handed_in())["cells"]
    assert [cell["source"] for cell in cells if cell["source"] in added] == list(added)
    assert len({cell["id"] for cell in cells}) == len(cells)


@pytest.mark.parametrize("metadata", ['{"homework": {"id": "another"}}', "{}"])
def test_file_that_is_not_a_notebook_changes_nothing(new_page, address, tmp_path, metadata):
    visit = Visit(new_page(), address)
    visit.open()
    visit.write("2", MINE)
    wrong = tmp_path / "wrong.ipynb"
    wrong.write_text(f'{{"metadata": {metadata}, "cells": []}}', encoding="utf-8")
    visit.page.locator("input[type=file]").set_input_files(wrong)
    visit.wait("[role=status]:has-text('it is another homework')")
    assert answer_to_2(visit) == MINE
    assert visit.page.get_by_role("dialog").count() == 0


def test_question_is_accessible_and_fits(new_page, address, another):
    visit = Visit(new_page(), address)
    visit.open()
    visit.write("2", MINE)
    visit.page.locator("input[type=file]").set_input_files(another)
    visit.page.get_by_role("dialog").wait_for()
    visit.page.add_style_tag(content=STILL)
    for width, colors in EVERY_PAGE:
        show(visit.page, width, colors)
        assert violations(visit.page, "dialog") == []
        assert not scrolls_sideways(visit.page)


@pytest.fixture
def two_tabs(new_page, address):
    """Return two visits in the same browser, the second opened after the first has saved."""
    page = new_page()
    first, second = Visit(page, address), Visit(page.context.new_page(), address)
    first.open()
    first.write_and_save("2", MINE)
    second.open()
    yield first, second
    assert first.errors == second.errors == []


@pytest.mark.both_engines
def test_one_of_two_tabs_saves_and_the_other_says_so_and_can_go_on(two_tabs):
    first, second = two_tabs
    second.wait(NOT_SAVED)
    alert = second.page.get_by_role("alert")
    assert "is open in another tab. What you do here is not saved." in alert.inner_text()
    assert answer_to_2(second) == MINE
    second.page.get_by_role("button", name="Go on here").click()
    second.wait(SAVED)
    first.wait(NOT_SAVED)
    second.write_and_save("2", "mine = 3")
    first.page.get_by_role("button", name="Go on here").click()
    first.wait(SAVED)
    assert answer_to_2(first) == "mine = 3"
    second.wait(NOT_SAVED)
    first.write_and_save("2", "mine = 5")
    first.page.close()
    second.wait(SAVED)
    assert answer_to_2(second) == "mine = 5", "what the first tab saved is not overwritten"
    assert alert.count() == 0
    assert second.said() == "The homework goes on in this tab."


def test_work_of_two_tabs_that_differs_is_asked_about(two_tabs):
    first, second = two_tabs
    second.write("2", "here = 4")
    go_on(second, "Keep what this tab shows")
    assert answer_to_2(second) == "here = 4"
    first.wait(NOT_SAVED)
    assert answer_to_2(first) == MINE
    first.write("2", "mine = 5")
    go_on(first, "Take what was saved")
    assert answer_to_2(first) == "here = 4"
    first.open()
    assert answer_to_2(first) == "here = 4"


def go_on(visit, choice):
    """Go on in a tab whose work differs from what is saved."""
    visit.page.get_by_role("button", name="Go on here").click()
    visit.page.get_by_role("dialog", name="Your work differs between two tabs").wait_for()
    visit.page.get_by_role("button", name=choice).click()
    visit.wait(SAVED)


def test_without_locks_the_tab_that_was_opened_last_saves(new_page, address):
    page = new_page()
    page.context.add_init_script(NO_LOCKS)
    first, second = Visit(page, address), Visit(page.context.new_page(), address)
    first.open()
    second.open()
    first.wait(NOT_SAVED)
    second.write_and_save("2", MINE)
    first.page.get_by_role("button", name="Go on here").click()
    first.wait(SAVED)
    second.wait(NOT_SAVED)
    assert answer_to_2(first) == MINE


def test_work_on_another_edition_is_kept_and_offered(new_page, address):
    visit = Visit(new_page(service_workers="block"), address)  # they would fetch the page
    visit.open()
    visit.write_and_save("2", "mine = 1")
    visit.page.route(
        f"**/{PAGE}",
        lambda one: one.fulfill(
            response=(answer := one.fetch()),
            body=re.sub('data-edition="[^"]*"', 'data-edition="next"', answer.text()),
        ),
    )
    visit.open()
    assert "mine" not in visit.editor("Your code, question 2").inner_text()
    visit.write_and_save("2", "mine = 7")
    visit.open()
    visit.page.get_by_role("button", name="Go on with it here").click()
    visit.page.get_by_role("button", name="Replace my work").click()
    visit.wait(SAVED)
    assert answer_to_2(visit) == MINE
    visit.open()
    assert visit.page.get_by_role("button", name="Go on with it here").count() == 0


def test_notebook_is_never_that_of_an_edition_before(new_page, built_site):
    asked = []

    class Lasting(QuietHandler):
        def end_headers(self):
            asked.append(self.path)
            self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says
            super().end_headers()

    with served(built_site, Lasting) as address:
        visit = Visit(new_page(service_workers="block"), address)
        visit.open()
        visit.page.goto("about:blank")
        visit.open()
    assert len([path for path in asked if path.endswith(".ipynb")]) == 2


def test_page_without_storage_says_so(new_page, address):
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw 1; } })")
    visit = Visit(page, address)
    visit.open()
    assert "This browser keeps nothing" in page.locator(".notebook-kept").inner_text()
