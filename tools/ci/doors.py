"""Open the doors to the book, and keep the dates when that was last done.

`tested REPORT FILE` takes the dates from pytest's report, `open SITE FILE` opens the doors of the
published site, and `stamp SITE FILES` writes what these files say into a built site.
"""

import json
import re
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

FILE = "doors.json"  # of the site, with the dates
PAGE = "book/state.html"  # shows them; a build knows none
RAW = "https://raw.githubusercontent.com"
FIRST = "book/index.html"  # the table of all doors is there
DOOR = re.compile(r'<a class="[^"]*\bdoor-(\w+)[^"]*" href="([^"]+)"')
PATIENCE = 1800  # seconds for Binder, which may have to build an image
BROWSER = "tests.website.browser."
TESTS = {  # of CI, by module and name, that open a door; the weekly job opens the others
    "Python on its pages": (
        f"{BROWSER}test_homework_here::test_solved_homework_runs_and_is_kept",
        f"{BROWSER}test_homework_here::test_solved_homework_gets_all_points",
        f"{BROWSER}test_run_chapter::test_chapter_is_run_in_place_and_can_be_changed",
    ),
    "Notebooks to download": (
        "tests.website.launch.test_branch::test_pip_installs_what_the_first_cell_names",
    ),
    "Copy for a disk": (f"{BROWSER}test_offline::test_packed_site_works_from_a_disk",),
    "PDF": (f"{BROWSER}test_offline::test_pdf_has_pages_links_and_an_outline",),
}
EXPECTED = (OSError, HTTPException, ValueError, KeyError)  # of a door that does not open


def tested(report: Path) -> dict[str, str]:
    """Return the dates of the doors all of whose tests passed, by a report of pytest."""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        raise ValueError(f"{report} is not a report of pytest")
    green: dict[str, bool] = {}
    for case in suite.iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name', '').partition('[')[0]}"
        passed = not {child.tag for child in case} & {"failure", "error", "skipped"}
        green[name] = green.get(name, True) and passed
    date = suite.get("timestamp", "")[:10]
    return {door: date for door, tests in TESTS.items() if all(map(green.get, tests))}


def fetch(address: str) -> str:
    """Return what an address answers."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode("utf-8")


def start_on_binder(address: str) -> None:
    """Let Binder build its image and start a server; a ValueError says why it did not."""
    build = address.partition("?")[0].replace("/v2/", "/build/", 1)
    until = time.monotonic() + PATIENCE
    with urllib.request.urlopen(build, timeout=PATIENCE) as stream:
        for line in stream:
            _, colon, text = line.decode("utf-8").partition("data:")
            said = json.loads(text) if colon else {}
            if said.get("phase") == "ready":
                return
            if said.get("phase") == "failed" or time.monotonic() > until:
                raise ValueError(said.get("message", "no message").strip())
    raise ValueError("it ended without a server")


def find_notebook(address: str) -> None:
    """Find the notebook that Colab loads from GitHub, by the address of the door."""
    owner, name, _, *path = unquote(urlsplit(address).path).removeprefix("/github/").split("/")
    notebook = json.loads(fetch(f"{RAW}/{owner}/{name}/{'/'.join(path)}"))
    if not notebook["cells"]:
        raise ValueError("the notebook is empty")


def find_container(address: str) -> None:
    """Find the settings that Codespaces loads from GitHub, by the address of the door."""
    owner, name, _, branch = urlsplit(address).path.strip("/").split("/")
    json.loads(fetch(f"{RAW}/{owner}/{name}/{branch}/.devcontainer/devcontainer.json"))["image"]


OPENERS: dict[str, Callable[[str], None]] = {
    "Binder": start_on_binder,
    "Colab": find_notebook,
    "Codespaces": find_container,
}


def open_doors(site: str) -> tuple[dict[str, str], list[str]]:
    """Return today's date for each door of a published site that opens, and what did not."""
    today = datetime.now(UTC).date().isoformat()
    try:
        page = fetch(f"{site.rstrip('/')}/{FIRST}")
    except EXPECTED as error:
        return {}, [f"This site: {error}"]
    dates, faults = {"This site": today}, []
    for name, address in dict.fromkeys(DOOR.findall(page)):
        if name not in OPENERS:  # a campus's hub takes an account
            continue
        try:
            OPENERS[name](unescape(address))
        except EXPECTED as error:
            faults.append(f"{name}: {type(error).__name__}: {error}")
        else:
            dates[name] = today
    return dates, faults


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
    for name, date in dates.items():
        place = f"opened-{re.sub(r'[^a-z]+', '-', name.lower())}"
        html = re.sub(rf'(<span id="{place}">)[^<]*(</span>)', rf"\g<1>{date}\g<2>", html)
    page.write_text(html, encoding="utf-8", newline="\n")


def main(command: str, where: str, *files: str) -> None:
    """Run one of the three commands; a door that does not open makes the exit code 1."""
    if command == "stamp":
        stamp(Path(where), newest(json.loads(Path(each).read_bytes()) for each in files))
        return
    dates, faults = (tested(Path(where)), []) if command == "tested" else open_doors(where)
    Path(files[0]).write_text(json.dumps(dates, indent=1) + "\n", encoding="utf-8")
    print("\n".join([*(f"{name} opened on {date}" for name, date in dates.items()), *faults]))
    if faults:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
