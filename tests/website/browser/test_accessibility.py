"""Nobody is shut out: axe-core finds no violation of WCAG 2.2 AA, whatever is open."""

import io
import json

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests.website.browser.visits import EVERY_PAGE, FEWER_WORDS, MODES, STILL, violations
from website.print.chromium import settle

FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const box = focused.getBoundingClientRect();
  const name = (focused.getAttribute("aria-label") ?? focused.textContent).trim().slice(0, 40);
  return [`${focused.tagName}.${focused.className}`, name, [box.x, box.y, box.right, box.bottom]];
}"""


def opened(open_page, address, name, *, width=1280, color_scheme="light"):
    """Return a page whose colors stand still and whose formulas are drawn."""
    page = open_page(width=width, color_scheme=color_scheme)
    page.goto(f"{address}/{name}")
    settle(page)
    page.add_style_tag(content=STILL)
    return page


@pytest.mark.parametrize("mode", MODES, ids="{0[0]}-{0[1]}".format)
def test_open_menus_have_no_violation(mode, address, open_page):
    name = "speed" if mode in EVERY_PAGE else "volcano"  # with the same menus, and short or long
    page = opened(open_page, address, f"book/{name}.html", width=mode[0], color_scheme=mode[1])
    if mode not in EVERY_PAGE:
        page.evaluate(FEWER_WORDS)
        assert violations(page) == []
    buttons = page.locator(".article-header-buttons .dropdown > button").all()
    assert len(buttons) > 1
    for button in buttons:
        button.click()
        page.locator(".dropdown-menu.show").wait_for()
        assert violations(page, ".article-header-buttons") == []
        page.keyboard.press("Escape")
    if mode[0] == 390:
        page.locator("button.primary-toggle").click()
        page.locator("#pst-primary-sidebar-modal[open]").wait_for()
        assert violations(page, "#pst-primary-sidebar-modal") == []
        page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog[open]").wait_for()
    assert violations(page, "#pst-search-dialog") == []


def test_axe_sees_a_fault_that_is_planted(address, open_page):
    page = opened(open_page, address, "book/volcano.html")
    page.evaluate(FEWER_WORDS)
    page.locator("article img:visible").first.evaluate("each => each.removeAttribute('alt')")
    assert json.dumps(violations(page)).startswith('[["image-alt"')


def test_one_pale_word_among_many_like_it_is_seen(address, open_page):
    page = opened(open_page, address, "book/glossary.html")
    words = page.locator("article dd > p")
    for number, fault in enumerate(["color: gray", "background-color: gray", "opacity: 0.5"], 5):
        words.nth(number).evaluate(f"each => each.style = '{fault}'")
        ((rule, found),) = violations(page, "article")
        assert rule == "color-contrast"
        assert fault in found[0]
        words.nth(number).evaluate("each => each.removeAttribute('style')")


@pytest.mark.parametrize("mode", MODES[:2], ids="{0[0]}-{0[1]}".format)
def test_what_a_search_has_marked_can_be_read(mode, address, open_page):
    words = "part+value"  # in text, links, code and formulas
    page = opened(
        open_page,
        address,
        f"book/ttest.html?highlight={words}",
        width=mode[0],
        color_scheme=mode[1],
    )
    assert page.locator(".highlighted").count() > 5
    links = page.locator("article p a.reference:has(.highlighted)")
    assert links.count() > 1
    links.first.hover()
    assert page.locator("article a:hover .highlighted").count() == 1
    assert violations(page, ":has(> .highlighted), article a:hover") == []
    page.goto(f"{address}/book/glossary.html#term-p-value")
    page.add_style_tag(content=STILL)
    page.locator("dt:target").hover()
    assert violations(page, "dt:target") == []


def picture_around(page, box):
    """Return the pixels of a box and of some around it, as far as they can be seen."""
    left, top = (max(0, each - 20) for each in box[:2])
    size = page.viewport_size
    right, bottom = min(size["width"], box[2] + 20), min(size["height"], box[3] + 20)
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    picture = page.screenshot(clip=clip, caret="initial")  # to hide it costs as much again
    return plt.imread(io.BytesIO(picture))[..., :3]


@pytest.mark.parametrize(
    ("engine", "mode"), [*(("browser", mode) for mode in EVERY_PAGE), ("firefox", EVERY_PAGE[0])]
)
def test_keyboard_is_never_at_a_place_that_does_not_show_it(engine, mode, address, open_page):
    page = opened(open_page, address, "book/ttest.html", width=mode[0], color_scheme=mode[1])
    page.add_style_tag(content="html { scroll-behavior: auto !important; }")
    page.keyboard.press("Tab")
    unseen, kinds = [], set()
    for _ in range(200):
        if (focused := page.evaluate(FOCUSED)) is None:  # past the end
            break
        kind, name, box = focused
        inside = box[2] > 0 and box[3] > 0 and box[0] < mode[0] and box[1] < 900
        if not inside:
            unseen.append((kind, name, box))
        elif kind not in kinds:
            kinds.add(kind)
            lit = picture_around(page, box)
            page.evaluate("() => { self.was = document.activeElement; was.blur(); }")
            change = np.abs(lit - picture_around(page, box)).max(axis=2)
            page.evaluate("was.focus({ preventScroll: true })")
            if (change > 0.2).sum() < 60:
                unseen.append((kind, name, box))
        page.keyboard.press("Tab")
    assert len(kinds) > 12
    assert unseen == []
