"""Open the doors to the book, and keep the dates when that was last done.

`tested REPORT FILE` takes the dates from pytest's report, `open SITE FILE` opens the doors of the
published site, and `stamp SITE FILES` writes what these files say into a built site.
"""

import json
import re
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from website.launch.opened import DOORS, newest, stamp

RAW = "https://raw.githubusercontent.com"
FIRST = "book/index.html"  # the table of all doors is there
DOOR = re.compile(r'<a class="[^"]*\bdoor-(\w+)[^"]*" href="([^"]+)"')
PATIENCE = 1800  # seconds for Binder, which may have to build an image
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
    opened = [door for door in DOORS if door.tests and all(map(green.get, door.tests))]
    return {door.name: date for door in opened}


def fetch(address: str, timeout: float = 60) -> str:
    """Return what an address answers."""
    with urllib.request.urlopen(address, timeout=timeout) as answer:
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
