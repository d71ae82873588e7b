"""When each door was last opened: the list of doors, and their dates on the page that shows them.

A build knows no date. CI notes in `doors.json` which doors its tests opened, and which a weekly
job did on the published site; whatever publishes the site writes the dates into its page.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FILE = "doors.json"
PAGE = "book/state.html"
NOT_KNOWN = "not known here"
BROWSER = "tests.website.browser."


@dataclass(frozen=True)
class Door:
    """One way to the book or to its code."""

    name: str
    how: str  # what CI does to open it
    tests: tuple[str, ...] = ()  # by module and name; without any, the weekly job opens it

    @property
    def place(self) -> str:
        """Where the page has its date: the id of an element."""
        return f"opened-{re.sub(r'[^a-z]+', '-', self.name.lower())}"


DOORS = (
    Door("This site", "The weekly job fetches its first page, and finds the other doors on it."),
    Door(
        "Python on its pages",
        "Chromium and Firefox run a chapter, and the whole homework on its page.",
        (
            f"{BROWSER}test_homework_here::test_solved_homework_runs_is_kept_and_gets_all_points",
            f"{BROWSER}test_run_chapter::test_chapter_is_run_in_place_and_can_be_changed",
        ),
    ),
    Door(
        "Notebooks to download",
        "Their first cell installs the course’s package from the site’s files.",
        ("tests.website.launch.test_branch::test_pip_installs_what_the_first_cell_names",),
    ),
    Door(
        "Copy for a disk",
        "Chromium opens it from a disk, without a network.",
        (f"{BROWSER}test_offline::test_packed_site_works_from_a_disk",),
    ),
    Door(
        "PDF",
        "Chromium prints the first chapters, whose pages, links and outline are read.",
        (f"{BROWSER}test_offline::test_pdf_has_pages_links_and_an_outline",),
    ),
    Door("Binder", "The weekly job has it build its image and start a server."),
    Door("Colab", "The weekly job finds the notebook that it loads; a run takes an account."),
    Door(
        "Codespaces", "The weekly job finds the settings that it loads; a start takes an account."
    ),
)


def newest(found: Iterable[dict[str, str]]) -> dict[str, str]:
    """Return the last date of each door.

    Examples
    --------
    >>> newest([{"PDF": "2027-03-01"}, {"PDF": "2027-02-01", "Colab": "2027-02-01"}])
    {'PDF': '2027-03-01', 'Colab': '2027-02-01'}
    """
    dates: dict[str, str] = {}
    for each in found:
        for name, date in each.items():
            dates[name] = max(date, dates.get(name, ""))
    return dates


def stamp(site: Path, dates: dict[str, str]) -> None:
    """Write dates into the page of a built site, and into the file that the next run reads."""
    text = json.dumps(dates, indent=1, ensure_ascii=False) + "\n"
    (site / FILE).write_text(text, encoding="utf-8", newline="\n")
    page = site / PAGE
    if not page.is_file():  # a course may leave the page out
        return
    html = page.read_text(encoding="utf-8")
    for door in DOORS:
        if door.name in dates:
            place = rf'(<span id="{door.place}">)[^<]*(</span>)'
            html = re.sub(place, rf"\g<1>{dates[door.name]}\g<2>", html)
    page.write_text(html, encoding="utf-8", newline="\n")
