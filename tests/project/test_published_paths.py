"""No address that was ever published is lost: it is a page still, or leads to one."""

import re
from pathlib import Path

import tasks
from tests.shown import OFF
from tools.environment import read
from website.extensions.course.contents import LOCAL

LISTED = read(tasks.ROOT / "book" / "published_paths.txt").split()
PUBLISHED = [path for path in LISTED if Path(path).stem not in OFF]


def lost(published, site):
    """Return the addresses that lead nowhere in a site."""
    return [path for path in published if not (site / path).is_file()]


def pages_of(site):
    """Return the pages of a site but those of the course's own."""
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return {path for path in paths if not path.startswith(f"{LOCAL}/")}


def test_every_published_address_still_leads_somewhere(built_site):
    gone = lost(PUBLISHED, built_site)
    assert gone == [], "add each to `redirects` in _config.yml, with the page that took its place"


def test_every_page_is_on_the_list(built_site):
    new = sorted(pages_of(built_site) - set(PUBLISHED) - {"404.html"})
    assert new == [], "add them to book/published_paths.txt: from now on they must keep working"


def test_list_is_sorted_and_names_each_address_once():
    assert sorted(set(LISTED)) == LISTED


def test_page_that_disappears_is_noticed(tmp_path):
    (tmp_path / "here.html").touch()
    assert lost(["gone.html", "here.html"], tmp_path) == ["gone.html"]


def test_first_address_leads_to_the_first_page(built_site):
    html = (built_site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'http-equiv="refresh" content="0; url=book/index.html"', html)
