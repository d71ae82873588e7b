"""The announcement's links lead to pages of the book, to places in them, and to other sites."""

import pytest

from website.extensions.course.announcement import rendered


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
