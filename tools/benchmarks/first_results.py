"""Measure how long a reader waits for a first result: `python -m tools.benchmarks.first_results`.

It needs the built site (`make book`), Chromium, and a package index for pip. With `--save` the
times take the place of the stored ones, which the table "How to run it" shows.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tools.book import SITE
from tools.environment import environment, venv_python
from website.extensions.blocks.built import CHAPTER, HOMEWORK
from website.launch import FIRST_RESULTS
from website.print.chromium import FLAGS, find_chromium, served

RUNS = 3
PIP = "pip install notebook numpy pandas scipy matplotlib"  # as the first page has it


def in_the_page(address, name):
    """Return the seconds to a page's first result, of a first visit and of a second."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        times = []
        for _ in range(2):
            browser = playwright.chromium.launch_persistent_context(
                profile, executable_path=find_chromium(), args=FLAGS
            )
            times.append(visit(browser.new_page(), f"{address}/{name}.html"))
            browser.close()
    return times


def visit(page, address):
    """Return the seconds from the press on "Run all" until the first cell has run."""
    page.goto(address, wait_until="load")
    if HOMEWORK not in address:
        page.get_by_role("button", name="Run this chapter’s code here").click()
    first = page.locator(".notebook-cell").first
    first.wait_for()
    started = time.monotonic()
    page.get_by_role("button", name="Run all", exact=True).click()
    first.and_(page.locator("[data-state=ok]")).wait_for(timeout=120_000)
    return time.monotonic() - started


def on_a_computer():
    """Return the seconds to a chapter's first result, with pip's share and without."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (wheel,) = SITE.glob("_downloads/*.whl")
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        python = venv_python(folder / "venv")
        pip = timed([python, "-m", *PIP.split(), "--quiet", "--no-cache-dir", wheel])
        notebook = nbformat.read(SITE / "_sources" / f"{CHAPTER}.ipynb", as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        notebook.cells = code[:2]  # the one that gets the package, if there is one, and the next
        nbformat.write(notebook, folder / "first.ipynb")
        command = [python, "-m", "nbconvert", "--to=notebook", "--execute", "--log-level=ERROR"]
        again = timed([*command, folder / "first.ipynb"])
    return pip + again, again


def timed(command):
    """Return the seconds that a command takes."""
    started = time.monotonic()
    subprocess.run([str(part) for part in command], env=environment(command[0]), check=True)
    return time.monotonic() - started


def measure():
    """Return the least of some runs of each, and where they were made."""
    pages = {"homework": HOMEWORK, "chapter": CHAPTER}
    with served(SITE) as address:
        runs = {
            name: [in_the_page(address, page) for _ in range(RUNS)] for name, page in pages.items()
        }
    runs = {**runs, "computer": [on_a_computer()]}
    version = subprocess.run(
        [find_chromium(), "--version"], capture_output=True, encoding="utf-8", check=True
    )
    return {
        "date": date.today().isoformat(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "browser": " ".join(version.stdout.split()[:2]),
        "python": platform.python_version(),
        **{
            name: [round(min(each), 1) for each in zip(*of, strict=True)]
            for name, of in runs.items()
        },
    }


def is_busy():
    """Say whether other programs keep this machine from showing what it can."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > os.cpu_count() / 2


if __name__ == "__main__":
    if is_busy() and "--save" in sys.argv:
        sys.exit("Other programs keep this machine busy: measure when it is at rest.")
    found = json.dumps(measure(), indent=2)
    print(found)
    if "--save" in sys.argv:
        FIRST_RESULTS.write_text(f"{found}\n", encoding="utf-8", newline="\n")
