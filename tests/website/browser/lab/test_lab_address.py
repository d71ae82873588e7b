"""The address holds the state of each lab: a link restores it, back and forward walk it."""

import re

import pytest

from homework_tools.master.read import read_settings
from tests.website.browser.lab.visit import AT_HOME, reveal, until
from tools.chapters import HOMEWORK


@pytest.mark.both_engines
def test_link_restores_a_state_and_names_what_is_wrong(open_lab):
    page = open_lab("lab", "#lab?alpha=0.001&adjust=bh&shift_size=99&seed=-1")
    alpha = page.get_by_label("Threshold alpha").get_attribute("aria-valuetext")
    assert alpha == "adjusted p ≤ 0.001"
    assert page.get_by_label("P-values", exact=True).input_value() == "bh"
    assert page.get_by_label("Shift size").get_attribute("aria-valuetext") == "4 natural-log units"
    note = page.locator(".lab-note").inner_text()
    assert "shift_size is a number from 0 to 5" in note
    assert "seed is a whole number" in note
    page.evaluate("location.hash = '#lab?shift_size=0'")
    until(page, page.locator(".lab-control"), "Shift size\\s*0 natural")
    assert page.locator(".lab-note").is_hidden()


def state_of(page, name="Shift size"):
    """Return what the first lab shows: a control, and whether the truth is known."""
    value = page.get_by_label(name).first.get_attribute("aria-valuetext")
    return (
        value,
        page.locator(".lab-live").first.is_visible(),
        page.locator(".lab-guess").is_visible(),
    )


@pytest.mark.both_engines
def test_back_and_forward_show_the_state_of_the_address(open_lab):
    page = open_lab("lab", AT_HOME)
    start = state_of(page)
    assert start == ("4 natural-log units", False, True)
    page.locator("button[data-state]").first.click()
    until(page, page.locator(".lab-control"), "Shift size\\s*0 natural")
    moved = ("0 natural-log units", False, True)
    assert state_of(page) == moved
    page.go_back()
    until(page, page.locator(".lab-control"), "Shift size\\s*4 natural")
    assert state_of(page) == start
    assert page.url.endswith(AT_HOME)
    page.go_forward()
    until(page, page.locator(".lab-control"), "Shift size\\s*0 natural")
    assert state_of(page) == moved
    assert page.troubles == []


def test_link_shows_the_truth_that_its_sender_saw(open_lab):
    page = open_lab("lab", AT_HOME)
    page.get_by_label("Shift size").press("Home")
    reveal(page)
    page.wait_for_url("**#lab?shift_size=0&truth=1")
    sent = page.url
    other = open_lab("lab", sent[sent.index("#") :])
    assert state_of(other) == state_of(page) == ("0 natural-log units", True, False)
    assert other.locator(".lab-guess").inner_text() == ""
    assert other.locator(".lab-table").is_visible()


@pytest.mark.both_engines
def test_link_to_a_heading_leaves_the_state_and_its_address(open_lab):
    page = open_lab("lab", AT_HOME)
    page.get_by_label("Shift size").press("Home")
    page.wait_for_url("**#lab?shift_size=0")
    page.evaluate("location.hash = '#a-link-to-a-state'")
    page.wait_for_url("**#lab?shift_size=0")
    page.wait_for_function("scrollY > 300")
    assert state_of(page)[0] == "0 natural-log units"


def test_address_holds_the_state_of_each_lab_of_a_page(open_lab):
    page = open_lab("false_positive_rate")
    fields = page.get_by_label("Threshold alpha")
    fields.nth(0).press("End")
    fields.nth(1).press("Home")
    page.wait_for_url("**#lab?alpha=0.5&lab=draws&alpha=0.0001")
    other = open_lab("false_positive_rate", page.url[page.url.index("#") :])
    fields = other.get_by_label("Threshold alpha")
    said = [fields.nth(i).get_attribute("aria-valuetext") for i in range(2)]
    assert said == ["p < 0.5", "p < 0.0001"]
    other.evaluate("location.hash = '#lab?alpha=0.5'")
    other.wait_for_function("document.querySelectorAll('[name=alpha]')[1].value === '10'")


def test_address_keeps_the_state(open_lab):
    page = open_lab("lab")
    page.get_by_role("button", name="homework’s data").click()
    page.wait_for_url(re.compile(r"#lab\?truth=1$"))
    page.get_by_role("button", name="Draw again").click()
    page.get_by_label("Zoom").check()
    seed = read_settings(HOMEWORK).seed
    page.wait_for_url(re.compile(rf"#lab\?zoom=1&seed={seed + 1}&truth=1$"))
    page.get_by_role("button", name="Back to the start").click()
    page.wait_for_url(re.compile(r"lab\.html$"))


def test_second_lab_of_a_page_has_links_of_its_own(open_lab):
    page = open_lab("false_positive_rate", "#lab?lab=draws&alpha=0.01")
    fields = page.get_by_label("Threshold alpha")
    said = [fields.nth(i).get_attribute("aria-valuetext") for i in range(2)]
    assert said == ["p < 0.05", "p < 0.01"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("name", ["lab", "volcano", "false_positive_rate"])
def test_link_shows_the_lab_and_its_note(name, width, height, open_lab):
    """The figure above the lab goes away only after the lab was made."""
    page = open_lab(name, "#lab?nonsense=1", width=width, height=height)
    page.wait_for_function("scrollY > 0")
    page.wait_for_timeout(500)
    assert 0 < page.locator(".lab").first.bounding_box()["y"] < 200
    note = page.locator(".lab-note").first
    header = page.locator(".bd-header-article").bounding_box()
    assert note.is_visible()
    assert note.bounding_box()["y"] >= header["y"] + header["height"]


def test_link_names_a_lab_by_its_own_name_or_hears_that_there_is_none(open_lab):
    page = open_lab("false_positive_rate", "#lab?lab=null&alpha=0.01")
    alpha = page.get_by_label("Threshold alpha").first
    assert alpha.get_attribute("aria-valuetext") == "p < 0.01"
    assert page.locator(".lab-note").first.is_hidden()
    page.goto(page.url.replace("lab=null", "lab=nul"))
    note = until(page, page.locator(".lab-note").first, "nul")
    assert "there is no nul here" in note
