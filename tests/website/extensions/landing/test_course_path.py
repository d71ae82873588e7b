"""The first page shows the way through the book, and has a frame of its own."""

import pytest
import yaml
from bs4 import BeautifulSoup

import tasks
from tests.shown import shown
from website.extensions.gate.times import stated_minutes


@pytest.fixture(scope="module")
def page(built_site):
    """Return the first page, read."""
    html = (built_site / "book" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def timed_chapters(caption):
    """Return the chapters of a part that state a time: their pages with the minutes."""
    toc = yaml.safe_load((tasks.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    (part,) = [each for each in toc["parts"] if each["caption"] == caption]
    names = shown(each["file"] for each in part["chapters"])
    texts = {name: (tasks.ROOT / f"{name}.md").read_text(encoding="utf-8") for name in names}
    return [
        (f"{name.removeprefix('book/')}.html", f"{stated_minutes(text)} min")
        for name, text in texts.items()
        if stated_minutes(text)
    ]


@pytest.mark.parametrize(("place", "caption"), [(0, "The homework"), (1, "In practice")])
def test_path_lists_the_timed_chapters_in_order_with_their_minutes(place, caption, page):
    steps = page.select("ul.course-path")[place].select("li")
    listed = [(step.a["href"], step.select_one(".minutes").get_text()) for step in steps]
    assert listed
    assert listed == timed_chapters(caption)


def test_steps_of_the_homework_have_their_numbers_and_questions(page):
    steps = page.select_one("ul.course-path").select("li")
    numbers = [step.select_one(".step").get_text() for step in steps]
    assert numbers == ["1", "2", "3", "4.1", "4.2", "4.3", "5"]
    assert all(step.select_one(".question").get_text().endswith("?") for step in steps)


def test_first_page_has_three_doors_and_one_heading_of_the_first_rank(page):
    doors = [link["href"] for link in page.select("ul.doors a")]
    assert doors == ["simulation.html", "homework_here.html", "instructors.html"]
    assert len(page.select("article h1")) == 1


def test_frame_has_name_search_and_menu_but_no_contents_and_no_launch(page):
    header = page.select_one(".bd-header-article")
    for inside in (".logo__title", ".search-button", ".primary-toggle", ".theme-switch-button"):
        assert header.select_one(inside), inside
    assert not page.select(".dropdown-launch-buttons, .dropdown-download-buttons")
    assert not page.select("#pst-secondary-sidebar")
