"""A page with live figures, in contexts of a browser that the tests share."""

import pytest

from tests.website.browser.lab.visit import drawn


@pytest.fixture(scope="module")
def contexts():
    """Return the contexts that the tests of the lab share: it keeps nothing but its address."""
    opened = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def open_lab(engine, contexts, request, address):
    """Return a function that opens a page of the book and gives its labs, drawn."""
    pages = []

    def open_page(name, link="", *, width=1280, height=900, **options):
        options["viewport"] = {"width": width, "height": height}
        key = engine, repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = request.getfixturevalue(engine).new_context(**options)
        page = contexts[key].new_page()
        pages.append(page)
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

    yield open_page
    for page in pages:
        page.close()
