from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from website.extensions.head.address import known_address
from website.extensions.head.buttons import _set_repository, issue_url, publishes, repository

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


NO_GITHUB = dict.fromkeys([*CI, "GITHUB_REF_TYPE", "GITHUB_REF_NAME", "GITHUB_HEAD_REF"], "")


@pytest.mark.parametrize(
    ("environment", "published"),
    [
        ({}, False),
        ({"CI": "true"}, False),
        ({"SITE_URL": ""}, False),
        ({"SITE_URL": "https://book.org/"}, True),
        ({"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}, True),
        ({"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "draft"}, False),
        ({"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "main"}, False),
        (
            {"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main", "GITHUB_HEAD_REF": "x"},
            False,
        ),
    ],
)
def test_build_publishes_with_an_address_or_from_main(environment, published):
    assert publishes(environment) == published


def test_build_that_publishes_refuses_the_placeholder(book):
    build = book.build(**NO_GITHUB, SITE_URL="https://book.org/")
    assert build.exit_code != 0
    assert f"{HOME[0]} is a placeholder" in build.output
    assert "Traceback" not in build.output
    assert "course.yml, at `repository:`" in build.output
    assert not (build.html / "book").exists()


@pytest.mark.parametrize(("host", "is_github"), [("github.com", True), ("gitlab.com", False)])
def test_only_github_gives_a_site_an_address_and_colab_a_notebook(host, is_github, monkeypatch):
    for name in CI:
        monkeypatch.delenv(name, raising=False)
    url = f"https://{host}/ada/fork"
    services = {"binderhub_url": "https://b.org", "colab_url": "https://c.org"}
    config = SimpleNamespace(html_theme_options={"repository_url": url, "launch_buttons": services})
    _set_repository(None, config)
    assert ("colab_url" in config.html_theme_options["launch_buttons"]) == is_github
    assert bool(known_address({}, url)) == is_github
    assert known_address({"SITE_URL": "https://ada.org"}, url) == "https://ada.org/"


def test_chapter_of_a_repository_elsewhere_has_its_notebook_and_ways_to_run_it(book):
    settings = "repository: https://git.example.org/ada/fork\n"
    (book.folder / "course.yml").write_text(settings, encoding="utf-8")
    build = book.build(**NO_GITHUB, WITHOUT_PYTHON="1")
    assert build.exit_code == 0, build.output
    assert (build.html / "_sources" / "book" / "ttest.ipynb").is_file()
    page = (build.html / "book" / "ttest.html").read_text(encoding="utf-8")
    assert "#how-to-run-it" in page
    assert "colab" not in page
    assert "https://git.example.org/ada/fork/-/edit/main/book/ttest.md" in page
