"""Dots pile up under the reader's keys: shuffled labels in Part 4.1, data sets without a shift."""

import re
from functools import cache

import pytest

import rnaseq_hw as hw
from tests.website.browser.lab.visit import until

WATCH = """(said) => {
    window.spoken = [];
    const note = () => spoken.push(said.textContent);
    new MutationObserver(note).observe(said, { childList: true });
    window.fallen = 0;
    const plot = said.closest(".lab").querySelector("svg.lab-plot");
    const count = ({ tagName }) => { fallen += tagName === "circle"; };
    const look = (changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(count));
    new MutationObserver(look).observe(plot, { childList: true, subtree: true });
}"""


class Device:
    """The dots of one lab, and the keys of a reader."""

    def __init__(self, page, name):
        self.page = page
        self.lab = page.locator(f"[data-lab={name}]")
        self.lab.locator("[aria-live=polite]").first.evaluate(WATCH)

    def press(self, name):
        self.lab.get_by_role("button", name=name, exact=True).press("Enter")

    def until(self, pattern):
        return until(self.page, self.lab.locator(".lab-count"), pattern)

    def spoken(self, pattern):
        self.page.wait_for_function("(wanted) => spoken.some((s) => s.match(wanted))", arg=pattern)
        return self.page.evaluate("spoken.splice(0)")

    def fallen(self):
        return self.page.evaluate("fallen")

    def dots(self):
        """Return how many values the plot tells to a reader who does not see it."""
        told = self.lab.get_by_role("img").get_attribute("aria-label")
        return sum(map(int, re.findall(r"(\d+) from −?[\d.]+ to", told)))


def test_shuffles_are_the_chapter_s_and_can_be_watched(open_lab):
    page = open_lab("ttest")
    device = Device(page, "shuffle")
    chapter = page.locator("article").inner_text()
    (n_as_far,) = re.findall(r"(\d+) of 1000 shuffles", chapter)
    device.press("1 shuffle")
    device.until("1 shuffle,")
    assert (device.dots(), device.fallen()) == (1, 1)
    device.press("10 shuffles")
    device.until("11 shuffles")
    assert (device.dots(), device.fallen()) == (11, 11)
    device.spoken("11 shuffles")
    device.press("Clear")
    device.press("1000 shuffles")
    said = device.until("1000 shuffles")
    assert f"a share of {n_as_far}/1000" in said
    assert device.dots() == 1000
    assert len(device.spoken("1000 shuffles")) <= 2, "it speaks while the pile grows"
    device.press("Student’s curve")
    assert page.get_by_role("button", name="Student’s curve", pressed=True).is_visible()
    (p_value,) = re.findall(r"The curve says ([\d.]+) and", chapter)
    assert device.until("degrees of freedom").endswith(f"says {p_value}.")
    assert device.lab.locator("path.curve").first.get_attribute("d").count("L") == 200
    device.press("Clear")
    device.spoken("No shuffle yet")
    device.press("Play")
    device.until(r"\d shuffles")
    device.press("Pause")
    rested = int(re.search(r"(\d+) shuffles", device.spoken("shuffles")[-1])[1])
    assert 1 < rested == device.dots() < 1000
    page.get_by_label("Gene", exact=True).select_option("shifted")
    device.until("No shuffle yet")
    page.wait_for_url("**#lab?gene=shifted")
    assert page.troubles == []


def test_last_plot_of_the_lab_draws_with_its_settings(open_lab):
    page = open_lab("lab", "#lab?truth=1&alpha=0.2&n_samples=20")
    device = Device(page, "whole")
    device.press("Draw one")
    said = device.until("^1 data set without a shift")
    rate = hw.error_rates(null_results(0, n_samples=20), [], 0.2)["false_positive_rate"]
    assert f"mean false positive rate {rate:.4f}, alpha 0.2." in said
    page.get_by_label("Shift size").press("Home")
    assert device.until("^1 data set") == said
    page.get_by_label("Samples").press("Home")
    device.until("No data set yet")
    assert page.troubles == []


def test_dots_appear_where_motion_is_not_wanted(open_lab):
    page = open_lab("ttest", "#lab?gene=shifted", reduced_motion="reduce")
    device = Device(page, "shuffle")
    device.press("10 shuffles")
    assert "none of them" in device.until("10 shuffles")
    assert (device.dots(), device.fallen()) == (10, 0)


@pytest.mark.both_engines
def test_draws_are_the_chapter_s_data_sets(open_lab):
    page = open_lab("false_positive_rate")
    device = Device(page, "draws")
    buttons = device.lab.get_by_role("group", name="Draw").get_by_role("button").all()
    assert len({button.bounding_box()["y"] for button in buttons}) == 1
    for count in (1, 2, 3):
        device.press("Draw one")
        said = device.until(rf"^{count} data sets? ")
    rates = [hw.error_rates(null_results(seed), [])["false_positive_rate"] for seed in range(3)]
    assert f"mean false positive rate {sum(rates) / 3:.4f}" in said
    assert device.lab.locator("path.band").first.get_attribute("d") == ""
    device.press("100 data sets")
    device.until(r"^2\d data sets .* In the band")
    device.press("Pause")
    device.spoken("In the band")
    assert 20 <= device.dots() < 103
    assert device.lab.locator("path.band").first.get_attribute("d") != ""
    device.press("Clear")
    device.until("No data set yet")
    assert device.lab.get_by_role("img").get_attribute("aria-label").endswith(": 0.")
    assert page.troubles == []


@cache
def null_results(seed, n_samples=100):
    expr, meta, _ = hw.simulate_dataset(
        n_samples=n_samples, n_genes=1000, missing_p=0.05, shift_size=0, seed=seed
    )
    return hw.group_mean_differences(hw.log2_normalize_expression(expr), meta, "condition")
