"""The statement on accessibility says what the tests do, and no more."""

from types import SimpleNamespace

import pytest

from website.extensions.course.accessibility import (
    EVERY_PAGE,
    STANDARD,
    TAGS,
    AccessibilityFacts,
    facts,
)
from website.extensions.course.state import StateOfVersions


def test_statement_names_the_standard_the_pages_and_the_edition():
    text = "\n".join(facts(27, "1a2b3c4 (2027-03-03)", "0.1.8"))
    assert STANDARD in text
    assert "all 27 of this site" in text
    assert "commit 1a2b3c4 (2027-03-03)" in text
    assert "(axe-playwright-python 0.1.8)" in text
    assert all(tag in text for tag in TAGS)
    assert all(f"{width} pixels wide in {colors} colors" in text for width, colors in EVERY_PAGE)


def test_rules_are_those_of_the_standard():
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= set(TAGS)


def test_statement_without_git_says_so():
    assert "built without git" in "\n".join(facts(27, "", ""))


def test_page_shows_the_facts(built_site):
    html = (built_site / "book" / "accessibility.html").read_text(encoding="utf-8")
    listed = len(list(built_site.glob("book/*.html")) + list(built_site.glob("local/*.html")))
    assert f"Pages: all {listed} of this site" in html


@pytest.mark.parametrize("directive", [AccessibilityFacts, StateOfVersions])
def test_page_that_names_the_commit_is_read_again_with_each(directive):
    config = SimpleNamespace(is_preview=False, html_context={"edition": "1a2b3c4"}, version="1.0.0")
    noted = []
    env = SimpleNamespace(note_reread=lambda: noted.append(directive), found_docs=set())
    (shown,) = directive.run(SimpleNamespace(config=config, env=env))
    assert "1a2b3c4" in shown.astext()
    assert noted == [directive]
