from urllib.parse import parse_qs, urlsplit

import pytest

from website.extensions.head.buttons import issue_url, repository

HOME = ("https://github.com/example/rnaseq-hw", "main")
CI = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "ada/fork"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, HOME),
        ({"GITHUB_REPOSITORY": "ada/fork"}, HOME),
        (CI, ("https://github.com/ada/fork", "main")),
        (
            CI | {"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "spring"},
            ("https://github.com/ada/fork", "spring"),
        ),
        (
            CI | {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"},
            ("https://github.com/ada/fork", "main"),
        ),
        (
            CI
            | {"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "x"},
            ("https://github.com/ada/fork", "main"),
        ),
    ],
)
def test_repository_is_the_one_of_the_environment(environment, expected):
    assert repository(environment, *HOME) == expected


def test_issue_names_the_page_and_asks_for_what_helps():
    url = issue_url(HOME[0], "Part 4: Test & see", "book/ttest.html", "book/ttest.md")
    assert url.startswith("https://github.com/example/rnaseq-hw/issues/new?")
    query = parse_qs(urlsplit(url).query)
    assert query["title"] == ["Part 4: Test & see (book/ttest.html)"]
    assert "`book/ttest.md`" in query["body"][0]
    assert "What I expected" in query["body"][0]


def test_issue_about_a_page_that_nobody_wrote_names_no_source():
    url = issue_url(HOME[0], "This page is not here", "404.html", "")
    (body,) = parse_qs(urlsplit(url).query)["body"]
    assert body.startswith("**Page:** 404.html\n")
