"""A small book that breaks no rule, copied for each test that plants a fault in it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pytest
from filelock import FileLock

from tests.website.builds import run_build
from tools.book import build_command
from tools.environment import environment

ROOT = Path(__file__).parents[3]
HEALTHY = Path(__file__).parent / "healthy"
LAB = ":::{lab} volcano\n:figure: fig-line\nTouch it.\n:::\n"
FORK = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "ada/fork",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_REF_NAME": "spring",
    "GITHUB_HEAD_REF": "",
}


@dataclass(frozen=True)
class Build:
    """What a build of a book left."""

    exit_code: int
    output: str
    html: Path


@dataclass(frozen=True)
class Book:
    """A book in a folder of its own."""

    folder: Path

    def copy_chapter(self, name: str) -> None:
        """Add a copy of the chapter, whose labels are those of the first until `own_labels`."""
        shutil.copy(self.folder / "book" / "ttest.md", self.folder / "book" / f"{name}.md")
        with (self.folder / "_toc.yml").open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"  - file: book/{name}\n")

    def own_labels(self, name: str) -> None:
        """Give a copied chapter labels that no other has; no line moves."""
        path = self.folder / "book" / f"{name}.md"
        text = path.read_text(encoding="utf-8").replace("(ttest)=", f"({name})=")
        text = text.replace("(#ttest)", f"(#{name})")
        text = re.sub(r"(?<!#)fig-line", f"fig-{name}", text).replace("ex-ttest", f"ex-{name}")
        path.write_text(text, encoding="utf-8", newline="\n")

    def plant(self, old: str, new: str, chapter: str = "ttest") -> int:
        """Replace a text that a chapter holds once; return the line of the new one."""
        path = self.folder / "book" / f"{chapter}.md"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the chapter"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return text[: text.index(old)].count("\n") + 1

    def build(self, **variables: str) -> Build:
        """Build the book as the gate does, strict; what an earlier build has read is known."""
        out = self.folder / "_build"  # Sphinx looks for no page there
        with shared_outputs(out / "_build" / ".jupyter_cache"):
            command = build_command(self.folder, out)
            ended = run_build(command, self.folder, {**environment(), **variables})
        return Build(*ended, out / "_build" / "html")


@contextmanager
def shared_outputs(cache: Path) -> Iterator[None]:
    """Let one build of all test processes run the healthy chapter; the next take its outputs.

    Each font is made once as well: its name says what it follows from.
    """
    shared = Path(os.environ["SHARED_OUTPUTS"])
    fonts, ran = shared / "finished", shared / "executed"
    fonts.mkdir(parents=True, exist_ok=True)
    without_fonts = shutil.ignore_patterns("finished")
    with FileLock(f"{shared}.lock"):
        first = not ran.exists()
        if not cache.exists():
            shutil.copytree(shared, cache, ignore=without_fonts)
            with suppress(OSError):  # Windows asks for a right
                (cache / "finished").symlink_to(fonts, target_is_directory=True)
        if first:
            yield
            if (cache / "executed").exists():
                shutil.copytree(cache, shared, ignore=without_fonts, dirs_exist_ok=True)
    if not first:
        yield


def copy_healthy_book(folder: Path) -> Book:
    """Copy the healthy book with the repository's own settings and extensions."""
    shutil.copytree(HEALTHY, folder)
    shutil.copy(ROOT / "_config.yml", folder)
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    for package in ("website", "homework_tools"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    return Book(folder)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A copy of the healthy book that the test may spoil."""
    return copy_healthy_book(tmp_path / "book")


@pytest.fixture
def chapter_text() -> str:
    """The text of the healthy chapter."""
    return (HEALTHY / "book" / "ttest.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fork_site(tmp_path_factory) -> Build:
    """The healthy book and a chapter with a lab, built once for a module, in the CI of a fork."""
    book = copy_healthy_book(tmp_path_factory.mktemp("fork") / "book")
    book.copy_chapter("with_lab")
    book.plant("The sum is {glue", f"{LAB}\nThe sum is {{glue", chapter="with_lab")
    book.own_labels("with_lab")
    for name in ("hw[1].ipynb", normalize("NFD", "Zoë.ipynb")):  # as browsers and macOS call them
        path = book.folder / "submissions" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    return book.build(**FORK)
