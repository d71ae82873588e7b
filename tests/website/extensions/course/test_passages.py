"""A passage is replaced where its words are there once, in text; else the build stops."""

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ConfigError

from website.extensions.course.passages import (
    Passage,
    _read_passages,
    page_text,
    read_passages,
    replaced,
)

TEXT = "# A\n\nOne two. Three.\n\n```{code-cell}\nx = 1\n```\n\nThree.\n"
ENTRY = "- page: book/a.md\n  find: One two.\n  write: |\n    Four\n    five.\n"


def test_passages_are_read_with_their_lines():
    passages = read_passages(f"# ours\n{ENTRY}")
    assert passages == [Passage("a", "One two.", "Four\nfive.", 2)]
    assert replaced(TEXT, passages) == TEXT.replace("One two.", "Four\nfive.")
    assert read_passages("") == []


def test_words_in_a_box_below_a_cell_are_replaced():
    text = f"{TEXT}\n:::{{note}}\nIn a box.\n:::\n"
    assert replaced(text, [Passage("a", "In a", "On a")]) == text.replace("In a", "On a")


@pytest.mark.parametrize(
    ("find", "words"),
    [
        ("Six.", "book/a.md does not hold 'Six.'"),
        ("Three.", "book/a.md holds 'Three.' 2 times"),
        ("x = 1", "the words are in a cell"),
        ("Three.\n\n```{code-cell}", "the words are in a cell"),
    ],
)
def test_words_that_can_not_be_replaced_are_refused(find, words):
    with pytest.raises(ValueError, match=rf"^local/passages\.yml:3: .*{re.escape(words)}"):
        replaced(TEXT, [Passage("a", find, "other", 3)])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("page: a", 1),
        ("- page: a\n  find: x\n", 1),
        (f"{ENTRY}- page: a\n  find: ''\n  write: b\n", 6),
        (f"{ENTRY}- page: a\n  find: x\n  write: [b]\n", 6),
        ("- page: [", 1),
        ("- page: ../README\n  find: x\n  write: y\n", 1),
        (f"{ENTRY}- page: a\n  find: x\n  write: b\n  write: c\n", 6),
        (f"{ENTRY}- page: a\n  find: x\n  [write]: b\n", 6),
    ],
)
def test_file_of_another_form_is_refused_with_its_line(text, line):
    with pytest.raises(ValueError, match=rf"^local/passages\.yml:{line}: "):
        read_passages(text)


def test_file_that_is_not_in_utf_8_is_refused_with_its_folder_and_line(tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "passages.yml").write_bytes(b"- page: a\n  find: Zo\xeb\n")
    with pytest.raises(ConfigError, match=r"^local/passages\.yml:2: not in UTF-8; save it so"):
        _read_passages(SimpleNamespace(srcdir=tmp_path), SimpleNamespace())


def test_mark_that_an_editor_puts_before_a_page_is_none_of_its_text(tmp_path):
    (tmp_path / "a.md").write_text("---\nA header\n---\n", encoding="utf-8-sig")
    env = SimpleNamespace(doc2path=lambda name: tmp_path / f"{name}.md")
    app = SimpleNamespace(env=env, config=SimpleNamespace(passages={}))
    assert page_text(app, "a").startswith("---\n")
