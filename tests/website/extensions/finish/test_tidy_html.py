import pytest

from website.extensions.finish.tidy_html import (
    tidy_bibliography,
    tidy_exercises,
    tidy_tables,
    tidy_templates,
)


def test_headers_get_the_scope_of_their_place():
    html = "<thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th></tr></tbody>"
    assert tidy_tables(html) == (
        '<thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><th scope="row">b</th></tr></tbody>'
    )


def test_given_scope_is_kept():
    html = '<thead><th class="x" scope="colgroup">a</th></thead>'
    assert tidy_tables(html) == html


def test_empty_header_becomes_a_plain_cell():
    assert tidy_tables("<thead><th></th></thead>") == "<thead><td></td></thead>"


def test_style_of_pandas_is_dropped():
    assert (
        tidy_tables("<div><style scoped>\n.a {}\n</style><p>x</p></div>") == "<div><p>x</p></div>"
    )


def test_bibliography_loses_the_wrong_roles():
    html = '<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry">'
    assert tidy_bibliography(html) == '<div class="citation-list"><div class="citation">'


def test_content_of_exercises_has_no_name_that_is_there_twice():
    html = '<div class="section" id="exercise-content"><p id="a">'
    assert tidy_exercises(html) == '<div class="section"><p id="a">'


def test_underline_of_a_solutions_link_begins_with_its_first_word():
    once = tidy_exercises('Solution to<a class="x" href="#a"> Exercise 1</a>')
    assert once == 'Solution to <a class="x" href="#a">Exercise 1</a>'
    assert tidy_exercises(once) == once


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ('<script src="a/fontawesome.js?digest=1"></script><p>', "<p>"),
        ('<script src="a.js"></script>', '<script defer src="a.js"></script>'),
        ('<script type="module" src="a">', '<script fetchpriority="low" type="module" src="a">'),
        ('<!-- Pre-loaded x -->\n<link rel="preload" as="script" href="a.js?b" />\n<p>', "\n<p>"),
        (
            'x.dataset.theme = localStorage.getItem("theme") || "auto";',
            'x.dataset.theme = localStorage.getItem("mode")?.replace("auto", "")'
            ' || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");',
        ),
        (
            '<button class="btn search-button-field x" title="Search" aria-label="Search" data-x>',
            '<button class="btn search-button-field x" data-x>',
        ),
        ('<i class="fas fa-rocket"></i>', '<i class="fas fa-rocket" aria-hidden="true"></i>'),
        ('<a target="_blank" href="x">', '<a target="_blank" rel="noopener" href="x">'),
        ('<html lang="en" data-theme="auto">', '<html lang="en" data-theme="light">'),
        (
            '<head><meta name="viewport" content="a"/>\n<meta name="viewport" content="b"/></head>',
            '<head><meta name="viewport" content="a"/>\n</head>',
        ),
        (
            '<summary aria-label="Toggle hidden content">\n<span>Show the plotting code</span>',
            "<summary>\n<span>Show the plotting code</span>",
        ),
    ],
)
def test_frame_is_fixed_once_and_for_all(written, fixed):
    assert tidy_templates(written) == fixed
    assert tidy_templates(fixed) == fixed
