"""What the tests of pages ask of a page in a browser."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tools.environment import read

# What the statement on accessibility, book/accessibility.md, says: axe's rules, and how it looks.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
EVERY_PAGE = MODES[:2]  # the others are tried on some pages

AXE = read(Path(__file__).parents[1] / "axe.js")
STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"

FEWER_WORDS = """() => {
  const seen = new Set();
  document.querySelectorAll(".highlight pre > span").forEach((word) => {
    seen.has(word.className) ? word.replaceWith(word.textContent) : seen.add(word.className);
  });
}"""  # of the words of code, those that have the same color: one stays
STOPS_ARE_SET = """[...document.querySelectorAll('article [tabindex="-1"]')].every((each) =>
  each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight)
"""  # the theme does so a moment after the page was made narrower
REST = """() => new Promise((done) => {
  let [last, still] = [-1, 0];
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    still > 30 ? done() : requestAnimationFrame(look);
  };
  look();
})"""  # smooth scrolling has ended
MISSED = """(id) => {
  const heading = document.getElementById(id);
  const style = getComputedStyle(heading);
  const { scrollPaddingTop } = getComputedStyle(document.documentElement);
  const wanted = (parseFloat(scrollPaddingTop) || 0) + (parseFloat(style.scrollMarginTop) || 0);
  const below = document.documentElement.scrollHeight - innerHeight - scrollY; // left to scroll
  const missed = heading.getBoundingClientRect().top - wanted;
  return below < 1 && missed > 0 ? 0 : missed;
}"""
FORGET = """async () => {
  localStorage.clear();
  sessionStorage.clear();
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((each) => each.unregister()));
}"""
# By WCAG 1.4.12 a reader who sets this loses nothing.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""


def violations(page, context=None):
    """Return what axe finds wrong now, in the page or a part of it: the rule and the elements."""
    if not page.evaluate("'axe' in self"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(AXE, [context, TAGS])


def watched(page, address):
    """Return three lists that fill up: requests to other hosts, failed ones, and errors."""
    outside, failures, errors = [], [], []
    ours = (address, "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(ours) else outside.append(one.url))
    page.on("response", lambda one: failures.append(one.url) if one.status > 399 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return outside, failures, errors


def show(page, width, colors):
    """Give an open page another width and other colors, and wait until they are there."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colors)
    page.wait_for_function(f"document.documentElement.dataset.theme === '{colors}'")
    page.wait_for_function(STOPS_ARE_SET)


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def forget(page):
    """Close a page with what it has stored, so that the next one starts anew."""
    page.evaluate(FORGET)
    page.close()


def write(editor, source):
    """Write into an editor, which is made when it is entered."""
    editor.focus()
    editor.fill(source)


def missed(page, heading):
    """Return by how many pixels a link to a heading has missed it, once the page is at rest."""
    page.evaluate(REST)
    return page.evaluate(MISSED, heading)
