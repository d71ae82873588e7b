"""The page of similar notebooks fits a phone, whatever the students are called."""

from homework_tools.grading.similar.page import similar_page
from homework_tools.grading.similar.pairs import Pair
from tests.website.browser.visits import scrolls_sideways


def test_long_names_fit(new_page):
    pair = Pair("one", "two", frozenset(), 1, 1)
    page = new_page(width=320)
    page.set_content(similar_page([(pair, [], [])], {"one": "Ada", "two": "W" * 100}))
    assert page.locator("h2").inner_text() == f"1. Ada and {'W' * 100}"
    assert not scrolls_sideways(page)
