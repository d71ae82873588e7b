"""Each page with labs: nothing moves as it comes, all controls act, and nobody is shut out.

The tests of a page share one visit in each width, in this order. Its files are not kept, so fonts
come late, as at a first visit.
"""

import pytest
from playwright.sync_api import expect

from tests.website.browser.lab.visit import AT_HOME, LABS, drawn, figures_of
from tests.website.browser.visits import STILL, forget, violations, watched

WIDE = [("browser", name, 1280) for name in LABS]
NARROW = [("browser", name, 390) for name in LABS]
WALKS = [*NARROW[:2], *WIDE[2:], ("firefox", "volcano", 1280)]
NAMED = {"indirect": True, "ids": lambda visit: "-".join(map(str, visit))}
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def page(request, shared_context, address):
    """Return a page whose labs are drawn, with what it loaded and met on the way there."""
    engine, name, width = request.param
    page = shared_context(engine, width=width, height=800 if width > 390 else 844).new_page()
    if engine == "browser":
        cold = page.context.new_cdp_session(page)
        cold.send("Network.enable")
        cold.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(SHIFTS)
    page.name, page.loaded, page.troubles = name, [], watched(page, address)
    page.on("request", lambda request: page.loaded.append(request.url))
    page.on("console", lambda said: said.type == "error" and page.troubles[2].append(said.text))
    page.goto(f"{address}/book/{name}.html")
    for lab in page.locator(".lab").all():
        drawn(lab)
    page.wait_for_load_state("networkidle")
    yield page
    forget(page)


def show_the_truth(page):
    for button in page.get_by_role("button", name="Just show it").all():
        button.click()
        page.wait_for_url("**truth=1**")


@pytest.mark.parametrize("page", WIDE + NARROW, **NAMED)
def test_page_does_not_shift_and_fetches_no_replaced_figure(page):
    shifts = page.evaluate("shifts")
    # A late face moves a phone's opening by 3 pixels.
    limit = 0.02 if page.viewport_size["width"] > 390 else 0.03
    assert sum(value for value, *_ in shifts) <= limit, shifts
    replaced = page.locator(".lab-replaced img").evaluate_all("all => all.map((e) => e.src)")
    assert len(replaced) == page.locator(".lab").count() == LABS[page.name]
    assert set(replaced) & set(page.loaded) == set()


@pytest.mark.parametrize("page", WIDE, **NAMED)
def test_figures_are_on_paper_alone(page):
    if page.name == "volcano":
        page.pdf()
        figure = page.locator(".lab-replaced img")
        page.wait_for_function("document.querySelector('.lab-replaced img').complete")
        assert figure.evaluate("each => each.src") in page.loaded, "paper has the figure"
    figures = figures_of(page)
    assert len(figures) == LABS[page.name]
    for media in ("print", "screen"):
        page.emulate_media(media=media)
        for figure in figures:
            assert figure.is_visible() == (media == "print")
        assert page.locator(".lab").first.is_visible() == (media == "screen")


@pytest.mark.parametrize("page", WALKS, **NAMED)
def test_every_control_moves_the_lab(page):
    page.emulate_media(reduced_motion="reduce")  # that axes glide is tried by hand
    if page.name == "lab":
        page.goto(f"{page.url}{AT_HOME}")  # where no control is at its end
    show_the_truth(page)
    for lab in page.locator(".lab").all():
        for control in lab.locator(".lab-control").all():
            field = control.locator("input, select")
            said, link = control.inner_text(), page.url
            field.focus()
            page.keyboard.press("Space" if field.get_attribute("type") == "checkbox" else "ArrowUp")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(index=1)
            page.wait_for_function("link => location.href !== link", arg=link)
            if field.get_attribute("type") == "range":
                expect(control).not_to_have_text(said, use_inner_text=True)
        drawn(lab)
        assert lab.locator("svg.lab-plot").first.inner_html().count("NaN") == 0
    assert page.troubles == ([], [], [])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", [WIDE[n] for n in (0, 1, 4, 6)], **NAMED)
def test_lab_in_use_has_no_accessibility_fault(page):
    show_the_truth(page)
    page.locator(".lab-plot").first.focus()
    page.keyboard.press("ArrowRight")
    page.add_style_tag(content=STILL)
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        page.wait_for_function(f"document.documentElement.dataset.theme === '{color_scheme}'")
        assert violations(page, ".lab") == []
