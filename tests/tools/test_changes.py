"""What changed between two sites is seen, and what did not is not."""

import json

import pytest

from tools.changes import as_page, compare, summary, visible_lines

PAGE = """<body><nav>Menu of {edition}</nav><article>
<h1>Part 1<a class="headerlink" href="#">#</a></h1>
<p>{text}</p>
<ul><li><p>An item.</p></li></ul>
<table><tr><th>gene</th><th>p</th></tr><tr><td><p>G1</p></td><td>0.5</td></tr></table>
<pre>def f():
    return 1</pre>
<img src="figure.svg" alt="A line.">
<script>never("seen")</script>
</article><footer>{edition}</footer></body>"""


@pytest.fixture
def site(tmp_path):
    """Return a function that writes a site: its pages' texts by name, a picture, its numbers."""

    def write(edition, texts, picture="<svg/>", **numbers):
        folder = tmp_path / edition / "html"
        (folder / "book").mkdir(parents=True)
        for name, text in texts.items():
            page = PAGE.format(text=text, edition=edition)
            (folder / "book" / f"{name}.html").write_text(page, encoding="utf-8")
        (folder / "book" / "figure.svg").write_text(picture, encoding="utf-8")
        (folder / "numbers.json").write_text(json.dumps({"book/one": numbers}), encoding="utf-8")
        return folder

    return write


def test_reader_sees_headings_paragraphs_rows_code_and_pictures_each_once(site):
    folder = site("old", {"one": "A <b>bold</b>\n claim."})
    assert visible_lines(folder / "book" / "one.html") == [
        "Part 1",
        "A bold claim.",
        "An item.",
        "gene | p",
        "G1 | 0.5",
        "def f():",
        "    return 1",
        "[A line.] d4dc5666",
    ]


def test_another_edition_of_the_same_text_is_no_change(site):
    changes = compare(site("old", {"one": "Same."}), site("new", {"one": "Same."}))
    assert changes.listed() == {}
    assert "No page changed." in summary(changes)


def test_each_kind_of_change_is_listed_once(site):
    old = site("old", {"gone": "x", "one": "Old text.", "same": "x"}, n_called="70")
    new = site("new", {"added": "x", "one": "New text.", "same": "x"}, n_called="77")
    changes = compare(old, new)
    assert changes.listed() == {
        "New pages": ["book/added.html"],
        "Pages that are gone": ["book/gone.html"],
        "Pages with another text": ["book/one.html"],
    }
    assert "| book/one | n_called | 70 | 77 | +10 % |" in summary(changes)


def test_page_whose_picture_alone_changed_is_listed_apart(site):
    changes = compare(site("old", {"one": "Same."}), site("new", {"one": "Same."}, "<svg></svg>"))
    assert changes.listed() == {"Pages with other pictures only": ["book/one.html"]}


def test_page_of_changes_shows_old_and_new_text_as_text(site):
    old = site("old", {"one": "p &lt; 0.05 is <i>rare</i>."}, word="'<a>'")
    new = site("new", {"one": "p &lt; 0.05 is <i>common</i>."}, word="'<b>'")
    page = as_page(compare(old, new))
    assert "p &lt; 0.05 is" in page.replace(" ", " ")
    assert 'class="diff_sub"' in page or 'class="diff_chg"' in page
    assert "<td>&#39;&lt;b&gt;&#39;</td>" in page
    assert "<a>" not in page
    assert "src=" not in page  # it asks nobody for anything


def test_folder_without_a_site_is_refused(site, tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no page: name the folder of a built site"):
        compare(tmp_path / "nowhere", site("new", {"one": "x"}))
