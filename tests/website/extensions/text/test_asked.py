"""A page is read again when a text says something else: its own, or one of which it says more."""

from types import SimpleNamespace

import pytest

from website.extensions.landing.course_path import said_by
from website.extensions.text import asked

CHAPTER = "# A title\n\nQuestion\n: Why?\n\nTime\n: about 20 minutes\n\nA sentence.\n"


@pytest.fixture
def env(tmp_path):
    """Return what Sphinx knows after it has read a chapter, and an index that shows it."""
    names = ("index", "chapter")
    for name in names:
        (tmp_path / f"{name}.md").write_text(CHAPTER, encoding="utf-8")
    env = SimpleNamespace(
        docname="index",
        found_docs={*names},
        metadata={name: {} for name in names},
        doc2path=lambda name: tmp_path / f"{name}.md",
    )
    for name in names:
        asked._note_text(SimpleNamespace(env=env), name, [CHAPTER])
    assert asked.ask(env, "chapter", said_by) == ("A title", "Why?", 20)
    return env


def read_again(env):
    """Return the pages that are read again; Sphinx itself has seen no change."""
    return sorted(asked._read_again(None, env, set(), set(), set()))


def test_nothing_is_read_again_when_nothing_has_changed(env):
    assert read_again(env) == []


@pytest.mark.parametrize(
    ("old", "again"),
    [
        ("A sentence", ["chapter"]),
        ("A title", ["chapter", "index"]),
        ("Why", ["chapter", "index"]),
        ("20", ["chapter", "index"]),
    ],
)
def test_page_is_read_again_when_it_would_show_something_else(env, old, again):
    env.doc2path("chapter").write_text(CHAPTER.replace(old, "30"), encoding="utf-8")
    assert read_again(env) == again


def test_page_that_shows_one_that_is_gone_is_read_again(env):
    env.found_docs.remove("chapter")
    assert read_again(env) == ["index"]


def test_new_page_is_read(env):
    env.found_docs.add("new")
    env.doc2path("new").write_text("# New\n", encoding="utf-8")
    assert read_again(env) == ["new"]


def test_line_ends_of_another_system_are_no_change(env):
    text = "\ufeff" + CHAPTER.replace("\n", "\r\n")
    env.doc2path("chapter").write_bytes(text.encode())
    assert read_again(env) == []
