"""The lab shuts nobody out: keys, readers of screens, phones, paper, no scripts, no network."""

import re

import pytest

from tests.website.browser.lab.visit import AT_HOME, LABS, drawn, figures_of, reveal, until


@pytest.mark.parametrize(
    ("engine", "size"),
    [
        ("browser", (320, 256)),
        ("browser", (568, 320)),
        ("browser", (390, 844)),
        ("firefox", (320, 256)),
    ],
)
def test_focus_is_never_hidden(engine, size, open_lab):
    """WCAG 2.4.11, also at 400 % zoom and on a phone on its side."""
    page = open_lab("lab", width=size[0], height=size[1])
    is_seen = """() => {
        const focused = document.activeElement, box = focused.getBoundingClientRect();
        const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
        return points.some(([x, y]) => {
          const at = [box.x + x * box.width, box.y + y * box.height];
          return focused.contains(document.elementFromPoint(...at));
        });
    }"""
    fields = page.locator(".lab-control :is(input, select)")
    for start, key in ((fields.first, "Tab"), (fields.last, "Shift+Tab")):
        start.focus()
        for _ in range(fields.count() + 1):
            page.wait_for_function(is_seen, timeout=5_000)  # the page scrolls to it, in steps
            page.keyboard.press(key)


@pytest.mark.both_engines
def test_one_live_region_speaks_at_a_key_press(open_lab):
    page = open_lab("lab", "#lab?truth=1")
    page.evaluate("""() => {
        window.spoke = new Set();
        const live = "output, [aria-live], [role=status], [role=alert], [role=log]";
        for (const each of document.querySelectorAll(live)) {
          const watch = new MutationObserver(() => spoke.add(each.className));
          watch.observe(each, { childList: true, characterData: true, subtree: true });
        }
        const draw = requestAnimationFrame;  // a slow phone draws later than the lab would speak
        window.requestAnimationFrame = (act) => setTimeout(draw, 300, act);
    }""")
    page.get_by_label("Threshold alpha").press("ArrowUp")
    until(page, page.locator(".lab-said"), "below 0.06")
    page.get_by_label("P-values", exact=True).select_option("bh")
    until(page, page.locator(".lab-said"), "Benjamini")
    assert page.evaluate("[...spoke]") == ["lab-said visually-hidden"]
    page.get_by_label("Seed").fill("-1")
    assert page.locator("[role=status]", has_text="from 0 to 4294967295").is_visible()


@pytest.mark.parametrize("name", LABS)
def test_without_scripts_the_figure_is_there(name, open_page, address):
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/book/{name}.html")
    figures = figures_of(page)
    assert len(figures) == LABS[name]
    for figure in figures:
        assert figure.is_visible()
    assert not page.locator(".lab").first.is_visible()


def test_lab_works_from_a_disk(new_page, built_site):
    page = new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto((built_site / "book" / "lab.html").as_uri() + "#lab?shift_size=0")
    drawn(page.locator(".lab"))
    live = until(page, reveal(page), "No gene is shifted")
    page.get_by_label("Samples").press("ArrowUp")
    page.wait_for_url(re.compile("n_samples=102"))
    until(page, page.locator(".lab-live"), f"^(?!{re.escape(live)})")
    assert troubles == []


def test_lab_works_without_a_worker(new_page, address):
    page = new_page()
    page.add_init_script("window.Worker = class { constructor() { throw new Error('none'); } };")
    page.goto(f"{address}/book/lab.html{AT_HOME}")
    drawn(page.locator(".lab"))
    page.get_by_label("Shift size").press("Home")
    until(page, reveal(page), "No gene is shifted")


def test_phone_keeps_plot_in_view_and_axis_text_legible(open_lab):
    page = open_lab("lab", width=390, height=800)
    size = page.locator(".lab-axes text").first.evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a"
    )
    assert size >= 10
    page.get_by_label("Seed").evaluate(
        "field => field.scrollIntoView({block: 'end', behavior: 'instant'})"
    )
    box = page.locator(".lab-plot").first.bounding_box()
    header = page.locator(".bd-header-article").bounding_box()
    assert box["y"] >= header["y"] + header["height"] - 1
    assert box["y"] + box["height"] < 800
