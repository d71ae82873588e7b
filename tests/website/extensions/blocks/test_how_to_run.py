"""The table "How to run it" is true for the build that it stands in."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from homework_tools.master.course import Course
from homework_tools.master.read import MASTER, read_master, read_settings
from tests.website.extensions.conftest import copy_healthy_book
from tests.website.extensions.head.test_buttons import NO_GITHUB
from tools.environment import read
from website.extensions.blocks import how_to_run
from website.extensions.head.buttons import CLOSED
from website.extensions.head.doors import HOW_TO_RUN
from website.launch import FIRST_RESULTS

MEASURED = {
    "date": "2026-01-02",
    "machine": "x86_64",
    "cores": 2,
    "browser": "Chromium 1",
    "python": "3.12",
    "chapter": [4.5, 2.5],
}


def rows(html):
    """Return the cells of the table's rows, by the first words of each row."""
    table = BeautifulSoup(html, "html.parser").find(id=HOW_TO_RUN).table
    found = [row.find_all("td") for row in table.tbody.find_all("tr")]
    return {cells[0].get_text(" ", strip=True): cells for cells in found}


def row(found, start):
    """Return the one row that begins so."""
    (name,) = [name for name in found if name.startswith(start)]
    return found[name]


@pytest.fixture(scope="module")
def table(built_site):
    return rows((built_site / "book" / "index.html").read_text(encoding="utf-8"))


def test_each_service_opens_the_homework(table):
    notebook = f"{read_master().settings.id}.ipynb"
    for service in ("Binder", "Colab"):
        address = row(table, f"The homework on {service}")[0].a["href"]
        assert address.endswith(f"homework/{notebook}")
        assert "/ada/fork/" in address
    assert row(table, "The homework on Codespaces")[0].a["href"].endswith("/tree/notebooks")


@pytest.mark.parametrize(
    ("start", "page"), [("The homework, on", "homework_here"), ("A chapter", "filtering")]
)
def test_download_is_the_one_that_the_page_announces(start, page, table, built_site):
    html = (built_site / "book" / f"{page}.html").read_text(encoding="utf-8")
    size = re.search(r'data-megabytes="(\d+)"', html)
    if size is None:
        pytest.skip("the site was built without Python's files")
    assert row(table, start)[3].get_text() == f"{size[1]} MB, once"


def test_files_of_a_computer_are_in_the_site(table, built_site):
    links = [link["href"] for cell in row(table, "On your computer") for link in cell.find_all("a")]
    assert [link.rpartition(".")[2] for link in links] == ["ipynb", "whl"]
    assert all((built_site / "book" / link).is_file() for link in links)


def test_times_are_the_stored_ones(table):
    stored = json.loads(FIRST_RESULTS.read_text(encoding="utf-8"))
    shown = {
        "homework": row(table, "The homework, on")[2],
        "chapter": row(table, "A chapter")[2],
        "computer": row(table, "On your computer")[2],
    }
    for door, cell in shown.items():
        assert cell.get_text() == how_to_run.times(stored, door)


def test_time_is_shown_with_its_source_or_not_at_all():
    assert how_to_run.times(MEASURED, "chapter") == "4.5 s; 2.5 s the next time"
    assert how_to_run.times({}, "chapter") == "not measured"
    (words,) = how_to_run.source(MEASURED)
    assert "2026-01-02 with Chromium 1 and Python 3.12" in words.astext()
    assert how_to_run.source({}) == []


@pytest.fixture(scope="module")
def local_build(tmp_path_factory):
    """Build the healthy book with the table, away from any repository."""
    book = copy_healthy_book(tmp_path_factory.mktemp("local") / "book")
    index = book.folder / "book" / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(f"{text}\n## How to run it\n\n```{{how-to-run}}\n```\n", encoding="utf-8")
    homework = read(MASTER).replace(f"seed={read_settings().seed}", f"seed={Course().seed}")
    (book.folder / "homework" / "homework.md").write_text(homework, encoding="utf-8")
    build = book.build(**NO_GITHUB, SITE_URL="", WITHOUT_PYTHON="1")
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="module")
def local_site(local_build):
    """Return the site of that build."""
    return local_build.html


def test_build_that_lacks_doors_shows_them_closed_with_the_reason(local_site):
    found = rows((local_site / "book" / "index.html").read_text(encoding="utf-8"))
    assert "without the files" in row(found, "On these pages")[1].get_text()
    closed = row(found, "Binder, Colab, Codespaces")
    assert "without the address of its repository" in closed[1].get_text()
    assert [cell.a for cell in closed] == [None] * 4
    assert "pip installs from the file" in row(found, "On your computer")[1].get_text()


def test_local_build_says_to_its_author_alone_that_it_has_no_repository(local_build, local_site):
    assert CLOSED in local_build.output
    pages = {path: path.read_text(encoding="utf-8") for path in local_site.rglob("*.html")}
    placeholder = re.compile(r"example/rnaseq-hw|example\.github\.io")
    assert [path.name for path, html in pages.items() if placeholder.search(html)] == []
    notebooks = [path.read_text(encoding="utf-8") for path in local_site.rglob("*.ipynb")]
    assert notebooks
    assert [text for text in notebooks if placeholder.search(text)] == []
    assert [path.name for path, html in pages.items() if "mybinder.org" in html] == []
    assert [path.name for path, html in pages.items() if "repository:" in html] == []
    chapter = pages[local_site / "book" / "ttest.html"]
    assert "ttest.ipynb" in chapter
    assert "index.html#how-to-run-it" in chapter
