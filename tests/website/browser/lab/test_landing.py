"""Nothing on a page with labs moves once it is there: a link lands on its heading."""

import pytest

from tests.website.browser.lab.visit import LABS, drawn, figures_of
from tests.website.browser.visits import missed

SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize(
    ("engine", "link"),
    [
        ("browser", "index#license-and-citation"),
        ("browser", "lab#share-your-settings"),
        ("browser", "false_positive_rate#exercises"),
        ("browser", "normalization#key-points"),
        ("browser", "ttest#key-points"),
        ("firefox", "false_positive_rate#exercises"),
    ],
)
def test_link_lands_on_its_heading(engine, link, open_page, address):
    name, heading = link.split("#")
    page = open_page(height=800)
    page.goto(f"{address}/book/{name}.html#{heading}")
    for lab in page.locator(".lab").all():
        drawn(lab)
    assert abs(missed(page, heading)) <= 8
    assert page.evaluate("scrollY") > 300


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_page_with_labs_does_not_shift_and_fetches_no_replaced_figure(
    width, height, open_page, address
):
    for name in LABS:
        page = open_page(width=width, height=height)
        cold = page.context.new_cdp_session(page)  # its fonts come late, as at a first visit
        cold.send("Network.enable")
        cold.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(SHIFTS)
        loaded = []
        page.on("request", lambda request, loaded=loaded: loaded.append(request.url))
        page.goto(f"{address}/book/{name}.html")
        for lab in page.locator(".lab").all():
            drawn(lab)
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate("shifts")
        limit = 0.02 if width > 390 else 0.03  # a late face moves a phone's opening by 3 pixels
        assert sum(value for value, *_ in shifts) <= limit, (name, shifts)
        replaced = page.locator(".lab-replaced img").evaluate_all("all => all.map((e) => e.src)")
        assert len(replaced) == len(page.locator(".lab").all())
        assert set(replaced) & set(loaded) == set()
        if name == "volcano" and width == 1280:
            page.pdf()
            page.wait_for_function("document.querySelector('.lab-replaced img').complete")
            assert set(replaced) <= set(loaded), "paper has the figure"
        if width == 1280:
            assert_the_figures_are_on_paper_alone(page, LABS[name])


def assert_the_figures_are_on_paper_alone(page, count):
    figures = figures_of(page)
    assert len(figures) == count
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        for figure in figures:
            assert figure.is_visible() == (media == "print")
        assert page.locator(".lab").first.is_visible() == (media == "screen")
