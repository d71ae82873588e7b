"""A class is graded in a second language: what students and instructors read is in no other."""

import csv
import re
import shutil

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup

from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading import grade
from homework_tools.grading.many.kept_results import code_key, grading_key
from homework_tools.grading.many.one import Setting, grade_one
from homework_tools.grading.submission import answer, read_submission
from homework_tools.master.read import MASTER, read_master
from homework_tools.words.catalogues import words_of
from homework_tools.words.translator import now, speaking
from tests.homework_tools.submissions import EMPTY, QUICK, file_with_cells, notebook, put
from tests.website.words.pseudo import quote, unquoted
from website.words.extract import site_messages

CODE = re.compile(r"`[^`]*`")
WRONG = """\
def filter_genes(df_expr, max_missing=0.8):
    return unknown_name
def group_mean_differences(expr, meta, column="group"): return None
def top_genes(results, n=10): raise NotImplementedError()
def count_true_genes(top, path="ShiftedGenes.csv"): raise KeyError("x")
def error_rate(results, true_genes, alpha=0.05): import socket"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the path of a master whose course is in the quoted language."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(MASTER.parent, folder / "homework")
    (folder / "course.yml").write_text("language: de\n", encoding="utf-8")
    path = folder / "local" / "locales" / "de" / "LC_MESSAGES" / "site.po"
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale="de")
    for message in site_messages():
        if message.id:
            catalogue.add(message.id, None, context=message.context)
    with path.open("wb") as file:
        write_po(file, quote(catalogue))
    return folder / "homework" / MASTER.name


def by_the_author(master):
    """Return the words of the homework's author, and of the students, which a report repeats."""
    sections = master.path.with_name("sections.yml").read_text(encoding="utf-8")
    titles = " ".join(cell.title for cell in master.cells)
    names = "alice bob carol dan erin frank gina class RNA did not take the n smallest values"
    return {*re.findall(r"[^\W\d_]+", f"{sections} {titles} {names}")}


def test_a_class_is_graded_in_the_language_of_its_course(course, folder):
    master = read_master(course)
    put(folder / "in", "erin.ipynb", file_with_cells(master, WRONG))
    put(folder / "in", "frank.ipynb", file_with_cells(master))
    put(folder / "in", "gina.txt", b"x")
    put(folder / "in", "class.csv", b"")
    out = folder / "out"
    grade.main([str(folder / "in"), "--out", str(out), "--master", str(course)])
    assert now.compiled == b""  # the next one in this process speaks English
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        flags = [row["flags"] for row in csv.DictReader(file)]
    texts = {path.name: path.read_text(encoding="utf-8") for path in out.rglob("*.md")}
    texts["flags"] = "\n".join(flags)
    for name in ("mark.html", "similar.html"):
        page = BeautifulSoup((out / name).read_text(encoding="utf-8"), "html.parser")
        assert page.html["lang"] == "de"
        for each in page.select("script, style, pre, kbd"):
            each.decompose()
        spoken = [each["aria-label"] for each in page.select("[aria-label]")]
        texts[name] = " ".join([page.get_text(" "), *spoken])
    assert len(texts) == 12
    assert r'"\u00abnot marked yet\u00bb"' in (out / "mark.html").read_text(encoding="utf-8")
    known = by_the_author(master)
    found = {name: unquoted(CODE.sub(" ", text), known) for name, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_another_process_grades_in_the_same_language(course, sandbox):
    master = read_master(course)
    words = words_of(master.settings)
    setting = Setting(master, sandbox.kind, QUICK, code_key(), words)
    with speaking(b""):  # as a process begins
        record = grade_one(setting, read_submission("a.ipynb", EMPTY)).record
    assert record["tests"][0]["feedback"].startswith("«find_shifted_genes is not defined")


def test_an_answer_is_found_below_its_line_in_the_language_of_the_course(course):
    master = read_master(course)
    with speaking(words_of(master.settings)):
        cells = [dict(cell) for cell in student_notebook(master).cells]
        given = {cell["source"] for cell in cells}
        place = next(n for n, each in enumerate(cells) if "«**Your answer" in each["source"])
        cells[place]["source"] = cells[place]["source"].replace("«*Write", "By a factor. «*Write")
        cells[place]["metadata"] = {}  # as an editor may leave it
        found = answer(read_submission("a.ipynb", notebook(cells)), "1a", given)
    assert found == "By a factor."


def test_what_is_kept_in_one_language_is_not_taken_for_another(master, course, sandbox):
    before = grading_key(master, sandbox)
    with speaking(words_of(read_master(course).settings)):
        assert grading_key(master, sandbox) != before


def test_a_section_is_called_as_the_translated_chapter_calls_it(course):
    chapter = course.parents[1] / "local" / "locales" / "de" / "LC_MESSAGES" / "book" / "ttest.po"
    chapter.parent.mkdir()
    catalogue = Catalog(locale="de")
    catalogue.add("Part 4.1: Test each gene", "Teil 4.1: Jedes Gen wird getestet")
    catalogue.add("The top ten", "Die zehn Gene")
    with chapter.open("wb") as file:
        write_po(file, catalogue)
    master = read_master(course, site="https://x.org")
    address = "https://x.org/book/ttest.html#the-top-ten"  # Sphinx keeps the place's name
    assert master.section("4b") == f"[Teil 4.1, “Die zehn Gene”]({address})"


def test_a_title_says_what_is_right_in_the_words_of_its_language(course):
    text = course.read_text(encoding="utf-8")
    course.write_text(
        text.replace("title: keeps the right", "title: Die richtigen"), encoding="utf-8"
    )
    assert "Die richtigen" in " ".join(cell.title for cell in read_master(course).cells)
