"""What the tests of the live figures share: the pages that have some, and how to wait for one."""

import re

from homework_tools.master.read import read_settings
from tools.chapters import HOMEWORK

AT_HOME = f"#lab?seed={read_settings(HOMEWORK).seed}"  # the lab's page with the homework's data
LABS = {  # and the number of labs on each
    "index": 1,
    "lab": 1,
    "volcano": 1,
    "filtering": 1,
    "ttest": 1,
    "normalization": 1,
    "false_positive_rate": 2,
}


def drawn(lab):
    """Wait until the lab has drawn what it was asked for, in the place of what the build wrote."""
    lab.and_(lab.page.locator("[style]")).wait_for(state="attached")  # its height, while it draws
    return lab


def figures_of(page):
    """Return the still figures in whose place the labs of a page are."""
    names = {lab.get_attribute("data-figure") for lab in page.locator("[data-lab]").all()}
    return [page.locator(f"#{name} img") for name in names]


def reveal(page):
    page.get_by_role("button", name="Just show it").click()
    return page.locator(".lab-live")


def until(page, locator, pattern):
    """Wait until a text is there, and return it."""
    found = locator.filter(has_text=re.compile(pattern))
    found.wait_for(timeout=60_000)
    return found.inner_text()
