"""A page with live figures."""

import pytest

from tests.website.browser.lab.visit import drawn


@pytest.fixture
def open_lab(open_page, address):
    """Return a function that opens a page of the book and gives its labs, drawn."""

    def open_one(name, link="", **options):
        page = open_page(**options)
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("console", lambda told: told.type == "error" and page.troubles.append(told.text))
        page.on("request", lambda request: outside(page, request.url))
        page.goto(f"{address}/book/{name}.html{link}")
        for lab in page.locator(".lab").all():
            drawn(lab)
        return page

    def outside(page, url):
        if not url.startswith((address, "data:", "blob:")):
            page.troubles.append(url)

    return open_one
