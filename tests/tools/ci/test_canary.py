"""A red week opens one issue, which names the chapters; while it is open no other is."""

import json
import os
import sys

import pytest

from tools.ci.canary import main, report

PAGES = {"ttest", "volcano"}
BOOK = (
    "\x1b[91m/home/x/book/ttest.md:12: WARNING: a cell wrote to stderr, 'old'\x1b[39;49;00m\n"
    "book/ttest.md:12: WARNING: a cell wrote to stderr, 'old'\n"
    "reading sources... volcano.md\n"
)
TESTS = (
    "FAILED tests/project/test_chapters.py::test_it_runs[volcano] - AssertionError: no\n"
    "FAILED tests/website/test_page.py::test_fits[chromium-ttest.html]\n"
    "ERROR tests/test_welch.py - ImportError\n"
    "FAILED rnaseq_hw/welch.py::rnaseq_hw.welch.welch\n"
    "== 3 failed, 900 passed in 800.00s ==\n"
)
GH = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
issue = here / "issue"
if sys.argv[1:3] == ["issue", "create"]:
    issue.touch()
if sys.argv[1:3] == ["issue", "list"]:
    print(json.dumps([{{"number": 7}}] if issue.exists() else []))
"""
needs_a_shebang = pytest.mark.skipif(os.name == "nt", reason="the job runs on Linux")


def test_report_names_each_chapter_that_a_log_names_and_no_other():
    title, text = report({"book": BOOK, "tests": TESTS}, {"newest": "failure"}, PAGES)
    assert title == "The weekly run found faults: ttest, volcano"
    assert "Jobs: newest red." in text
    assert "Chapters that broke: ttest, volcano." in text
    assert text.count("line 12: a cell wrote to stderr, 'old'") == 1  # said twice in the log
    assert "- tests/website/test_page.py::test_fits" in text
    elsewhere = text.partition("**elsewhere**")[2]
    assert "tests/test_welch.py" in elsewhere
    assert "rnaseq_hw/welch.py::rnaseq_hw.welch.welch" in elsewhere


def test_page_of_the_course_s_own_may_have_a_hyphen_in_its_name():
    log = "/x/local/week-2.md:3: WARNING: broken link: https://a.org (404)\n"
    assert report({"links": log}, {}, {"week-2"})[0] == "The weekly run found faults: week-2"


def test_green_logs_name_no_chapter():
    title, text = report({"book": "writing volcano.md\n"}, {"newest": "success"}, PAGES)
    assert title == "The weekly run found faults"
    assert "Chapters that broke: none." in text


def test_title_of_a_week_in_which_all_chapters_broke_is_one_that_github_takes():
    pages = {f"chapter_{number}" for number in range(99)}
    log = "".join(f"book/{page}.md:1: ERROR: no\n" for page in pages)
    title, text = report({"book": log}, {"newest": "failure"}, pages)
    assert len(title) == 256
    assert title.endswith("…")
    assert all(page in text for page in pages)


@pytest.fixture
def week(tmp_path, monkeypatch, capsys):
    """Return a function that ends a week with a result and returns the calls of gh."""
    program = tmp_path / "gh"
    program.write_text(GH.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"):
        monkeypatch.setenv(f"GITHUB_{name}", name.lower())

    def end(result, **logs):
        folder = tmp_path / "logs"
        folder.mkdir(exist_ok=True)
        for name, text in logs.items():
            (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
        monkeypatch.setenv("NEEDS", json.dumps({"newest": {"result": result}}))
        (tmp_path / "calls").write_text("", encoding="utf-8")
        main(folder)
        calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
        return [json.loads(call) for call in calls], capsys.readouterr().out

    return end


@needs_a_shebang
def test_job_whose_time_was_over_is_told_and_a_long_report_fits(week, tmp_path):
    calls, printed = week("cancelled", moved_md="| n | 1 | 2 |\n" * 10_000)
    assert [call[:2] for call in calls][-1] == ["issue", "create"]
    assert "Jobs: newest stopped." in printed
    assert len((tmp_path / "logs" / "report").read_text(encoding="utf-8")) == 65_536


@needs_a_shebang
def test_second_red_week_adds_to_the_open_issue(week):
    red = {"book_txt": "book/ttest.md:3: ERROR: a cell failed\n", "moved_md": "| n | 1 | 2 |\n"}
    first, printed = week("failure", **red)
    assert [call[:2] for call in first] == [
        ["label", "create"],
        ["issue", "list"],
        ["issue", "create"],
    ]
    assert "The weekly run found faults: ttest" in first[-1]
    assert "| n | 1 | 2 |" in printed
    assert "server_url/repository/actions/runs/run_id" in printed
    second, _ = week("failure", **red)
    assert [call[:3] for call in second[2:]] == [["issue", "comment", "7"], ["issue", "edit", "7"]]


@needs_a_shebang
def test_green_week_tells_nobody(week):
    calls, printed = week("success", book_txt="fine\n")
    assert calls == []
    assert "Jobs: newest green." in printed
