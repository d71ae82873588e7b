"""The announcement's links lead to pages of the book, to places in them, and to other sites."""

from types import SimpleNamespace

import pytest

from website.extensions.course.announcement import FILE, _announce, rendered


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("rooms.md", "<local/rooms>"),
        ("../book/ttest.md", "<book/ttest>"),
        ("../book/ttest.md#student", "<book/ttest>#student"),
        ("https://example.org/rooms.md", "https://example.org/rooms.md"),
    ],
)
def test_link_leads_where_it_says(target, address):
    html = rendered(f"See [it]({target}).", "<{}>".format)
    assert html.replace("&lt;", "<").replace("&gt;", ">") == f'See <a href="{address}">it</a>.'


def test_mark_that_an_editor_puts_before_the_text_is_not_shown(tmp_path):
    path, context = tmp_path / FILE, {}
    path.parent.mkdir()
    path.write_text("Welcome\n", encoding="utf-8-sig")
    _announce(SimpleNamespace(srcdir=tmp_path), "book/index", "page.html", context, None)
    assert context == {"theme_announcement": "Welcome"}
