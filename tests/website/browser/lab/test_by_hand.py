"""The plot is an instrument: its line is dragged, its bars and genes are pointed at and opened."""

import re

import pytest
from playwright.sync_api import expect

from tests.website.browser.lab.visit import AT_HOME, until

AXIS = "() => document.querySelector('.lab-axes').textContent"
IN_THE_ADDRESS = """() => {
  const [, alpha] = document.querySelector(".lab-grip.level").innerText.match(/p < ([\\d.]+)/);
  return location.hash.endsWith(`&alpha=${alpha}&truth=1`);
}"""
LIT = """() => [...document.querySelectorAll(".lab-dots .lit")]
    .map((each) => each.getAttribute("d")).join("")"""


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def marks(path):
    """Return how many marks a path draws: each begins with one `M`, a cross has two."""
    return len(re.findall(r"M[\d.]+ [\d.]+(?:h0|l5 5-5 5-5-5z|l5 9h-10z|l7 7m0-7l-7 7)", path))


def look(page):
    page.locator(".lab").first.evaluate("lab => lab.scrollIntoView({ behavior: 'instant' })")


@pytest.mark.both_engines
def test_threshold_is_dragged_and_the_axes_hold_still(open_lab):
    page = open_lab("lab", height=800)
    look(page)
    # First the slider: a stronger shift sends the genes up, and the axes wait for the release.
    before = page.evaluate(AXIS)
    x, y = middle(page.get_by_label("Shift size"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 110, y, steps=3)
    page.wait_for_function("() => document.querySelector('[name=shift_size]').value > 14")
    page.wait_for_timeout(400)
    assert page.evaluate(AXIS) == before
    page.mouse.up()
    page.wait_for_function(f"before => ({AXIS})() !== before", arg=before)
    page.get_by_role("button", name="Back to the start").click()
    page.wait_for_function(f"before => ({AXIS})() === before", arg=before)

    look(page)  # that button may have been below the edge
    told = page.locator(".lab-tiles dd").first.inner_text()
    for kind, (across, up) in (("level", (0, -40)), ("upright", (60, 0))):
        x, y = middle(page.locator(f".lab-grip.{kind}"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + across, y + up, steps=3)
        page.mouse.up()
        page.wait_for_function(
            "told => document.querySelector('.lab-tiles dd').innerText !== told", arg=told
        )
        told = page.locator(".lab-tiles dd").first.inner_text()
    page.wait_for_function(IN_THE_ADDRESS)
    alpha = float(re.search(r"p < ([\d.]+)", page.locator(".lab-grip.level").inner_text())[1])
    assert 0.05 < alpha < 0.5
    assert page.get_by_label("Threshold alpha").get_attribute("aria-valuetext") == f"p < {alpha}"
    assert page.troubles == []


@pytest.mark.both_engines
def test_bar_lights_its_genes_and_a_gene_shows_its_values(open_lab):
    page = open_lab("lab", height=800)
    look(page)
    bars = page.get_by_role("slider", name="Bar of the histogram")
    bars.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(bars).to_have_attribute("aria-valuetext", re.compile(r"^p from 0\.05 to 0\.10: "))
    words = bars.get_attribute("aria-valuetext")
    assert marks(page.evaluate(LIT)) == int(re.search(r": (\d+) genes", words)[1]) > 10
    page.keyboard.press("Escape")
    page.wait_for_function(f"({LIT})() === ''")
    box = bars.bounding_box()
    page.mouse.move(box["x"] + 10.5 / 20 * box["width"], box["y"] + 90)
    until(page, page.locator(".lab-tip"), r"^p from 0\.50 to 0\.55: ")

    # The other way round: genes that the mouse goes around in the volcano light up in the bars.
    frame = page.locator(".lab-frame").first.bounding_box()
    page.mouse.move(frame["x"] + 70, frame["y"] + 20)
    page.wait_for_function(f"({LIT})() === ''")
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] - 20, frame["y"] + frame["height"] * 0.55, steps=3)
    page.mouse.up()
    page.wait_for_function(f"({LIT})() !== ''")
    assert "M" in page.locator("path.lights").get_attribute("d")
    page.mouse.click(frame["x"] + 70, frame["y"] + 20)
    page.wait_for_function(f"({LIT})() === ''")

    plot = page.get_by_role("slider", name="Gene, in order of p-value")
    plot.focus()
    page.keyboard.press("ArrowRight")
    name = plot.get_attribute("aria-valuetext")[:9]
    page.keyboard.press("Enter")
    card = page.get_by_role("group", name="One gene")
    until(page, card, rf"{name}, \d+ and \d+ values: delta .* 95 % interval .* to .*, t .*, p ")
    dots = [
        card.locator(f"path.{kind}").get_attribute("d").count("M")
        for kind in ("control", "treated")
    ]
    assert dots == [int(each) for each in re.findall(r"(\d+) (?:and|values)", card.inner_text())]
    page.get_by_role("button", name="Close the gene").click()
    card.wait_for(state="hidden")
    assert page.troubles == []


def test_all_is_seen_at_once_on_a_desk(open_lab):
    page = open_lab("lab", height=800)
    look(page)
    top = page.locator(".bd-header-article").bounding_box()
    for part in (".lab-plot >> nth=0", ".lab-bars", ".lab-tiles", ".lab-controls"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= top["y"] + top["height"], part
        assert box["y"] + box["height"] <= 800, part
    plots, controls = (
        page.locator(".lab-bars").bounding_box(),
        page.locator(".lab-controls").bounding_box(),
    )
    assert plots["x"] + plots["width"] <= controls["x"]


def test_link_is_copied_and_leads_to_the_state(open_lab):
    page = open_lab("lab", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Samples").press("ArrowUp")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert copied.endswith("n_samples=102&n_shift=500&truth=1")


def test_guess_is_made_on_a_bar_and_compared_with_the_truth(open_lab):
    page = open_lab("lab", AT_HOME)
    for state in (None, "shift_size=0"):  # each experiment asks again
        if state:
            page.locator(f"[data-state='{state}']").click()
        guess = page.get_by_label("Guess first")
        calls = until(page, page.locator(".lab-guess label"), "61 genes" if state else "70 genes")
        assert page.locator(".lab-tiles b").all_inner_texts() == ["?", "?", "?"]
        guess.fill("12")
        page.get_by_role("button", name="Show the truth").click()
        truth = 61 if state else 60
        total = re.search(r"(\d+) genes", calls)[1]
        said = until(page, page.locator(".lab-guess"), "The truth")
        assert f"Your guess: 12 of {total}" in said
        assert f"The truth: {truth} of {total}" in said
