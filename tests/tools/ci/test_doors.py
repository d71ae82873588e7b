"""Doors are opened where a reader would, and a date is written for one that opened only."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from http.client import IncompleteRead

import pytest

import tasks
from tools.ci import doors
from website.extensions.head.doors import SERVICES
from website.print.chromium import served

NOT_KNOWN = "not known here"
TODAY = datetime.now(UTC).date().isoformat()
READY = 'data: {"phase": "building"}\n\n: a comment\n\ndata: {"phase": "ready"}\n\n'
FAILED = 'data: {"phase": "failed", "message": "no pip\\n"}\n\n'
CASE = '<testcase classname="{}" name="{}">{}</testcase>'


@pytest.fixture
def host(monkeypatch, tmp_path):
    """Return address and folder of a site with three services in it, all of whose doors open."""
    with served(tmp_path) as here:
        addresses = {
            "Binder": f"{here}/v2/gh/ada/fork/notebooks?urlpath=lab&amp;x=1",
            "Colab": f"{here}/github/ada/fork/blob/notebooks/homework/a.ipynb",
            "Codespaces": f"{here}/ada/fork/tree/notebooks",
            "JupyterHub": f"{here}/hub",
        }
        links = [
            f'<a class="door-{n} reference external" href="{url}">{n}</a>'
            for n, url in addresses.items()
        ]
        write(tmp_path, "book/index.html", "".join(links))
        write(tmp_path, "build/gh/ada/fork/notebooks", READY)
        write(tmp_path, "ada/fork/notebooks/homework/a.ipynb", '{"cells": [1]}')
        container = "ada/fork/notebooks/.devcontainer/devcontainer.json"
        write(tmp_path, container, '{"image": "python:3.12"}')
        monkeypatch.setattr(doors, "RAW", here)
        yield here, tmp_path


def write(folder, name, text):
    """Write a file of the site."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_doors_that_open_get_todays_date(host):
    address, _ = host
    names = ["This site", "Binder", "Colab", "Codespaces"]
    assert doors.open_doors(address) == (dict.fromkeys(names, TODAY), [])


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("build/gh/ada/fork/notebooks", FAILED, "Binder: ValueError: no pip"),
        ("build/gh/ada/fork/notebooks", "data: {}\n", "Binder: ValueError: it ended"),
        (
            "ada/fork/notebooks/homework/a.ipynb",
            '{"cells": []}',
            "Colab: ValueError: the notebook",
        ),
        ("ada/fork/notebooks/.devcontainer/devcontainer.json", "", "Codespaces: JSONDecodeError"),
        ("book/index.html", None, "This site: HTTP Error 404"),
    ],
)
def test_door_that_does_not_open_is_named_and_gets_no_date(file, text, fault, host):
    address, folder = host
    if text is None:
        (folder / file).unlink()
    else:
        write(folder, file, text)
    dates, faults = doors.open_doors(address)
    assert len(faults) == 1
    assert faults[0].startswith(fault)
    assert fault.partition(":")[0] not in dates


def test_answer_that_is_cut_off_is_named_and_the_other_doors_are_opened(host, monkeypatch):
    def cut_off(address):
        raise IncompleteRead(b"")

    monkeypatch.setitem(doors.OPENERS, "Binder", cut_off)
    dates, faults = doors.open_doors(host[0])
    assert faults == ["Binder: IncompleteRead: IncompleteRead(0 bytes read)"]
    assert "Colab" in dates


def write_report(path, bad=""):
    """Write a report of pytest in which the tests of all doors passed, but for one."""
    cases = []
    for door, tests in doors.TESTS.items():
        for test in tests:
            module, _, name = test.partition("::")
            cases.append(CASE.format(module, f"{name}[chromium]", ""))
            cases.append(CASE.format(module, f"{name}[firefox]", bad if door == "PDF" else ""))
    suite = f'<testsuite timestamp="2027-03-01T10:00:00">{"".join(cases)}</testsuite>'
    path.write_text(f"<testsuites>{suite}</testsuites>", encoding="utf-8")


@pytest.mark.parametrize("bad", ['<skipped message="no browser"/>', "<failure/>", "<error/>"])
def test_door_is_opened_only_if_all_its_tests_passed(bad, tmp_path):
    write_report(tmp_path / "tests.xml")
    all_doors = doors.tested(tmp_path / "tests.xml")
    assert all_doors.keys() == doors.TESTS.keys()
    assert set(all_doors.values()) == {"2027-03-01"}
    write_report(tmp_path / "tests.xml", bad)
    assert all_doors.keys() - doors.tested(tmp_path / "tests.xml").keys() == {"PDF"}


def test_tests_and_services_of_the_doors_exist():
    for test in [test for tests in doors.TESTS.values() for test in tests]:
        module, _, name = test.partition("::")
        path = tasks.ROOT / f"{module.replace('.', '/')}.py"
        assert re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.M), test
    assert doors.OPENERS.keys() <= SERVICES.keys()


def test_newest_date_of_each_door_is_written_into_the_page(tmp_path, built_site):
    page = built_site / doors.PAGE
    before = page.read_text(encoding="utf-8")
    shown = before.count(NOT_KNOWN)
    assert shown > len(doors.TESTS)
    (tmp_path / doors.PAGE).parent.mkdir()
    (tmp_path / doors.PAGE).write_text(before, encoding="utf-8")
    for name, dates in {"a": {"PDF": "2027-03-01"}, "b": {"PDF": "2027-02-01"}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(dates), encoding="utf-8")
    doors.main("stamp", str(tmp_path), str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    after = (tmp_path / doors.PAGE).read_text(encoding="utf-8")
    assert re.search(r"<p>PDF</p>.*?2027-03-01", after, re.S)
    assert after.count(NOT_KNOWN) == shown - 1
    assert json.loads((tmp_path / "doors.json").read_bytes()) == {"PDF": "2027-03-01"}


@pytest.mark.parametrize("module", ["canary", "doors"])
def test_jobs_need_the_standard_library_only(module):
    """They run without `.venv`: -S leaves out what is installed."""
    command = [sys.executable, "-S", "-c", f"import tools.ci.{module}"]
    subprocess.run(command, cwd=tasks.ROOT, check=True)


def test_course_without_the_page_keeps_the_dates(tmp_path):
    doors.stamp(tmp_path, {"PDF": "2027-03-01"})
    assert (tmp_path / "doors.json").is_file()
