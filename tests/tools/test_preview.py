"""What `make serve` does at a save: one page is written, and a cell that fails is seen."""

import asyncio
import re
import shutil
import socket
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from tests.website.extensions.conftest import copy_healthy_book, shared_outputs
from tools import environment
from tools.book import execution_key
from tools.preview import book as preview
from tools.preview import server

ALWAYS = {"book/index", "genindex", "search", "404"}  # Sphinx writes the first page each time
LIMIT = 120  # seconds
CELL = "values = simulate_dataset("
BROKEN = "1 / 0\nvalues = simulate_dataset("


class Author:
    """Someone who writes the healthy book, and looks at it after each save."""

    def __init__(self, folder: Path):
        self.book = copy_healthy_book(folder / "book")
        self.book.copy_chapter("other")
        self.book.own_labels("other")
        self.site = folder / "site"
        with shared_outputs(self.site / "cache"):
            note = self.site / "execution-key.txt"
            note.write_text(execution_key(), encoding="utf-8", newline="\n")
            self.builder = server.Builder(self.book.folder, self.site)
            self.seen = [self.wait()]

    def wait(self) -> set[str]:
        """Return the pages of the next build."""
        written = self.builder.written(LIMIT)
        assert written is not None, "nothing was built"
        return set(written)

    def save(self, old: str, new: str) -> set[str]:
        """Change a chapter; return the pages that are written."""
        self.book.plant(old, new)
        self.builder.build([self.book.folder / "book" / "ttest.md"])
        return self.wait()

    def article(self) -> BeautifulSoup:
        """Return the chapter as it is shown."""
        html = (self.site / "html" / "book" / "ttest.html").read_text(encoding="utf-8")
        return BeautifulSoup(html, "html.parser").article


@pytest.fixture(scope="module")
def author(tmp_path_factory):
    """Build the book once; end the process that builds when the tests are over."""
    author = Author(tmp_path_factory.mktemp("preview"))
    yield author
    author.builder.stop()


def test_save_writes_its_own_page_and_none_of_the_others(author):
    other = author.site / "html" / "book" / "other.html"
    before = other.stat().st_mtime_ns
    assert author.save("The sum is", "The whole sum is") == {"book/ttest", *ALWAYS}
    assert "The whole sum is" in author.article().get_text()
    assert other.stat().st_mtime_ns == before
    author.save("The whole sum is", "The sum is")


def test_page_has_the_styles_and_the_icon_of_the_site(author):
    folder = author.site / "html" / "book"
    page = BeautifulSoup((folder / "ttest.html").read_text(encoding="utf-8"), "html.parser")
    named = [link["href"] for link in page.select('link[rel="stylesheet"], link[rel="icon"]')]
    assert {"custom.css", "favicon.svg"} <= {Path(each.partition("?")[0]).name for each in named}
    assert all((folder / each.partition("?")[0]).is_file() for each in named)


def test_failed_cell_shows_where_and_why_until_the_next_save(author, capfd):
    author.builder.stop()  # the next process writes to this test's terminal
    author.builder.start()
    author.wait()
    before, process = author.article(), author.builder.process
    author.save(CELL, BROKEN)
    line = author.book.folder.joinpath("book/ttest.md").read_text(encoding="utf-8")
    line = line[: line.index("1 / 0")].count("\n") + 1
    (said,) = re.findall(r"[^/]+: (?:WARNING|ERROR): .*", capfd.readouterr().err)
    assert said.startswith(f"ttest.md:{line}: ERROR: a cell of this page failed, ZeroDivisionError")
    box = author.article().select_one(".failed-cell")
    assert f"book/ttest.md, line {line}" in box.get_text()
    assert "ZeroDivisionError: division by zero" in box.get_text()
    author.save(BROKEN, CELL)
    assert author.article() == before
    assert author.builder.process is process


def test_pages_are_made_again_after_a_build_that_was_cut_off(author):
    author.builder.stop()
    (author.site / "unfinished.txt").touch()
    author.builder.start()
    assert author.wait() >= {"book/ttest", "book/other"}
    assert not (author.site / "unfinished.txt").exists()


def test_page_that_moves_is_in_the_menu_by_its_new_name(author, capfd):
    author.save("The sum is", "The whole sum is")  # Sphinx stores the menu's page with this one
    folder = author.book.folder
    moved, toc = folder / "book" / "other.md", folder / "_toc.yml"
    moved = moved.rename(moved.with_name("renamed.md"))
    text = toc.read_text(encoding="utf-8").replace("book/other", "book/renamed")
    toc.write_text(text, encoding="utf-8", newline="\n")
    author.builder.build([moved, toc])
    assert "book/renamed" in author.wait()
    page = (author.site / "html" / "book" / "index.html").read_text(encoding="utf-8")
    links = BeautifulSoup(page, "html.parser").select("nav.bd-docs-nav a")
    assert [link["href"] for link in links][1:] == ["ttest.html", "renamed.html"]
    assert "nonexisting" not in capfd.readouterr().err


def test_change_that_is_not_a_text_begins_another_process(author, monkeypatch):
    begun = []
    monkeypatch.setattr(author.builder, "stop", lambda: None)
    monkeypatch.setattr(author.builder, "start", lambda: begun.append(True))
    names = ("rnaseq_hw/gone.py", "_toc.yml", "book/gone.md", "homework/homework.md")
    for count, name in enumerate(names, start=1):
        author.builder.build([author.book.folder / name])
        assert len(begun) == count, name
    author.builder.build([author.book.folder / "book" / "4913"])  # as vim makes and removes
    assert len(begun) == len(names)


@pytest.mark.parametrize(
    ("name", "watched"),
    [
        ("book/ttest.md", True),
        ("rnaseq_hw/volcano.py", True),
        ("book/_static/look.css", True),
        ("book/.ttest.md.swp", False),
        ("book/ttest.md~", False),
        ("book/#ttest.md#", False),
        ("notebooks/ttest.ipynb", False),
        ("submissions/ada.ipynb", False),
        ("course.yml", True),
        ("local/locales/de/LC_MESSAGES/site.po", True),
        ("local/locales/de/LC_MESSAGES/site.mo", False),
        (".git/index", False),
        ("rnaseq_hw/__pycache__/volcano.pyc", False),
    ],
)
def test_only_what_can_change_the_site_is_watched(name, watched):
    assert server.is_watched(Path(name)) == watched


def test_page_that_is_looked_at_comes_first_after_a_change_of_the_package():
    pages = [f"book/{name}" for name in "abcdefgh"]
    assert preview.next_pages(pages, "book/g") == ["book/g"]
    assert preview.next_pages(pages, "search") == pages[: 2 * preview.WORKERS]


@pytest.mark.parametrize("name", ["website/lab/experiments.mjs", "_toc.yml"])
def test_pages_are_stale_when_their_labs_or_their_menu_change(tmp_path, monkeypatch, name):
    monkeypatch.setattr(preview, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("one", encoding="utf-8")
    before = preview.page_key("")
    path.write_text("two", encoding="utf-8")
    assert preview.page_key("") != before


def test_outputs_of_another_package_are_dropped_and_those_of_the_book_taken(tmp_path):
    site, folder = tmp_path / "work", tmp_path / "serve"
    (site / ".jupyter_cache").mkdir(parents=True)
    (site / ".jupyter_cache" / "output").write_text("seen")
    (site / "execution-key.txt").write_text("new")
    (folder / "cache").mkdir(parents=True)
    (folder / "cache" / "old").write_text("")
    preview.sweep(folder, "new", site)
    assert [path.name for path in (folder / "cache").iterdir()] == ["output"]
    (folder / "cache" / "mine").write_text("")
    preview.sweep(folder, "new", site)
    assert (folder / "cache" / "mine").is_file()
    (site / "execution-key.txt").write_text("newer")
    shutil.rmtree(site / ".jupyter_cache")  # as when `make book` was stopped early
    preview.sweep(folder, "newer", site)
    assert not (folder / "cache").exists()


def test_stale_page_that_was_read_as_changed_is_not_read_again(tmp_path):
    book = object.__new__(preview.Preview)
    env = SimpleNamespace(_pickled_doctree_cache={})
    app = SimpleNamespace(builder=SimpleNamespace(images={}), env=env)
    app.build = lambda: book.keys.update(chapter="new")  # Sphinx has seen that it was saved
    vars(book).update(app=app, key="new", keys={}, stale=["chapter", "index", "ttest"])
    vars(book).update(failed=set(), note=tmp_path / "note")
    book.build("index")
    assert book.stale == ["ttest"]


def test_save_during_a_build_that_fails_is_built(monkeypatch, tmp_path, capsys):
    ours, theirs = Pipe()
    builds = [lambda: ours.send("") or 1 / 0, lambda: ["book/a"]]
    book = SimpleNamespace(stale=[], build=lambda viewed: builds.pop(0)())
    monkeypatch.setattr(preview, "Preview", lambda *_: book)
    monkeypatch.setattr(preview, "gc", SimpleNamespace(disable=lambda: None))
    monkeypatch.setattr(preview, "sweep", lambda *_: None)
    worker = Thread(target=preview.work, args=(theirs, tmp_path, tmp_path, ""), daemon=True)
    worker.start()
    assert ours.poll(30)
    assert ours.recv() == ["book/a"]
    assert "ZeroDivisionError" in capsys.readouterr().err
    ours.close()
    worker.join(30)
    assert not worker.is_alive()


def test_build_ends_quietly_when_the_server_has_ended_meanwhile(monkeypatch, tmp_path, capsys):
    ours, theirs = Pipe()
    book = SimpleNamespace(stale=[], build=lambda viewed: ours.close())
    monkeypatch.setattr(preview, "Preview", lambda *_: book)
    monkeypatch.setattr(preview, "gc", SimpleNamespace(disable=lambda: None))
    monkeypatch.setattr(preview, "sweep", lambda *_: None)
    preview.work(theirs, tmp_path, tmp_path, "")
    assert capsys.readouterr().err == ""


class Ended:
    """A process that has ended, and its end of the pipe."""

    def send(self, message):
        raise BrokenPipeError

    def is_alive(self):
        return True  # it was a moment ago


def test_process_that_ends_while_a_page_is_saved_is_followed_by_another(tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(server.Builder, "start", lambda self: begun.append(True))
    monkeypatch.setattr(server.Builder, "stop", lambda self: None)
    builder = server.Builder(tmp_path, tmp_path / "site")
    builder.pipe = builder.process = Ended()
    page = tmp_path / "book" / "ttest.md"
    page.parent.mkdir()
    page.write_text("# A page\n", encoding="utf-8")
    builder.build([page])
    assert len(begun) == 2


def test_browser_is_opened_when_the_first_build_has_ended(tmp_path, monkeypatch):
    opened, builds = [], [None, ["book/a"], ["book/b"]]

    def written(seconds):
        assert len(opened) == (len(builds) == 1)
        if len(builds) == 1:
            watcher.should_exit.set()
        return builds.pop(0)

    builder = SimpleNamespace(source=tmp_path, written=written)
    watcher = server.Watcher(builder, "http://x", opens=True)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    asyncio.run(watcher._watch_builds())
    assert opened == ["http://x"]


def test_folder_that_can_not_be_watched_is_told(tmp_path, monkeypatch, capsys):
    async def refuse(*paths, **options):
        raise OSError("OS file watch limit reached")
        yield

    monkeypatch.setattr(server.watchfiles, "awatch", refuse)
    builder = SimpleNamespace(source=tmp_path, written=lambda seconds: None)
    watcher = server.Watcher(builder, "")

    async def watch():
        await watcher.watch()
        watcher.should_exit.set()

    asyncio.run(watch())
    assert "no longer sees what you save: OS file watch limit reached" in capsys.readouterr().err


def test_port_in_use_is_told_before_anything_is_built():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        with pytest.raises(SystemExit, match=f"Port {port} is in use; take another"):
            server.require_free_port(port)
