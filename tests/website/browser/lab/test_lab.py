"""A reader moves the lab by mouse, touch and keys, and it shows what the chapters compute."""

import io
import re
from functools import cache

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

import rnaseq_hw as hw
from homework_tools.master.read import read_settings
from rnaseq_hw.volcano import TRUTH_STYLES
from tests.website.browser.lab.visit import AT_HOME, reveal, until
from tools.chapters import HOMEWORK

KINDS = """(count) => [...document.querySelectorAll(".lab-legend")].slice(0, 2)
  .every((key) => key.querySelectorAll("li").length === count)"""


@cache
def homework_results(**changed):
    settings = dict(n_samples=100, n_genes=1000, n_shift=10, shift_size=4, missing_p=0.05)
    seed = read_settings(HOMEWORK).seed
    df_expr, df_meta, truth = hw.simulate_dataset(**settings | {"seed": seed} | changed)
    df_log = hw.log2_normalize_expression(hw.filter_genes(df_expr)[0])
    return hw.group_mean_differences(df_log, df_meta, group_col="condition"), truth


@pytest.mark.both_engines
def test_defaults_show_the_homework(open_lab):
    results, truth = homework_results()
    rates = hw.error_rates(results, truth)
    page = open_lab("lab", AT_HOME)
    live = until(page, reveal(page), "False positives")
    fp, tn = rates["fp"], rates["tn"]
    assert f"{fp} of {fp + tn} unshifted genes" in live
    for name in ("tp", "fp", "tn", "fn"):
        assert page.locator(f"[data-count={name}]").inner_text() == str(rates[name])


def test_shift_zero_speaks_of_all_genes(open_lab):
    results, _ = homework_results(shift_size=0)
    fp = hw.error_rates(results, [])["fp"]
    page = open_lab("lab", "#lab?shift_size=0")
    live = until(page, reveal(page), "No gene is shifted")
    assert f"{fp} of 1000 unshifted genes" in live
    assert page.locator("[data-count=fp]").inner_text() == str(fp)
    assert page.locator("[data-count=fn]").inner_text() == "0"


def test_buttons_in_the_text_start_an_experiment(open_lab):
    page = open_lab("lab")
    buttons = page.locator("button[data-state]")
    for number in range(buttons.count()):
        state = buttons.nth(number).get_attribute("data-state")
        buttons.nth(number).click()
        page.wait_for_url(f"**/lab.html#lab?{state}")
        page.locator(".lab-plot:focus").wait_for()  # the keyboard goes on where the eye is
        reveal(page)  # each asks for a guess
        assert page.locator(".lab-note").is_hidden()
    assert number == 4
    assert len(set(buttons.all_inner_texts())) == 5
    assert page.troubles == []


def test_key_of_bars_shows_bars_and_that_of_points_their_marks(open_lab):
    page = open_lab("lab")
    keys = page.locator(".lab-legend")
    plots = page.locator(".lab-plot:not(.lab-card *)")
    assert keys.count() == plots.count() == 3
    for truth in (0, 1):
        page.evaluate(f"location.hash = '#lab?truth={truth}'")
        page.wait_for_function(KINDS, arg=4 if truth else 2)
        for i, is_bars in ((0, False), (1, True)):
            drawn = [path.get_attribute("d") for path in keys.nth(i).locator("path").all()]
            squares = [path for path in drawn if re.fullmatch(r"M\d+ \d+h10v10h-10z", path)]
            assert squares == (drawn if is_bars else [])
            assert "M" in plots.nth(i).locator(".unshifted").first.get_attribute("d")
    null = open_lab("false_positive_rate").locator("[data-lab=null] .lab-legend path").all()
    assert {path.get_attribute("d")[-4:] for path in null} == {"-10z"}


def test_table_stands_in_the_chapters_order(open_lab, open_page, address):
    chapter = open_page()
    chapter.goto(f"{address}/book/error_rates.html")
    table = chapter.locator("article table", has_text="false positive (FP)")
    names = "(all) => all.map((cell) => cell.textContent.trim())"
    wanted = table.locator("tr").evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    )
    page = open_lab("lab", "#lab?truth=1")
    lab = page.locator(".lab-table")
    assert lab.locator("thead th").evaluate_all(names) == wanted[0][1:]
    assert lab.locator("tbody th").evaluate_all(names) == [row[0] for row in wanted[1:]]
    cells = lab.locator("td[data-count]").evaluate_all("all => all.map((e) => e.dataset.count)")
    short = [re.search(r"\((\w+)\)", text)[1].lower() for row in wanted[1:] for text in row[1:]]
    assert cells == short == ["fp", "tn", "tp", "fn"]


def test_histograms_tell_their_values(open_lab):
    results, _ = homework_results()
    counts, _ = np.histogram(results["p_value"], bins=20, range=(0, 1))
    page = open_lab("lab", AT_HOME)
    page.get_by_role("img", name=f": {', '.join(map(str, counts))}.").wait_for()
    page = open_lab("filtering")
    live = page.locator(".lab-live").inner_text()
    total = int(re.search(r"of (\d+) genes", live)[1])
    told = page.locator("[data-lab=threshold] [role=img]").get_attribute("aria-label")
    assert sum(map(int, re.findall(r"(\d+) with \d+", told))) == total


@pytest.mark.parametrize(
    "page_and_figure", ["false_positive_rate#fig-null-histogram", "error_rates#fig-two-fractions"]
)
def test_color_of_what_is_not_called_is_the_same_in_the_still_figure(
    page_and_figure, open_page, address
):
    name, _, figure = page_and_figure.partition("#")
    page = open_page()
    page.goto(f"{address}/book/{name}.html")
    page.emulate_media(media="print")  # the lab makes way
    image = page.locator(f"#{figure} img")
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=image.element_handle())
    pixels = plt.imread(io.BytesIO(image.screenshot()))[..., :3]
    solid = pixels[pixels.min(axis=2) < 0.98]
    share = {
        truth: (np.abs(solid - matplotlib.colors.to_rgb(style["color"])) < 0.01).all(1).mean()
        for truth, style in TRUTH_STYLES.items()
    }
    assert share["not shifted, not called"] > 0.3
    assert share["not shifted, called"] > 0.01
    assert (share["shifted, called"] > 0.01) == (name == "error_rates")
    assert share["shifted, not called"] < 0.001


def test_guess_comes_before_the_truth(open_lab):
    results, truth = homework_results()
    fp = hw.error_rates(results, truth)["fp"]
    page = open_lab("volcano")
    assert page.locator(".lab-live").is_hidden()
    assert page.locator(".lab-table").is_hidden()
    assert page.locator(".lab-legend li").all_inner_texts() == ["not called", "called"]
    page.locator(".lab-plot").first.focus()
    page.keyboard.press("ArrowRight")
    assert "shifted" not in page.locator(".lab-tip").first.inner_text()
    page.locator("[name=guess]").fill("12")
    page.get_by_role("button", name="Show the truth").click()
    answer = until(page, page.locator(".lab-guess"), "The truth")
    assert "Your guess: 12 of 70." in answer
    assert f"The truth: {fp} of 70." in answer
    assert page.locator(".lab-live").is_visible()
    assert page.locator(".lab-legend li").count() == 4


@pytest.mark.parametrize(("engine", "name"), [("browser", "lab"), ("firefox", "volcano")])
def test_arrow_keys_walk_the_genes_by_p_value(engine, name, open_lab):
    page = open_lab(name, AT_HOME)
    plot = page.locator(".lab-plot").first
    plot.focus()
    said = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        said.append(page.locator(".lab-tip").first.inner_text())
        assert plot.get_attribute("aria-valuetext") == said[-1]
    top = homework_results()[0].sort_values("p_value").head(3)
    assert [words[:9] for words in said] == top.index.tolist()
    first = top.iloc[0]
    assert f"delta {first['delta']:.2f}, t {first['t_stat']:.2f}, p " in said[0]
    page.keyboard.press("Escape")
    assert page.locator(".lab-tip").first.is_hidden()


def test_pointer_and_touch_name_a_gene(open_lab):
    page = open_lab("lab", AT_HOME, has_touch=True)
    page.locator(".lab-plot").first.evaluate(
        "plot => plot.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    box = page.locator(".lab-plot").first.bounding_box()
    ring = page.evaluate("""() => {
        const plot = document.querySelector(".lab-plot"), path = plot.querySelector(".called");
        return path.getAttribute("d").match(/M([\\d.]+) ([\\d.]+)/).slice(1).map(Number);
    }""")
    page.touchscreen.tap(box["x"] + ring[0], box["y"] + ring[1] + 4)
    assert page.locator(".lab-tip").first.inner_text().startswith("Gene")
    page.get_by_role("button", name="Close the gene").click()  # a tap opens it
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 70)
    assert page.locator(".lab-tip").first.is_hidden()


def test_threshold_starts_with_the_chapters_second_experiment(open_lab):
    page = open_lab("filtering")
    chapter = page.locator("body").inner_text()
    (dropped,) = re.findall(r"at the boundary, (\d+) dropped", chapter)
    live = page.locator(".lab-live").inner_text()
    assert f"and drops {dropped}." in live


def test_histogram_without_a_tested_gene_has_no_bar_and_no_fault(open_lab):
    page = open_lab("lab", "#lab?missing_p=0.9&n_samples=200")
    reveal(page)
    assert page.locator("svg.lab-plot").nth(1).inner_html().count("NaN") == 0
    assert page.troubles == []


@pytest.mark.parametrize(
    "state", ["shift_size=0", "shift_size=0&noise_sd=2", "pseudocount=0&noise_sd=2"]
)
def test_marks_of_the_pseudocount_stay_in_the_plot(state, open_lab):
    page = open_lab("normalization", f"#lab?{state}")
    plot = page.locator(".lab-plot").first
    marks = plot.locator("path.tp").get_attribute("d")
    heights = [float(y) for y in re.findall(r"M[\d.]+ ([-\d.]+)l", marks)]
    axis = plot.locator(".lab-axes path:not(.lab-grid)").first.get_attribute("d")
    bottom = float(re.match(r"M[\d.]+ ([\d.]+)v5", axis)[1])
    assert len(heights) > 5
    assert min(heights) >= 12
    assert max(heights) + 9 <= bottom
