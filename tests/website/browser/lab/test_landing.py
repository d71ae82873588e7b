"""A link lands on its heading, also on a page whose labs come later."""

import pytest

from tests.website.browser.lab.visit import drawn
from tests.website.browser.visits import missed


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
