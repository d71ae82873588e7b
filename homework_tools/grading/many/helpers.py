"""An executor of processes of this machine, of which one that dies costs nothing but its task.

`ProcessPoolExecutor` gives up all tasks when a process dies, and leaves its processes behind when
this one is killed; here the grader must outlive what it grades.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from homework_tools.sandbox.host.sandbox import hide_memory


class Lost(Exception):
    """The process at a task has died, or took so long that it was ended."""


class Helpers(ThreadPoolExecutor):
    """Each thread has a process do its tasks, and starts another one if that is lost.

    A task's function, its arguments and what comes of it can be pickled.
    """

    def __init__(self, processes: int, seconds: float):
        super().__init__(processes)
        self.seconds = seconds
        self._started: list[SpawnProcess] = []
        self._of_thread = threading.local()
        self._is_shut = False
        self._folder = tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        os.chmod(self._folder.name, 0o755)  # a worker may run by another account

    def submit(self, do: Callable, /, *args: Any, **options: Any) -> Future:
        """Do a task as soon as a process is free; if that is lost, the future raises `Lost`."""
        return super().submit(self._by_a_process, partial(do, *args, **options))

    def shutdown(self, *args: Any, **options: Any) -> None:
        """End all processes, whatever they are at."""
        self._is_shut = True
        for process in self._started:
            process.kill()
        super().shutdown(cancel_futures=True)
        for process in self._started:
            process.join()
        self._folder.cleanup()

    def _by_a_process(self, task: Callable[[], Any]) -> Any:
        process, ours = getattr(self._of_thread, "helper", None) or self._start()
        try:
            ours.send(task)
            if not ours.poll(self.seconds):
                raise EOFError
            came = ours.recv()
        except (EOFError, OSError):
            process.kill()
            ours.close()
            self._of_thread.helper = None
            raise Lost from None
        if isinstance(came, Exception):
            raise came
        return came

    def _start(self) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")  # a fork would copy what this process holds
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._folder.name), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of what can be read
        self._started.append(process)
        if self._is_shut:
            process.kill()
        self._of_thread.helper = process, ours
        return process, ours


def _serve(stream: Connection, folder: str) -> None:
    """Do what is asked in this process until the other one closes, or is gone."""
    tempfile.tempdir = folder  # whatever ends this process, the other one tidies up
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one ends this one
    hide_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            task = stream.recv()
            try:
                came = task()
            except Exception as error:
                came = error
            stream.send(came)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    sys.stderr.flush()
    os._exit(1)
