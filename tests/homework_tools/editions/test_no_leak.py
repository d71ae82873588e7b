"""Nothing secret reaches a student: not by the notebook, the site, or its index.

The whole site, whose solutions are hidden, is searched in `tests/project/test_site.py`; here is a
small one with the pages of the homework, whose solutions are released, and leaked.
"""

import gzip
import html
import json
import re
import shutil
import zipfile
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

import tasks
from homework_tools.editions.leaks import find_leaks, grading_secrets, solution_secrets
from homework_tools.editions.make import write_student_edition
from homework_tools.master.read import read_master
from homework_tools.master.sections import without_addresses
from tests.homework_tools.submissions import leaks_of, secret_answers
from tests.website.builds import run_build
from tools.book import build_command
from tools.environment import environment, read
from website.extensions.blocks.homework import site_master

TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/homework
  - file: book/homework_here
  - file: book/solutions
"""
PAGES = [f"book/{name}.md" for name in ("homework", "homework_here", "solutions")]


@pytest.fixture(scope="module")
def released(tmp_path_factory, master):
    """Return a small site with released solutions; its first page leaks one, colored, in spans."""
    folder = tmp_path_factory.mktemp("released")
    for name in ("website", "homework_tools", "homework", "book/_static"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(tasks.ROOT / name, folder / name, ignore=ignored)
    for name in ("_config.yml", "book/references.bib", *PAGES):
        shutil.copy(tasks.ROOT / name, folder / name)
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    (cell,) = master.code("solution", "2")
    page = "# Start\n\nDue {{ due_date }}, seed {{ seed }}.\n\n"
    page += f"```python\n{cell.source}\n```\n"
    (folder / "book" / "index.md").write_text(page, encoding="utf-8")
    course = re.sub(r"(?m)^(solutions|chapters_off):.*", "", read(tasks.ROOT / "course.yml"))
    (folder / "course.yml").write_text(f"{course}\nsolutions: released\n", encoding="utf-8")
    code, said = run_build(build_command(folder, folder / "out"), folder, environment())
    assert code == 0, said[-6000:]
    return folder / "out" / "_build" / "html"


@pytest.fixture(scope="module")
def secrets(master):
    return solution_secrets(master) + grading_secrets(master) + secret_answers()


def test_there_is_much_to_keep_secret(master):
    for cell in master.code("solution"):
        lines = [line.strip() for line in cell.source.split("\n")]
        assert set(lines) & set(solution_secrets(master)), f"nothing of question {cell.question}"
    for cell in master.code("hidden-test"):
        lines = [line.strip() for line in cell.source.split("\n")]
        assert set(lines) & set(grading_secrets(master)), f"nothing of the test {cell.title!r}"
    assert len(solution_secrets(master)) > 40
    assert len(grading_secrets(master)) > 40


def test_student_edition_holds_no_secret(master, secrets, tmp_path):
    assert len(write_student_edition(master, tmp_path)) == 2
    assert find_leaks(secrets, tmp_path) == []


def test_page_of_hidden_solutions_says_when_they_come(built_site, master):
    if master.settings.solutions != "hidden":
        pytest.skip("this course has released them")
    text = (built_site / "book" / "solutions.html").read_text(encoding="utf-8")
    assert "The solutions appear here when your instructor releases them." in text
    article = text.partition("<article")[2].partition("</article>")[0]
    assert master.settings.due_date not in article  # the date may have passed long ago


def test_due_date_and_seed_come_from_the_front_matter(released, master):
    text = (released / "book" / "index.html").read_text(encoding="utf-8")
    assert f"Due {master.settings.due_date}, seed {master.settings.seed}." in text


def test_handout_has_the_due_date_and_a_notebook_to_download(released, master, tmp_path):
    text = (released / "book" / "homework.html").read_text(encoding="utf-8")
    assert f"Due on {master.settings.due_date} · {master.settings.points} points" in text
    links = re.findall(r'href="([^"]*_downloads/homework/[^"]*)"', text)
    assert len(links) == 2
    for link, path in zip(links, write_student_edition(master, tmp_path), strict=True):
        here, there = (
            file.read_text(encoding="utf-8") for file in (released / "book" / link, path)
        )
        assert without_addresses(here) == without_addresses(there)


def test_handout_opens_with_its_introduction(released):
    text = (released / "book" / "homework.html").read_text(encoding="utf-8")
    places = [text.index(words) for words in ("Download the notebook", "Due on", "<h2>How to work")]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def leaks(released, secrets):
    """Return each secret that the site shows, after the file that shows it."""
    top = f"{released.as_posix()}/"
    return [(file.removeprefix(top), line) for file, line in leaks_of(secrets, released)]


def test_released_site_shows_every_solution_on_its_page_and_a_leak_in_every_copy(leaks, master):
    """So the search can fail: it finds what another page shows, in its HTML and in its source."""
    pages = {"book/solutions.html", "book/index.html", "_sources/book/index.md"}
    assert {file for file, _ in leaks} == pages
    solutions = {line for file, line in leaks if file == "book/solutions.html"}
    assert solutions == set(solution_secrets(master))


def test_released_site_holds_no_hidden_test_and_no_rubric(leaks, master):
    assert {line for _, line in leaks} & set(grading_secrets(master)) == set()


def test_faulty_master_stops_the_build_with_its_file_and_line(planting):
    line = planting.plant("  points: ", "  points: 9")
    app = SimpleNamespace(srcdir=planting.path.parents[1])
    env = SimpleNamespace(app=app, note_dependency=lambda name: None, temp_data={})
    words = rf"^homework/homework\.md:{line}: the front matter says 9\d+ points"
    with pytest.raises(ExtensionError, match=words):
        site_master(env)


@pytest.mark.parametrize("kind", ["plain", "json", "numbers", "html", "indented", "in a log"])
def test_leak_is_found_however_it_is_written(kind, tmp_path, secrets):
    secret = next(secret for secret in secrets if '"' in secret and "<" in secret)
    text, suffix = {
        "plain": (secret, "md"),
        "json": (json.dumps({"source": [f"  {secret}\n"]}), "ipynb"),
        "numbers": ("".join(f"\\u{ord(letter):04x}" for letter in secret), "ipynb"),
        "html": ("".join(f"<i>{html.escape(letter)}</i>" for letter in secret), "html"),
        "indented": (f"\t    {secret}  ", "py"),
        "in a log": (f"line 3\n----> 3 {secret}\n", "log"),
    }[kind]
    (tmp_path / f"planted.{suffix}").write_text(f"before\n{text}\nafter", encoding="utf-8")
    assert secret in {leak for _, leak in find_leaks(secrets, tmp_path)}


@pytest.mark.parametrize("kind", ["wheel", "bundle"])
def test_leak_is_found_in_an_archive(kind, tmp_path, secrets):
    text = f"before\n{secrets[0]}\nafter".encode()
    if kind == "bundle":
        (tmp_path / "own.0123.pack").write_bytes(gzip.compress(text))
    else:
        with zipfile.ZipFile(tmp_path / "own.whl", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("rnaseq_hw/planted.py", text)
    assert secrets[0].encode() not in next(tmp_path.iterdir()).read_bytes()
    assert secrets[0] in {leak for _, leak in find_leaks(secrets, tmp_path)}


def test_other_masters_secrets_are_known_as_well(planting):
    planting.plant(
        "    names_in_file = pd.read_csv(path)",
        "    a_new_line_of_the_solution = 1\n    names_in_file = pd.read_csv(path)",
    )
    assert "a_new_line_of_the_solution = 1" in solution_secrets(read_master(planting.path))
