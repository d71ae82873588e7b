"""A course of its own, made as README.md says: a small book with another name, date and color."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import tasks
from homework_tools.master.course import Course
from tools.environment import read

HEALTHY = tasks.ROOT / "tests" / "website" / "extensions" / "healthy"
TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/ttest
  - file: book/left_out
  - file: book/homework
  - file: book/homework_here
  - file: book/solutions
"""
SETTINGS = """\
course: BIO 312 Genomics
title: Genes and chance
author: Ada Lovelace
institution: Example University
term: Spring 2027
language: en-GB
repository: https://github.com/ada/genes
due: 2027-03-03 12:00 +01:00
color_light: "#7a1f5c"
color_dark: "#f0a0d0"
chapters_off: [left_out]
"""
LEFT_OUT = "(of-what-is-off)=\n# A chapter that is off\n\nNobody reads it.\n"
LINKS = "[the words](left_out.md), [](left_out.md) and {ref}`other words <of-what-is-off>`."
HEADER = read(HEALTHY / "book" / "ttest.md").partition("\n(ttest)=")[0] + "\n"
LOCAL = {
    "rooms.md": f"{HEADER}# Rooms\n\nWe meet in room `5`: "
    "![A map of the campus, with that room in the red building by the river](map.png)\n\n"
    "```{code-cell} ipython3\nsum([2, 3])\n```\n",
    "announcement.md": "No class **on Friday**: see [Rooms](rooms.md).\n",
    "passages.yml": "- page: index\n  find: so a number such as 60 may be typed here\n"
    "  write: and this sentence is ours\n",
}
PACKED = ("README.md", "LICENSE")  # the package's wheel holds them
TOP = ("tasks.py", "_config.yml", "requirements.lock", "pyproject.toml", "CITATION.cff", *PACKED)
BOOK = Course()
# What the book says of itself, wherever a course of its own must say something else.
OLD = (BOOK.title, BOOK.author, BOOK.repository, "2 February 2026", "2026-02-02", "seed=44",
       "Project name not set", "Nobody reads it.")  # fmt: skip


def make_fork(folder: Path) -> None:
    """Copy what the project needs, with a small book, and make it a course of its own."""
    shutil.copytree(HEALTHY / "book", folder / "book")
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name in TOP:
        shutil.copy(tasks.ROOT / name, folder)
    for name in ("homework.md", "homework_here.md", "solutions.md", "matplotlibrc"):
        shutil.copy(tasks.ROOT / "book" / name, folder / "book")
    shutil.copytree(tasks.ROOT / "book" / "_static", folder / "book" / "_static")
    for name in ("website", "homework_tools", "rnaseq_hw", "homework", "tools"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(tasks.ROOT / name, folder / name, ignore=ignored)
    (folder / "course.yml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    (folder / "book" / "left_out.md").write_text(LEFT_OUT, encoding="utf-8")
    cover = folder / "book" / "index.md"
    cover.write_text(f"{read(cover)}\n{LINKS}\n\n```{{book-citation}}\n```\n", encoding="utf-8")
    (folder / "local").mkdir()
    for name, text in LOCAL.items():
        (folder / "local" / name).write_text(text, encoding="utf-8")
    shutil.copy(tasks.ROOT / ".github" / "site.png", folder / "local" / "map.png")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, those inside of zips as well.

    The package's wheel and the license of the code keep the names of those who wrote them.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".whl" and path.name != "LICENSE":
            name, content = path.relative_to(folder).as_posix(), path.read_bytes()
            found[name] = content
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    found |= {f"{name}/{each}": packed.read(each) for each in packed.namelist()}
    return found


def traces(files: dict[str, bytes], credit: re.Pattern) -> list[tuple[str, str]]:
    """Return where something of the old course is, but the credit: the file and the words."""
    kept = {name: credit.sub(b"", content) for name, content in files.items()}
    return [(name, old) for name in kept for old in OLD if old.encode() in kept[name]]
