"""Each page, loaded and used as a reader does, asks nobody else for anything and breaks nowhere."""

import gzip
import io
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

import tasks
from tools.environment import read
from website.print.chromium import settle

FONT_SIZE = float(re.search(r"(?m)^font\.size: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
DPI = float(re.search(r"(?m)^figure\.dpi: *(\S+)", read(tasks.ROOT / "book/matplotlibrc"))[1])
HEAVIEST = 340_000  # bytes, compressed, without the figures
TEXT = (".html", ".css", ".js", ".mjs", ".svg")


def watched(page, address):
    """Return three lists that fill up: requests to other hosts, failed ones, and errors."""
    outside, failures, errors = [], [], []
    ours = (address, "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(ours) else outside.append(one.url))
    page.on("response", lambda one: failures.append(one.url) if one.status > 399 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return outside, failures, errors


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_page_asks_no_other_host_meets_no_error_and_is_light(
    page_name, address, new_page, built_site
):
    page = new_page()
    troubles = watched(page, address)
    loaded = set()
    page.on("response", lambda one: loaded.add(one.url.split("?")[0].removeprefix("blob:")))
    page.goto(f"{address}/{page_name}")
    settle(page)
    assert troubles == ([], [], [])
    files = {url: built_site / url.removeprefix(f"{address}/") for url in loaded}
    sizes = {url: weight(path) for url, path in files.items() if path.is_file()}
    assert len(sizes) > 5
    assert sum(sizes.values()) < HEAVIEST, sizes


def test_request_to_another_host_is_noticed(address, new_page):
    page = new_page()
    outside, _, _ = watched(page, address)
    page.goto(f"{address}/search.html")
    page.evaluate("fetch('http://elsewhere.example/x').catch(() => null)")
    assert outside == ["http://elsewhere.example/x"]


def test_page_fits_a_phone_and_its_figures_can_be_read_there(page_name, address, new_page):
    page = new_page(width=390)
    page.goto(f"{address}/{page_name}")
    settle(page)
    assert not scrolls_sideways(page)
    figures = page.locator(".cell_output img:visible").evaluate_all(
        "all => all.map(each => [each.clientWidth, +each.getAttribute('width')])"
    )
    sizes = [FONT_SIZE * shown / (width * 72 / DPI) for shown, width in figures]
    assert [size for size in sizes if size < 10] == []


def test_page_is_whole_without_scripts(page_name, address, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/{page_name}")
    main = page.locator("main").inner_text()
    assert len(main.split()) > 20
    hidden = page.locator("main p:visible, main li:visible").count()
    assert hidden > 0
    # A formula is drawn, and none is left as TeX.
    assert not re.search(r"\\[(\[]|\\(frac|mathrm|mu|sqrt|log)\b", main)
    for formula in page.locator("main math:visible").all()[:3]:
        assert formula.bounding_box()["width"] > 3


def weight(path: Path) -> int:
    """Return the bytes that a file takes on its way; figures don't count."""
    data = path.read_bytes()
    if path.suffix in (".png", ".webp"):
        return 0
    return len(gzip.compress(data)) if path.suffix in TEXT else len(data)


@pytest.mark.parametrize("width", [1280, 390])
def test_page_in_use_asks_no_other_host(width, address, new_page):
    page = new_page(width=width)
    troubles = watched(page, address)
    page.goto(f"{address}/book/ttest.html")
    settle(page)
    shown = set()
    for _ in range(3):  # light, dark, and what the system has
        page.locator(".theme-switch-button:visible").first.click()
        shown.add(page.evaluate("document.documentElement.dataset.theme"))
    assert shown == {"light", "dark"}
    for button in page.locator(".article-header-buttons .dropdown > button").all():
        button.click()
        page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("pooled variance")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.click()
    page.wait_for_load_state("networkidle")
    assert "/book/" in page.url
    assert troubles == ([], [], [])


@pytest.mark.both_engines
def test_formula_has_its_font_and_fits_its_box(address, new_page):
    page = new_page()
    page.goto(f"{address}/book/ttest.html")
    settle(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(
        "[...document.fonts].some(f => /Math/.test(f.family) && f.status == 'loaded')"
    )
    hidden = page.locator("article div.math").evaluate_all(
        "all => all.map(each => each.scrollHeight - each.clientHeight)"
    )
    assert len(hidden) > 2
    assert max(hidden) <= 1


def test_page_without_a_formula_fetches_no_font_for_them(address, new_page):
    page = new_page()
    loaded = []
    page.on("response", lambda one: loaded.append(one.url))
    page.goto(f"{address}/search.html")
    settle(page)
    assert [url for url in loaded if "math" in url] == []


def test_icons_of_the_buttons_are_drawn(address, new_page):
    page = new_page()
    page.goto(f"{address}/book/ttest.html")
    settle(page)
    page.evaluate("document.fonts.ready")
    drawn = page.locator(".article-header-buttons i:visible").evaluate_all(
        """all => all.map(each => {
            const code = getComputedStyle(each, "::before").content.replaceAll('"', "");
            const context = document.createElement("canvas").getContext("2d");
            const style = getComputedStyle(each);
            context.font = `${style.fontWeight} 40px ${style.fontFamily}`;
            context.fillText(code, 5, 60);
            const ink = context.getImageData(0, 0, 100, 100).data.filter((_, i) => i % 4 == 3);
            return [each.className, code.length, ink.filter(a => a > 0).length];
        })"""
    )
    assert len(drawn) >= 4
    assert [icon for icon in drawn if icon[1] != 1 or icon[2] < 50] == []


def test_lost_reader_finds_a_page_with_its_styles(address, new_page):
    page = new_page()
    troubles = watched(page, address)
    prefix = re.search(r'href="(/[^"]*/)_static', page.request.get(f"{address}/404.html").text())[1]
    page.route(
        f"{address}{prefix}**", lambda one: one.continue_(url=one.request.url.replace(prefix, "/"))
    )
    page.route(  # a server gives the page at the address that was asked for
        f"{address}{prefix}book/lost/", lambda one: one.continue_(url=f"{address}/404.html")
    )
    page.goto(f"{address}{prefix}book/lost/")
    settle(page)
    assert troubles == ([], [], [])
    assert page.locator("article h1").inner_text() == "This page is not here"
    page.locator("article a", has_text="first page").click()
    page.wait_for_load_state()
    assert page.url.endswith(f"{prefix}book/index.html")


THROWS = """for (const name of ["localStorage", "sessionStorage"]) {
  const get = () => { throw new Error("blocked"); };
  Object.defineProperty(window, name, { configurable: true, get });
}"""


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
@pytest.mark.parametrize("name", ["book/index", "book/lab", "book/ttest", "search", "404"])
def test_page_works_where_storage_is_blocked(name, engine, address, request):
    if engine == "firefox":
        reader = request.getfixturevalue("launch_firefox")(**{"network.cookie.cookieBehavior": 2})
    else:
        reader = request.getfixturevalue("browser").new_context()
        reader.add_init_script(THROWS)
    with reader:
        page = reader.new_page()
        troubles = watched(page, address)
        page.goto(f"{address}/{name}.html")
        settle(page)
        if name != "404":  # its styles are at the site's own address
            switch = page.locator(".theme-switch-button:visible").first
            shown = set()
            for _ in range(3):
                switch.click()
                shown.add(page.evaluate("document.documentElement.dataset.theme"))
            assert shown == {"light", "dark"}
        assert troubles[2] == []


def test_scrollbar_of_the_sidebar_is_dark_in_the_dark(address, firefox):
    with firefox.new_context(viewport={"width": 1280, "height": 500}) as context:
        page = context.new_page()
        page.goto(f"{address}/book/ttest.html")
        settle(page)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.wait_for_timeout(500)
        bar = page.locator(".bd-sidebar-primary").bounding_box()
        strip = {"x": bar["x"] + bar["width"] - 14, "y": 100, "width": 12, "height": 300}
        picture = plt.imread(io.BytesIO(page.screenshot(clip=strip)))
    assert picture[..., :3].mean(axis=2).max() < 0.75
    assert np.ptp(picture[..., :3]) > 0.1, "there is a bar"


def test_paper_shows_no_box_cut_in_two(address, new_page):
    page = new_page()
    page.goto(f"{address}/book/simulation.html")
    settle(page)
    page.emulate_media(media="print")
    boxes = "article :is(.cell_input, .cell_output > *, div.highlight, figure, tr)"
    breaks = page.locator(boxes).evaluate_all(
        "all => all.map((each) => getComputedStyle(each).breakInside)"
    )
    assert len(breaks) > 40
    assert set(breaks) == {"avoid"}
