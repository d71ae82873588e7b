"""The healthy book builds, and its pages have the buttons, notebooks and files they promise."""

import json
import os
import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from tests.website.extensions.conftest import FORK, Book


@pytest.fixture
def page(fork_site):
    return (fork_site.html / "book" / "ttest.html").read_text(encoding="utf-8")


@pytest.fixture
def index(fork_site):
    return (fork_site.html / "book" / "index.html").read_text(encoding="utf-8")


def links(html):
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', html)]


def test_healthy_book_builds(fork_site):
    assert fork_site.exit_code == 0, fork_site.output
    assert "WARNING" not in fork_site.output


def test_buttons_of_a_fork_point_to_the_fork(page):
    outside = [link for link in links(page) if link.startswith("http")]
    assert "https://github.com/ada/fork/edit/spring/book/ttest.md" in outside
    assert (
        "https://mybinder.org/v2/gh/ada/fork/notebooks?urlpath=lab/tree/book/ttest.ipynb" in outside
    )
    assert "https://codespaces.new/ada/fork/tree/notebooks" in outside
    assert any(link.startswith("https://github.com/ada/fork/issues/new?title=") for link in outside)
    assert not any("example/rnaseq-hw" in link for link in outside)


def test_page_without_cells_has_no_launch_and_no_notebook(index, fork_site):
    assert not any("mybinder" in link or link.endswith(".ipynb") for link in links(index))
    assert not (fork_site.html / "_sources" / "book" / "index.ipynb").exists()


@pytest.mark.parametrize("suffix", [".ipynb", ".md"])
def test_downloads_are_there(page, fork_site, suffix):
    (link,) = [link for link in links(page) if "_sources" in link and link.endswith(suffix)]
    assert (fork_site.html / "book" / link).resolve().is_file()


def test_downloaded_notebook_runs_from_top_to_bottom(fork_site, tmp_path):
    path = fork_site.html / "_sources" / "book" / "ttest.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    text = json.dumps([cell.source for cell in notebook.cells], ensure_ascii=False)
    for markup in ("{glue", "{term", "{numref", "{cite", "{doc", "{{", ":::"):
        assert markup not in text
    assert "Welch (1947)" in text
    assert "The sum is 399600.0" in text
    assert "MIT" in notebook.cells[0].source
    assert "https://ada.github.io/fork/book/ttest.html" in notebook.cells[0].source
    NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}).execute()


def test_quiz_shows_values_code_and_formulas_and_marks_the_right_option(page):
    quiz = page[page.index('<div class="quiz" id="quiz-book-ttest-1">') :].partition("</details>")[
        0
    ]
    wrong, right = re.findall(r"<label.*?</label>", quiz, flags=re.S)
    assert ">399600.0<" in wrong
    assert "<math><mrow><mn>1</mn><mo>+</mo><mn>2</mn></mrow></math>" in right
    assert re.findall(r'<li class="(\w+)"><p><strong>(.*?)</strong> ', quiz) == [
        ("wrong", "Not right."),
        ("right", "Right."),
    ]
    assert '<div class="highlight-python' in quiz.partition('<li class="right">')[2]
    assert "hidden" in re.search(r"<button[^>]*>", quiz)[0]


def test_prediction_reveals_its_second_half_only(page):
    box = re.search(r'<p class="admonition-title">Is <em>it.*?</div>', page, re.S)[0]
    asked, _, revealed = box.partition('<details class="reveal">')
    assert "Is <em>it</em> larger?" in asked
    assert "399600.0" not in asked
    assert "399600.0" in revealed


def test_script_and_style_of_quizzes_are_loaded_where_there_are_any(page, index, fork_site):
    for name in ("quiz.js", "quiz.css"):
        assert (fork_site.html / "_static" / name).is_file()
        assert f"_static/{name}" in page
        assert f"_static/{name}" not in index


def test_quiz_in_the_notebook_keeps_its_answers_closed(fork_site):
    path = fork_site.html / "_sources" / "book" / "ttest.ipynb"
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    asked, _, answers = text.partition("**Check yourself**")[2].partition(
        "<summary>Answers</summary>"
    )
    assert "- **A.** It is 399600.0.\n- **B.** It is `3`, or $1 + 2$." in asked
    assert "- **B. Right.**\n\n  So says Python:" in answers.partition("</details>")[0]


def test_lab_loads_its_files_on_its_page_alone(fork_site):
    pages = fork_site.html.rglob("*.html")
    names = [path.name for path in pages if "lab/lab.js" in path.read_text(encoding="utf-8")]
    assert names == ["with_lab.html"]


def test_icons_weigh_little_and_their_script_is_gone(page, fork_site):
    assert "fontawesome.js" not in page
    fonts = [path for path in fork_site.html.rglob("*") if path.name.startswith("fa-")]
    assert {path.suffix for path in fonts} == {".woff2"}
    assert sum(path.stat().st_size for path in fonts) < 20_000


def test_launch_menu_leads_to_the_table_of_ways(page):
    menu = page.partition("dropdown-launch-buttons")[2].partition("</ul>")[0]
    assert links(menu)[-1] == "index.html#how-to-run-it"


def test_fork_names_its_own_address(page):
    assert '<link rel="canonical" href="https://ada.github.io/fork/book/ttest.html"' in page


def files_of(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_page_that_changed_is_read_again_and_the_site_is_that_of_a_first_build(fork_site):
    """The dates of files say nothing: what a branch or a copy brings back may be old."""
    book, first = Book(fork_site.html.parents[2]), files_of(fork_site.html)
    chapter = book.folder / "book" / "ttest.md"
    for old, new in [("The sum is", "In all it is"), ("In all it is", "The sum is")]:
        shutil.rmtree(fork_site.html)
        book.plant(old, new)
        os.utime(chapter, (0, 0))
        again = book.build(**FORK)
        assert "0 added, 1 changed, 0 removed" in again.output, again.output
        assert new in (again.html / "book" / "ttest.html").read_text(encoding="utf-8")
    second = files_of(again.html)
    assert second.keys() == first.keys()
    assert [path for path, content in first.items() if second[path] != content] == []
