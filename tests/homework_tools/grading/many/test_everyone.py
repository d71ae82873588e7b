"""The same results come of any number of processes, of a cluster, and after any interruption."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool

import pytest

import tasks
from homework_tools.grading import grade
from homework_tools.grading.collect import collect
from homework_tools.grading.many import everyone, kept_results
from homework_tools.grading.many.one import NoSandbox, Reply, Setting, grade_one
from homework_tools.master.read import read_master
from homework_tools.sandbox.host import sandbox as sandboxes
from homework_tools.sandbox.host.sandbox import Limits
from tests.homework_tools.submissions import file_with_cells, put, run, with_cells

POINTS = ["28", "26", "0", ""]
THREADS = {"processes": False, "n_workers": 1, "threads_per_worker": 2}


def made(folder):
    """Return every file of the grades, without the seconds that each took."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: re.sub(rb'"seconds": [^\n]*', b"", text) for name, text in texts.items()}


def test_results_are_the_same_for_one_process_for_two_and_on_a_cluster(folder, monkeypatch):
    from distributed import Client  # not there in a browser's Python

    # What never rests is stopped in sandbox/test_sandbox.py.
    slow = "import time\ndef top_genes(results, n=10):\n    time.sleep(99)"
    put(folder / "in", "eve.ipynb", file_with_cells(read_master(), slow))
    found = []
    for options in (["--jobs", "1"], ["--jobs", "2"], []):
        with contextlib.ExitStack() as stack:
            if not options:
                client = stack.enter_context(Client(**THREADS, dashboard_address="127.0.0.1:0"))
                monkeypatch.setattr(grade, "main", _with(client.get_executor(), grade.main))
            rows = run(folder, "--fresh", "--seconds", "2", *options)
        assert [row["total"] for row in rows.values()] == [*POINTS, "26"]
        found.append(made(folder / "out"))
    assert {"scores.csv", "similar.html", "feedback/eve.md", "results/eve.json"} <= set(found[0])
    assert b"took longer than" in found[0]["feedback/eve.md"]
    assert found[0] == found[1] == found[2]


def _with(executor, main):
    return lambda arguments: main(arguments, executor=executor)


def group_lives(number):
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="it kills as POSIX does")
def test_run_on_two_processes_that_is_killed_leaves_none_and_goes_on(folder):
    where = [str(folder / "in"), "--out", str(folder / "out"), "--jobs", "2"]
    first = subprocess.Popen(
        [sys.executable, "-m", "homework_tools.grading.grade", *where],
        env=os.environ | {"PYTHONPATH": str(tasks.ROOT), "TMPDIR": str(folder)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    results, deadline = folder / "out" / "results", time.monotonic() + 120
    while not list(results.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    first.kill()
    first.wait()
    kept = {path: path.stat().st_mtime_ns for path in results.glob("*.json")}
    assert kept
    assert not (folder / "out" / "scores.csv").exists()
    while time.monotonic() < deadline and group_lives(first.pid):
        time.sleep(0.05)
    assert not group_lives(first.pid)
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == POINTS
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert not list(results.glob("*.part"))
    assert not (folder / "out" / "in_progress").exists()


def test_one_at_which_two_processes_die_is_passed_over_and_no_other_is_blamed(folder, monkeypatch):
    asked = []

    def losing(do, todo, workers, at_once):
        todo = list(todo)
        asked.append([everyone._begun(job).student for job in todo])
        for job in todo:
            record = {"student": job.submission.student, "fault": ""}
            lost = "bob" in asked[-1] and job.submission.student != "alice"
            yield job, None if lost else Reply(record)

    monkeypatch.setattr(everyone, "_by_executor", losing)
    with sandboxes.Sandbox(kind="subprocess") as sandbox:
        master, found = read_master(), collect(folder / "in")
        records = everyone.grade_class(found, master, folder / "out", sandbox, jobs=2)
    assert asked == [["alice", "bob", "carol", "dan"], ["bob"], ["carol"], ["dan"]]
    faults = [record["fault"] for record in records]
    assert faults[1].startswith("the grader was killed twice while it graded this")
    assert [faults[0], *faults[2:]] == ["", "", ""]


class Broken(Executor):
    """An executor whose workers are gone."""

    def submit(self, do, /, *args, **options):
        future = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_executor_without_workers_ends_the_run(folder):
    where = [str(folder / "in"), "--out", str(folder / "out")]
    with pytest.raises(SystemExit, match=r"the executor has lost its workers \(gone\): start it"):
        grade.main(where, executor=Broken())
    with pytest.raises(SystemExit, match="an executor has workers of its own"):
        grade.main([*where, "--jobs", "2"], executor=Broken())
    with pytest.raises(SystemExit, match="--jobs must be 1 or more"):
        grade.main([*where, "--jobs", "0"])


def test_process_that_can_not_start_ends_the_run_and_blames_nobody(folder, monkeypatch):
    def no_process(self):
        raise OSError("no memory is left")

    monkeypatch.setattr(everyone.Helpers, "_start", no_process)
    with pytest.raises(SystemExit, match="Not graded: no memory is left"):
        grade.main([str(folder / "in"), "--out", str(folder / "out"), "--jobs", "2"])


def test_worker_without_the_sandbox_or_with_another_grader_says_so(master, monkeypatch):
    submission, code = with_cells(master), kept_results.code_key()
    with pytest.raises(NoSandbox, match="another version of this grader"):
        grade_one(Setting(master, "limits", Limits(), "another"), submission)
    monkeypatch.setattr(sandboxes.shutil, "which", lambda name: None)
    with pytest.raises(NoSandbox, match="'bubblewrap': install bubblewrap on every worker"):
        grade_one(Setting(master, "bubblewrap", Limits(), code), submission)


def test_weaker_sandbox_of_a_worker_is_announced_once(folder, monkeypatch, capsys):
    def weaker(do, todo, workers, at_once):
        for job in todo:
            fault = {"student": job.submission.student, "fault": "x", "flags": [], "notes": []}
            fault |= {"name": "x", "file": "x", "tests": [], "answers": {}}
            yield job, Reply(fault, warning="Root can do all.")

    monkeypatch.setattr(everyone, "_by_executor", weaker)
    grade.main([str(folder / "in"), "--out", str(folder / "out")], executor=Broken())
    assert capsys.readouterr().err.count("Root can do all.") == 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such timer")
def test_tests_that_take_too_long_themselves_are_stopped(tests, sandbox, monkeypatch):
    def slow(value, depth=0):
        while True:
            pass

    monkeypatch.setattr("homework_tools.grading.hidden_tests.OWN_SECONDS", 1)
    monkeypatch.setattr("homework_tools.sandbox.guest.codec.decode", slow)
    record = tests.grade(with_cells(tests.master), sandbox)
    assert record["seconds"] < 60
    said = {test["feedback"] for test in record["tests"]}
    assert "needed too long to look at what find_shifted_genes returned" in " ".join(said)
