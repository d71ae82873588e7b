"""A class is graded whole, and a run again goes on where it stopped."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tasks
from homework_tools.grading import collect as collecting
from homework_tools.grading import grade, session
from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.grading.many import everyone, kept_results
from tests.homework_tools.submissions import file_with_cells, put, run

LINUX = sys.platform == "linux"
FILES = ("--class", "--gradebook", "--by-hand", "--adjustments", "--students", "--master")


@pytest.mark.parametrize("option", FILES)
def test_option_without_a_file_is_named_with_its_value_and_the_remedy(option, tmp_path, capsys):
    for path, fault in ((tmp_path / "gone", "is not there"), (tmp_path, "is a folder")):
        with pytest.raises(SystemExit):
            grade.main([str(tmp_path), option, str(path)])
        assert f"argument {option}: {path} {fault}: name a file" in capsys.readouterr().err


def test_failure_of_the_grader_costs_one_row_until_it_is_mended(folder, monkeypatch, capsys):
    original = HiddenTests.grade

    def failing(self, submission, sandbox):
        record = original(self, submission, sandbox)
        if submission.student == "bob" and not submission.fault:
            raise IndexError("no such thing")
        if submission.student == "carol" and not submission.fault:
            del record["answers"]
        return record

    with monkeypatch.context() as patch:
        patch.setattr(HiddenTests, "grade", failing)
        rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "", "", ""]
    words = "not graded: the grader could not grade it ({}); please report this"
    assert rows["bob"]["flags"] == words.format("IndexError")
    assert rows["carol"]["flags"] == words.format("KeyError")
    assert "IndexError: no such thing" in capsys.readouterr().err
    assert [row["total"] for row in run(folder).values()] == ["28", "26", "0", ""]


def snapshot(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_run_again_grades_nothing_and_changes_nothing(folder, monkeypatch):
    run(folder)
    before = snapshot(folder / "out")
    monkeypatch.setattr(HiddenTests, "_run", lambda *_: pytest.fail("graded again"))
    run(folder)
    assert snapshot(folder / "out") == before


def test_interrupted_run_goes_on_where_it_stopped(folder, monkeypatch):
    graded = []
    original = HiddenTests.grade

    def interrupted(self, submission, sandbox):
        if submission.student == "carol" and graded == ["alice", "bob"]:
            graded.append("interrupted")
            raise KeyboardInterrupt
        graded.append(submission.student)
        return original(self, submission, sandbox)

    monkeypatch.setattr(HiddenTests, "grade", interrupted)
    with pytest.raises(SystemExit, match="goes on from here"):
        run(folder)
    assert len(run(folder)) == 4
    assert graded == ["alice", "bob", "interrupted", "carol", "dan"]


DYING = """
import os, sys
from homework_tools.grading import grade
from homework_tools.grading.hidden_tests import HiddenTests
def dying(self, submission, sandbox, original=HiddenTests.grade):
    if submission.student == "bob" and not submission.fault:
        os._exit(9)
    return original(self, submission, sandbox)
HiddenTests.grade = dying
grade.main(sys.argv[1:])
"""


def test_submission_at_which_the_grader_dies_twice_is_passed_over(folder):
    """Nothing can tidy up when the grader is killed; a note that it left says what it was at."""
    command = [sys.executable, "-c", DYING, str(folder / "in"), "--out", str(folder / "out")]
    environment = os.environ | {"PYTHONPATH": str(tasks.ROOT)}
    runs = [subprocess.run(command, env=environment, capture_output=True) for _ in range(2)]
    assert [done.returncode for done in runs] == [9, 9]
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "", "0", ""]
    assert rows["bob"]["flags"].startswith("not graded: the grader was killed twice while it grade")
    assert not (folder / "out" / "in_progress").exists()
    (folder / "out" / "results" / "bob.json").unlink()
    assert run(folder)["bob"]["total"] == "26"


TRACED = """
import ctypes, sys
from homework_tools.grading import grade
def traceable(*args, **options):
    sys.exit(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) + 40)  # PR_GET_DUMPABLE
grade.grade_class = traceable
grade.main(sys.argv[1:])
"""


@pytest.mark.skipif(not LINUX, reason="it is Linux's way")
def test_grader_cannot_be_traced_by_programs_of_the_same_account(folder):
    where = [str(folder / "in"), "--out", str(folder / "out"), "--sandbox", "subprocess"]
    environment = os.environ | {"PYTHONPATH": str(tasks.ROOT)}
    assert subprocess.run([sys.executable, "-c", TRACED, *where], env=environment).returncode == 40


def test_changed_submission_is_graded_again_and_one_that_is_gone_leaves(folder, master):
    run(folder)
    put(folder / "in", "carol.ipynb", file_with_cells(master))
    (folder / "in" / "dan.ipynb").unlink()
    rows = run(folder)
    assert rows["carol"]["total"] == "28"
    assert "dan" not in rows
    assert not (folder / "out" / "feedback" / "dan.md").exists()
    assert not (folder / "out" / "results" / "dan.json").exists()


def test_full_disk_costs_nobody_points_and_what_met_it_is_graded_again(folder, monkeypatch):
    def full(files):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as changed:
        changed.setattr(session, "write_files", full)
        rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["", "", "0", ""]
    why = "not graded: this computer could not grade it (No space left on device, "
    assert rows["alice"]["flags"].startswith(why)
    assert [row["total"] for row in run(folder).values()] == ["28", "26", "0", ""]


def test_change_in_any_folder_of_the_grader_grades_again(master, sandbox, monkeypatch, tmp_path):
    assert {Path(grade.__file__), Path(collecting.__file__)} <= {
        *kept_results.PACKAGE.rglob("*.py")
    }
    monkeypatch.setattr(kept_results, "PACKAGE", tmp_path)
    put(tmp_path, "sandbox/guest/worker.py", b"1")
    before = kept_results.grading_key(master, sandbox)
    put(tmp_path, "sandbox/guest/worker.py", b"2")
    assert kept_results.grading_key(master, sandbox) != before


def test_result_cut_off_by_a_crash_is_made_again(tmp_path):
    path, record = tmp_path / "alice.json", {"key": "1", "flags": ["x"]}
    kept_results.keep_result(path, record)
    assert kept_results.kept_result(path, "1") == record
    path.write_bytes(path.read_bytes()[:9])
    assert kept_results.kept_result(path, "1") is None


def test_weaker_sandbox_is_announced(folder, capsys):
    for name in ("alice", "bob"):
        (folder / "in" / f"{name}.ipynb").unlink()
    run(folder, "--sandbox", "subprocess")
    assert "WARNING (subprocess): Without bubblewrap" in capsys.readouterr().err


def test_progress_is_told(capsys):
    for done in range(41):
        everyone.show_progress(done, 40, "alice")
    assert capsys.readouterr().err.split("\n") == [
        "0/40 graded",
        "20/40 graded",
        "40/40 graded",
        "",
    ]


def test_folder_that_is_not_there_or_empty_is_refused(tmp_path):
    with pytest.raises(SystemExit, match=r"neither a folder nor a \.zip: name what"):
        grade.main([str(tmp_path / "x"), "--out", str(tmp_path / "out")])
    (tmp_path / "in").mkdir()
    with pytest.raises(SystemExit, match="holds no submission"):
        grade.main([str(tmp_path / "in"), "--out", str(tmp_path / "out")])
