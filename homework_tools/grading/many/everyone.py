"""Grade a class, on all cores or on a cluster.

Results are kept one file a submission, under a hash of everything that they depend on, so a run
that was interrupted goes on where it stopped, and a run again changes nothing.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from homework_tools.grading.collect import with_cells
from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.grading.many.helpers import Helpers, Lost
from homework_tools.grading.many.kept_results import (
    code_key,
    grading_key,
    keep_result,
    kept_result,
    submission_key,
)
from homework_tools.grading.many.one import NoSandbox, Reply, Setting, grade_one, graded
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.sandbox.host.sandbox import Sandbox
from homework_tools.words.translator import gettext, gettext_noop, now

MAX_DEATHS = 2
FEW = 20  # another process, which takes time and memory to start, is worth it for so many more
ON_THE_WAY = 256  # submissions at a time that an executor is given
OWN_SECONDS = 60  # for the hidden tests' own work on one submission
ENDED_THE_GRADER = gettext_noop(
    "the grader was killed twice while it graded this, perhaps by it: read the notebook; to try it "
    "again, delete results/{file}"
)


@dataclass(eq=False)
class Job:
    """A submission that is to be graded."""

    submission: Submission
    key: str
    path: Path
    note: Path
    deaths: int = 0  # how often the process that graded it has died


Came = Iterator[tuple[Job, Reply | None]]  # None for one at which a process died


def grade_class(
    submissions: list[Submission],
    master: Master,
    out: Path,
    sandbox: Sandbox,
    *,
    fresh: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
) -> list[dict]:
    """Grade submissions; each result is kept in `results` below `out` as soon as it is there.

    There is one record for each submission, whatever is in it and whoever has graded it. `fresh`
    grades again what was graded before. `jobs` is how many to grade at a time: as many as there are
    cores, and fewer for a small class; an `executor` takes its place. Other processes have a
    sandbox of their own, of the same kind. The screen shows how far it is, and once what a sandbox
    lacks.
    """
    records: dict[str, dict] = {}
    todo = []
    for job in _jobs(submissions, out, grading_key(master, sandbox)):
        record = None if fresh else kept_result(job.path, job.key)
        if record is None:
            todo.append(job)
        else:
            records[job.submission.student] = record
    jobs = jobs or min(free_cores(), -(-len(todo) // FEW))
    at_once, own = ON_THE_WAY, nullcontext(executor)
    if executor is None and jobs > 1:
        at_once, own = jobs, Helpers(jobs, sandbox.limits.total_s + OWN_SECONDS)
    warned = {""}
    _warn(sandbox, sandbox.warning(), warned)
    show_progress(len(records), len(submissions), "")
    try:
        with own as workers:
            run = _runner(master, sandbox, workers, at_once)
            for job, came in _until_all_are_graded(todo, run, master, sandbox, fresh=fresh):
                _warn(sandbox, came.warning, warned)
                record = came.record if came.again else came.record | {"key": job.key}
                keep_result(job.path, record)
                records[job.submission.student] = record
                show_progress(len(records), len(submissions), job.submission.student)
    finally:  # only a grader that had no time for this leaves its notes behind
        shutil.rmtree(out / "in_progress", ignore_errors=True)
    _remove_others(out, submissions)
    return [records[each.student] for each in submissions]


def show_progress(done: int, total: int, student: str) -> None:
    """Draw a bar on the screen; in a log, say so now and then."""
    if sys.stderr.isatty():
        filled = "#" * (30 * done // total)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r[{filled:<30}] {done}/{total} {student[:30]:<30}{end}")
    elif done % 20 == 0 or done == total:
        sys.stderr.write(f"{done}/{total} graded\n")
    sys.stderr.flush()


def _warn(sandbox: Sandbox, words: str, warned: set[str]) -> None:
    if words not in warned:
        warned.add(words)
        print(f"WARNING ({sandbox.kind}): {words}", file=sys.stderr)


def free_cores() -> int:
    """Return how many cores this process may use."""
    free = getattr(os, "sched_getaffinity", lambda process: ())  # Linux alone knows them
    return len(free(0)) or os.cpu_count() or 1


def _jobs(submissions: list[Submission], out: Path, shared: str) -> Iterator[Job]:
    for submission in submissions:
        path = out / "results" / f"{submission.student}.json"
        note = out / "in_progress" / path.name
        key = submission_key(shared, submission)
        deaths = (kept_result(note, key) or {"deaths": 0})["deaths"]
        yield Job(submission, key, path, note, deaths)


def _until_all_are_graded(
    todo: list[Job], run: Callable, master: Master, sandbox: Sandbox, *, fresh: bool
) -> Iterator[tuple[Job, Reply]]:
    """Grade every submission; one at which a process died comes again, alone with its process.

    So no other one is blamed that was graded at the same time.
    """
    while todo:
        lost = []
        hopeless = [job for job in todo if job.deaths >= MAX_DEATHS and not fresh]
        for job in hopeless:
            fault = gettext(ENDED_THE_GRADER).format(file=job.path.name)
            yield job, graded(HiddenTests(master), replace(job.submission, fault=fault), sandbox)
        rest = [job for job in todo if job not in hopeless]
        alone = [[job] for job in rest if job.deaths]
        for together in filter(None, [*alone, [job for job in rest if not job.deaths]]):
            for job, came in run(together):
                if came is None:
                    lost.append(job)
                else:
                    job.note.unlink(missing_ok=True)
                    yield job, came
        todo, fresh = lost, False


def _begun(job: Job) -> Submission:
    """Note that a submission is being graded, and return it with its cells."""
    job.deaths += 1
    keep_result(job.note, {"key": job.key, "deaths": job.deaths})
    return with_cells(job.submission)


def _runner(
    master: Master, sandbox: Sandbox, workers: Executor | None, at_once: int
) -> Callable[[list[Job]], Came]:
    """Return what grades submissions: an executor, which has so many at a time, or this process."""
    if workers is None:
        tests = HiddenTests(master)
        return lambda todo: ((job, graded(tests, _begun(job), sandbox)) for job in todo)
    setting = Setting(master, sandbox.kind, sandbox.limits, code_key(), now.compiled)
    return lambda todo: _by_executor(partial(grade_one, setting), todo, workers, at_once)


def _by_executor(do: Callable, todo: Iterable[Job], workers: Executor, at_once: int) -> Came:
    """Grade on whatever the executor has; few submissions at a time are read from disk."""
    todo, running = iter(todo), {}
    while True:
        for job in islice(todo, at_once - len(running)):
            running[workers.submit(do, _begun(job))] = job
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), _result(future, workers)


def _result(future: Future, workers: Executor) -> Reply | None:
    """Return what came of a submission; None if it has cost the worker that was at it."""
    try:
        return future.result()
    except Lost:
        return None
    except NoSandbox:
        raise
    except BrokenExecutor as error:
        raise RuntimeError(f"the executor has lost its workers ({error}): start it anew") from None
    except Exception as error:
        if isinstance(workers, Helpers):
            raise  # no submission's fault
        # Dask has its own name for a worker that was lost.
        sys.stderr.write(f"\n{type(error).__name__}: {error}\n")
        return None


def _remove_others(out: Path, submissions: list[Submission]) -> None:
    """Remove the results of those who have handed in nothing any more."""
    current = {f"{submission.student}.json" for submission in submissions}
    for path in (out / "results").glob("*.json"):
        if path.name not in current:
            path.unlink()
