"""What the tests of pages ask of a page in a browser."""

from axe_playwright_python.sync_playwright import Axe

from website.extensions.course.accessibility import TAGS

STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"


def violations(page, context=None):
    """Return what axe finds wrong now, in the page or a part of it: the rule and the elements."""
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=options).response
    return [
        (each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]
    ]


def watched(page, address):
    """Return three lists that fill up: requests to other hosts, failed ones, and errors."""
    outside, failures, errors = [], [], []
    ours = (address, "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(ours) else outside.append(one.url))
    page.on("response", lambda one: failures.append(one.url) if one.status > 399 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return outside, failures, errors


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
