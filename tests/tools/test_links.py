"""The check of links to other sites goes through the whole book, and names what it finds."""

import re

import pytest
import yaml

import tasks
from tests.website.builds import run_build
from tests.website.extensions.conftest import LAB, copy_healthy_book, shared_outputs
from tools.book import build_command
from tools.environment import environment, read
from website.print.chromium import served

SETTINGS = yaml.safe_load(read(tasks.ROOT / "_config.yml"))["sphinx"]["config"]


@pytest.fixture
def host(tmp_path):
    """Return the address of a site with one page, which runs during a test."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "there").touch()
    with served(tmp_path / "site") as address:
        yield address


def test_dead_link_is_named_with_its_file_and_line_and_a_good_one_is_not(host, tmp_path):
    book = copy_healthy_book(tmp_path / "book")
    known = f"[There]({host}/there), [gone]({host}/missing), [busy](https://x.sourceforge.net/)."
    line = book.plant("The sum is {glue", f"{known}\n\n{LAB}\nThe sum is {{glue")
    command = [*build_command(book.folder, tmp_path / "out"), "-q", "--builder", "linkcheck"]
    with shared_outputs(tmp_path / "out" / "_build" / ".jupyter_cache"):
        code, said = run_build(command, book.folder, environment())
    assert code != 0
    broken = re.findall(r"(\w+\.md:\d+): WARNING: broken link: (\S+)", said)
    assert broken == [(f"ttest.md:{line}", f"{host}/missing")], said


OTHER = [pattern for pattern in SETTINGS["linkcheck_ignore"] if pattern.startswith("http")]


@pytest.mark.parametrize("pattern", OTHER)
def test_host_that_is_passed_over_is_one_that_the_book_names(pattern):
    texts = [read(path) for path in (tasks.ROOT / "book").glob("*.*") if path.suffix != ".svg"]
    assert any(re.search(pattern, text) for text in texts)


def test_links_to_files_of_the_site_are_passed_over(built_site):
    """The checker looks for them beside the chapters."""
    html = "".join(page.read_text("utf-8") for page in (built_site / "book").glob("*.html"))
    own = set(re.findall(r'href="(\.\./_downloads/[^"]+)"', html))
    assert own
    ignored = "|".join(SETTINGS["linkcheck_ignore"])
    assert [link for link in own if not re.match(ignored, link)] == []
