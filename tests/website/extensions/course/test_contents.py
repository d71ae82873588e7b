"""A chapter that is off is in no menu; one that others need can't be."""

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ConfigError

from website.extensions.course.contents import _set_contents, labels_of, needs, with_local, without

PARTS = {
    "root": "i",
    "parts": [
        {"caption": "One", "chapters": [{"file": "a"}]},
        {"caption": "Two", "chapters": [{"file": "b"}, {"file": "c"}]},
    ],
}


def test_a_part_without_chapters_is_gone():
    left = without(PARTS, {"a", "c"})
    assert left == {"root": "i", "parts": [{"caption": "Two", "chapters": [{"file": "b"}]}]}


def test_own_pages_come_last():
    assert with_local(PARTS, ["local/x"], "BIO")["parts"][2] == {
        "caption": "BIO",
        "chapters": [{"file": "local/x"}],
    }
    flat = {"root": "i", "chapters": [{"file": "a"}]}
    assert with_local(flat, ["local/x"], "BIO")["chapters"] == [{"file": "a"}, {"file": "local/x"}]
    assert with_local(PARTS, [], "BIO") is PARTS


def test_labels_of_sections_figures_equations_and_exercises_are_known():
    text = "(here)=\n# A\n    name: fig-x\n:label: ex-y\n$$\na\n$$ (eq-z)\nname this\n"
    assert labels_of(text) == {"here", "fig-x", "ex-y", "eq-z"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[its words](b.md) and {ref}`words <there>`", ""),
        ("{numref}`there` shows", "it shows the number of `there`"),
        ("by {eq}`there`", "it shows the number of `there`"),
        (":figure: b.md#fig", "its live figure is borrowed from there"),
        ("a {term}`p-value`", "what it shows by term is there"),
    ],
)
def test_a_page_needs_what_words_cannot_replace(text, why):
    other = "(there)=\n# B\n```{glossary}\n```\n"
    assert needs(text, "book/a", "book/b", other) == why


def test_what_opens_the_homework_needs_its_page():
    text, other = "{door}`download it <notebook>`", "# B\n```{homework-handout}\n```\n"
    assert needs(text, "book/a", "book/b", other) == "what it shows by door is there"
    assert needs(text, "book/a", "book/c", "# C\n") == ""


@pytest.fixture
def app(tmp_path):
    """Return what the extension asks of a build of a small book."""
    (tmp_path / "book").mkdir()
    toc = "root: book/i\nchapters: [{file: book/a}, {file: book/b}]\n"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    pages = {"i": "# I\n[A](a.md)", "a": "(a)=\n# A title", "b": "# B\n:figure: a.md#f"}
    for name, text in pages.items():
        (tmp_path / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    config = SimpleNamespace(external_toc_path="_toc.yml")
    return SimpleNamespace(srcdir=tmp_path, doctreedir=tmp_path / "trees", config=config)


def setting(app, text):
    (app.srcdir / "course.yml").write_text(text, encoding="utf-8")
    _set_contents(app, app.config)


def test_without_settings_the_table_of_contents_stays_the_file(app):
    setting(app, "")
    assert app.config.external_toc_path == "_toc.yml"
    assert app.config.left_out == {}


def test_what_is_off_keeps_its_title_and_labels_for_the_links(app):
    setting(app, "chapters_off: [a, b]")
    assert app.config.left_out == {"book/a": "A title", "book/b": "B"}
    assert app.config.left_out_labels == {"a"}
    with open(app.config.external_toc_path, encoding="utf-8") as toc:
        assert toc.read() == "root: book/i\nchapters: []\n"


@pytest.mark.parametrize(
    ("off", "words"),
    [
        ("[bb]", "there is no chapter `bb`: did you mean `b`?"),
        ("[i]", "there is no chapter `i`: there are a, b"),
        ("[a]", "`a` can't be off while book/b.md is on, since its live figure is borrowed"),
    ],
)
def test_unknown_and_needed_chapters_are_refused_with_the_line(app, off, words):
    with pytest.raises(ConfigError, match=rf"^course\.yml:2: .*{re.escape(words)}"):
        setting(app, f"term: Fall\nchapters_off: {off}")


def test_own_pages_come_in_the_order_of_their_names(app):
    (app.srcdir / "local").mkdir()
    for name in ("week-2", "announcement", "week"):
        (app.srcdir / "local" / f"{name}.md").write_text("# A page", encoding="utf-8")
    (app.srcdir / "local" / "._week.md").write_bytes(b"\0\xb0")  # macOS makes it on some disks
    setting(app, "")
    with open(app.config.external_toc_path, encoding="utf-8") as toc:
        assert re.findall("local/(.*)", toc.read()) == ["week", "week-2"]


def test_own_text_in_another_encoding_is_refused_with_its_line(app):
    (app.srcdir / "local").mkdir()
    (app.srcdir / "local" / "announcement.md").write_bytes(b"Welcome\nZo\xeb\n")
    with pytest.raises(ConfigError, match=r"^local/announcement\.md:2: not in UTF-8; save it so"):
        setting(app, "")


def test_chapter_in_another_encoding_is_refused_with_its_line(app):
    (app.srcdir / "book" / "b.md").write_bytes(b"# B\n\nZo\xeb\n")
    with pytest.raises(ConfigError, match=r"^book/b\.md:3: not in UTF-8; save it so"):
        setting(app, "")


@pytest.mark.parametrize("off", ["", "chapters_off: [b]"])
def test_chapter_that_is_not_there_is_left_to_sphinx(app, off):
    (app.srcdir / "book" / "b.md").unlink()
    setting(app, off)


def test_mark_that_an_editor_puts_before_a_chapter_hides_no_label(app):
    page = app.srcdir / "book" / "a.md"
    page.write_text("(a)=\n# A title", encoding="utf-8-sig")
    setting(app, "chapters_off: [a, b]")
    assert app.config.left_out_labels == {"a"}
