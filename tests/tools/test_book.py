"""The site is built anew, and what an earlier build left is used while it can still be true."""

import re
import shutil
import sys

import pytest

import tasks
from tools.book import VARIABLES, build_command


@pytest.fixture
def build(project, tool, monkeypatch):
    """Return what builds a site, and says which of what earlier builds have kept was there."""
    work = project.BUILD / "work" / "_build"
    code = f"""if True:
        import pathlib, sys
        folder = pathlib.Path({str(work)!r})
        (folder / "html").mkdir()
        for name in (".doctrees", ".jupyter_cache"):
            print(name if (folder / name).exists() else "")
            (folder / name).mkdir(exist_ok=True)
        sys.exit(int(sys.argv[1]))"""

    def build(*, exit_code=0, **options):
        command = [sys.executable, "-c", code, str(exit_code)]
        monkeypatch.setattr(tool("book"), "build_command", lambda *_: command)
        if exit_code:
            with pytest.raises(SystemExit):
                project.main(["--no-lock", "book"])
        else:
            tool("book").build_book(sys.executable, **options)
        return (work.parent / "build.log").read_text(encoding="utf-8").split()

    return build


def change(path, text="changed"):
    """Add a line to a file, which need not be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n# {text}\n")


def test_pages_are_known_while_only_their_texts_change(project, build):
    assert build() == []
    for path in (
        *("_build/x.md", "book/page.md", "tests/x.py", "dist/x.md", "website/__pycache__/x"),
        *("submissions/ada.ipynb", "spring class/ada.zip"),
    ):
        change(project.ROOT / path)
        assert build() == [".doctrees", ".jupyter_cache"], path


CHANGES = (
    "book/new.md",
    "local/new.md",
    "local/passages.yml",
    "book/references.bib",
    "book/_static/new/new.svg",
    "course.yml",
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "homework/homework.md",
    "homework_tools/new.py",
    "website/words/new.mjs",
    "website/extensions/blocks/built.py",
    "tools/site_address.py",
)


def test_all_pages_are_read_when_something_else_changes(project, build, monkeypatch):
    build()
    for path in CHANGES:
        change(project.ROOT / path)
        assert build() == [".jupyter_cache"], path
    (project.ROOT / "book" / "new.md").unlink()
    assert build() == [".jupyter_cache"]
    for name in ("SITE_URL", "GITHUB_REPOSITORY", "WITHOUT_PYTHON"):
        monkeypatch.setenv(name, "https://book.example.org")
        assert build() == [".jupyter_cache"], name


def test_variables_that_the_site_asks_for_are_watched():
    texts = [path.read_text(encoding="utf-8") for path in (tasks.ROOT / "website").rglob("*.py")]
    found = set(re.findall(r'environ(?:ment)?(?:\.get\(|\[)"(\w+)"', "".join(texts)))
    assert {"SITE_URL", "GITHUB_REF_TYPE", "WITHOUT_PYTHON"} < found
    where = {"XDG_CACHE_HOME", "CHROMIUM", "MPLCONFIGDIR"}  # these change no page
    assert [name for name in found - where if not name.startswith(VARIABLES)] == []


def test_all_pages_are_read_after_a_build_that_failed(build):
    build()
    build(exit_code=1)
    assert build() == [".jupyter_cache"]


FACE = "website/extensions/finish/text_fonts.py"  # of the figures


@pytest.mark.parametrize("changed", ["rnaseq_hw/ttest.py", "requirements.lock", FACE])
def test_cached_outputs_are_dropped_when_what_they_depend_on_changes(project, build, changed):
    build()
    change(project.ROOT / changed)
    assert build() == []


def test_fresh_build_drops_cached_outputs(build):
    build()
    assert build(fresh=True) == []


def test_build_for_another_builder_drops_the_pages_as_they_were_read(project, tool, build):
    build()
    tool("book").sweep(project.BUILD / "work" / "_build", keep_cache=True)
    assert build() == [".jupyter_cache"]


def test_failed_build_keeps_the_last_good_site_and_its_reports(project, tool, monkeypatch, capsys):
    reports = tool("book").REPORTS
    project.SITE.mkdir(parents=True)
    (project.SITE / "index.html").write_text("the last good one", encoding="utf-8")
    work = project.BUILD / "work" / "_build" / "html" / "reports" / "book"
    failing = f"import os; os.makedirs({str(work)!r}); open({str(work / 'x.err.log')!r}, 'w')"
    command = [sys.executable, "-c", f"{failing}; raise SystemExit(3)"]
    monkeypatch.setattr(tool("book"), "build_command", lambda *_: command)
    with pytest.raises(SystemExit) as stop:
        project.main(["--no-lock", "book"])
    assert stop.value.code == 1
    assert (project.SITE / "index.html").read_text(encoding="utf-8") == "the last good one"
    assert str(reports / "book" / "x.err.log") in capsys.readouterr().out


def test_site_that_can_not_be_removed_is_not_mixed_with_the_new_one(project, build, monkeypatch):
    build()
    rmtree = shutil.rmtree

    def refuse(path, ignore_errors=False):
        if path != project.SITE:
            return rmtree(path, ignore_errors)
        if not ignore_errors:
            raise PermissionError("in use")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(SystemExit, match=r"could not be replaced \(in use\): close what shows it"):
        build()
    assert not (project.SITE / "html").exists()


def test_build_command_turns_every_warning_into_an_error():
    command = build_command("source", "output")
    assert command[0] == sys.executable
    assert {"-n", "-W", "--keep-going"} <= set(command)
