"""A page without scripts, without storage, in use or on paper is whole and asks nobody else."""

import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests.website.browser.visits import SPACED, scrolls_sideways, watched
from website.print.chromium import settle


def test_request_to_another_host_is_noticed(address, open_page):
    page = open_page()
    outside, _, _ = watched(page, address)
    page.goto(f"{address}/search.html")
    page.evaluate("fetch('http://elsewhere.example/x').catch(() => null)")
    assert outside == ["http://elsewhere.example/x"]


@pytest.fixture(scope="module")
def scriptless(browser):
    """Return a page of a browser that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def test_page_is_whole_without_scripts(page_name, address, scriptless):
    page = scriptless
    page.goto(f"{address}/{page_name}")
    main = page.locator("main").inner_text()
    assert len(main.split()) > 20
    hidden = page.locator("main p:visible, main li:visible").count()
    assert hidden > 0
    # A formula is drawn, and none is left as TeX.
    assert not re.search(r"\\[(\[]|\\(frac|mathrm|mu|sqrt|log)\b", main)
    for formula in page.locator("main math:visible").all()[:3]:
        assert formula.bounding_box()["width"] > 3


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_each_button_opens_its_links_and_the_menu_is_there(
    width, address, scriptless
):
    page = scriptless
    page.set_viewport_size({"width": width, "height": 900})
    for name, has_lists in (("index", False), ("volcano", True)):
        page.goto(f"{address}/book/{name}.html")
        assert page.locator("#pst-primary-sidebar a", has_text="Solutions").is_visible()
        assert not scrolls_sideways(page)
        buttons = page.locator(".bd-header-article button:visible").all()
        assert bool(buttons) == has_lists
        for button in buttons:
            button.focus()
            assert page.locator(".dropdown:focus-within .dropdown-menu a:visible").count() > 0
            assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_foot_of_the_first_page_begins_where_its_text_does(width, address, open_page):
    page = open_page(width=width)
    page.goto(f"{address}/book/index.html")
    boxes = [page.locator(each).bounding_box() for each in ("article h1", ".component-author")]
    assert boxes[0]["x"] == pytest.approx(boxes[1]["x"], abs=1)


@pytest.mark.parametrize("style", [SPACED, "html { font-size: 200% !important; }"])
def test_large_text_is_cut_off_in_no_name_and_no_button(style, address, open_page):
    page = open_page(width=320)
    page.goto(f"{address}/book/filtering.html")
    page.add_style_tag(content=style)
    cut = "all => all.map((each) => each.scrollWidth - each.clientWidth)"
    assert page.locator(".prev-next-area a").evaluate_all(cut) == [0, 0]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".search-button-field").evaluate_all(cut) == [0]


@pytest.mark.parametrize("width", [1280, 390])
def test_page_in_use_asks_no_other_host(width, address, open_page):
    page = open_page(width=width)
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
def test_formula_has_its_font_and_fits_its_box(address, open_page):
    page = open_page()
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


def test_icons_of_the_buttons_are_drawn(address, open_page):
    page = open_page()
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


@pytest.fixture
def forgetful(request, engine):
    """Return a context of an engine where no page may store anything."""
    if engine == "firefox":
        launch = request.getfixturevalue("launch_firefox")
        with launch(**{"network.cookie.cookieBehavior": 2}) as firefox:
            yield firefox.new_context()
    else:
        with request.getfixturevalue("browser").new_context() as context:
            context.add_init_script(THROWS)
            yield context


@pytest.mark.both_engines
def test_page_works_where_storage_is_blocked(forgetful, engine, address):
    page = forgetful.new_page()
    troubles = watched(page, address)
    more = ("book/index", "search", "404") if engine == "browser" else ()
    for name in ("book/lab", "book/ttest", *more):
        page.goto(f"{address}/{name}.html")
        settle(page)
        if name != "404":  # its styles are at the site's own address
            switch = page.locator(".theme-switch-button:visible").first
            shown = set()
            for _ in range(3):
                switch.click()
                shown.add(page.evaluate("document.documentElement.dataset.theme"))
            assert shown == {"light", "dark"}, name
        assert troubles[2] == [], name


def test_scrollbar_of_the_sidebar_is_dark_in_the_dark(address, firefox):
    with firefox.new_context(viewport={"width": 1280, "height": 500}) as context:
        page = context.new_page()
        page.goto(f"{address}/book/speed.html")
        settle(page)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.wait_for_timeout(500)
        bar = page.locator(".bd-sidebar-primary").bounding_box()
        strip = {"x": bar["x"] + bar["width"] - 14, "y": 100, "width": 12, "height": 300}
        picture = plt.imread(io.BytesIO(page.screenshot(clip=strip)))
    assert picture[..., :3].mean(axis=2).max() < 0.75
    assert np.ptp(picture[..., :3]) > 0.1, "there is a bar"


def test_paper_shows_no_box_cut_in_two(address, open_page):
    page = open_page()
    page.goto(f"{address}/book/simulation.html")
    settle(page)
    page.emulate_media(media="print")
    boxes = "article :is(.cell_input, .cell_output > *, div.highlight, figure, tr)"
    breaks = page.locator(boxes).evaluate_all(
        "all => all.map((each) => getComputedStyle(each).breakInside)"
    )
    assert len(breaks) > 40
    assert set(breaks) == {"avoid"}
