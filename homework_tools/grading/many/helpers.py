"""Share work among processes of this machine, of which one that dies costs nothing but its task.

`concurrent.futures` gives up all tasks when a process dies, and leaves its processes behind when
this one is killed; here the grader must outlive what it grades.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from homework_tools.sandbox.host.sandbox import hide_memory


class Lost:
    """What comes of a task whose process died, or took so long that it was ended."""


@dataclass
class Helper:
    """One process, and what it is at."""

    process: SpawnProcess
    ours: Connection
    task: Any = None
    since: float = 0

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.ours.close()


def share(
    do: Callable[[Any], Any], tasks: Iterable[tuple[Any, Callable[[], Any]]], n: int, seconds: float
) -> Iterator[tuple[Any, Any]]:
    """Do tasks in `n` processes, and yield name and result of each as soon as it is there.

    A task is its name and a function that returns the part of a process; it is called when a
    process is free, so that few parts are in memory at a time. All that crosses can be pickled,
    `do` as well. The result is what `do` returned, the exception that it raised, or a `Lost` if its
    process died or took more than so many seconds.
    """
    todo, idle, busy = iter(tasks), [], []
    folder = tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
    os.chmod(folder.name, 0o755)  # a worker may run by another account
    try:
        while True:
            while len(busy) < n and (task := next(todo, None)):
                helper = idle.pop() if idle else _started(do, folder.name)
                helper.task, helper.since = task[0], time.monotonic()
                with suppress(OSError):  # it has died already, which is seen below
                    helper.ours.send(task[1]())
                busy.append(helper)
            if not busy:
                return
            ready = wait([helper.ours for helper in busy], timeout=1)
            for helper in [*busy]:
                if helper.ours in ready:
                    came = _received(helper)
                elif time.monotonic() - helper.since > seconds:
                    came = Lost()
                else:
                    continue
                busy.remove(helper)
                if isinstance(came, Lost):
                    helper.end()
                else:
                    idle.append(helper)
                yield helper.task, came
    finally:
        for helper in [*busy, *idle]:
            helper.end()
        folder.cleanup()


def _started(do: Callable, folder: str) -> Helper:
    context = multiprocessing.get_context("spawn")  # a fork would copy what this process holds
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(do, theirs, folder), daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of what can be read
    return Helper(process, ours)


def _received(helper: Helper) -> Any:
    try:
        return helper.ours.recv()
    except (EOFError, OSError):
        return Lost()


def _serve(do: Callable, stream: Connection, folder: str) -> None:
    """Do what is asked in this process until the other one closes, or is gone."""
    tempfile.tempdir = folder  # whatever ends this process, the other one tidies up
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one ends this one
    hide_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            part = stream.recv()
            try:
                came = do(part)
            except Exception as error:
                came = error
            stream.send(came)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    sys.stderr.flush()
    os._exit(1)
