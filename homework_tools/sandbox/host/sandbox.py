"""Keep a submission's code in a process of its own, as far from everything else as can be had.

There are three kinds, the strongest that works is taken:

- `bubblewrap` (Linux, if `bwrap` is installed): sees no file but Python's own, no network, no
  other process; bounded in time, memory, files and processes.
- `limits` (Linux): bounded as well, but can read the files that the grader's user can read; it
  can change none of them where the kernel grants it a view of its own.
- `subprocess` (macOS, Windows): a process in an empty folder, killed when its time is up.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homework_tools.sandbox.host.bubblewrap import bubblewrap
from homework_tools.sandbox.host.workers import BothWays, Died, OutOfTime, Worker

KINDS = ("bubblewrap", "limits", "subprocess")
GUEST = Path(__file__).parents[1] / "guest"
NOBODY = 65534
START_SECONDS = 60
MISSING = {
    "limits": "it can read every file that you can read, the hidden tests and other students' "
    "work among them",
    "subprocess": "it can read, change and delete every file that you can, and fill the disk",
}
WRITES = "It can also change your files, the kept grades among them."
UNFILTERED = (
    "This system offers no filter of system calls, so it can also use the network, fill memory, "
    "start programs that outlive it, and end the grader and your other programs. If the grader is "
    "ended, start it again: a submission at which that happens twice is passed over and named."
)
AS_ROOT = "Submissions run as root, as you do: grade with another account."


@dataclass(frozen=True)
class Limits:
    """What a submission may use."""

    call_s: float = 10  # wall seconds for one call of a function
    total_s: float = 90  # wall seconds for everything
    restarts: int = 12  # how often a worker that died is started anew
    memory_mb: int = 1024  # memory beyond what Python and the libraries take
    file_mb: int = 8  # size of one file

    def of_process(self) -> str:
        """Return the limits that the worker sets for itself, as JSON."""
        limits = {"cpu_s": int(self.total_s) + 5, "memory_mb": self.memory_mb}
        return json.dumps({**limits, "file_mb": self.file_mb})


class Sandbox:
    """Starts workers, all of one kind.

    Without a kind it is the strongest that works here.
    """

    def __init__(self, limits: Limits | None = None, kind: str | None = None):
        if kind is not None and kind not in KINDS:
            raise ValueError(f"unknown kind of sandbox {kind!r}: one of {', '.join(KINDS)}")
        self.limits = limits or Limits()
        self._folder = tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        self._server: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        self.has_namespaces = False  # in namespaces of its own
        self.read_only = False  # without a file that it can write but those of its own folder
        self.filtered = False  # refused the system calls that reach out of the process
        self.as_root = False  # run by root
        self._copy_tools()
        wanted = [kind] if kind else KINDS
        found = next((name for name in wanted if self._works(name)), None)
        if found is None:
            self.close()
            raise RuntimeError(f"the sandbox {kind!r} does not work here; leave the kind out")
        self.kind = found

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def warning(self) -> str:
        """Return what this kind cannot stop a submission from doing, "" for the strongest."""
        words = []
        if self.kind in MISSING:
            words.append(f"Without bubblewrap a submission is not locked in: {MISSING[self.kind]}.")
            if self.kind == "limits" and not self.read_only:
                words.append(WRITES)
            if not (self.has_namespaces or self.filtered):
                words.append(UNFILTERED)
            words.append("Grade on Linux with bubblewrap, or in a container made for this alone.")
        if self.as_root:
            words.append(AS_ROOT)
            if self.kind != "subprocess":
                words.append(f"The account `nobody`, taken otherwise, can't use {sys.executable}.")
        return " ".join(words)

    def start(self) -> Worker:
        """Start a worker that nobody has used."""
        if self.kind == "subprocess":
            return self._start_process()
        try:
            return self._fork()
        except OSError:  # the server is gone; a submission cannot reach it, but memory can run out
            if not self._works(self.kind):
                raise Died("the sandbox could not be started again") from None
            return self._fork()

    def close(self) -> None:
        """End everything."""
        self._stop_server()
        self._folder.cleanup()

    # ---- starting ------------------------------------------------------------------------------

    def _copy_tools(self) -> None:
        """Copy what runs on the other side into a folder that holds nothing else."""
        root = Path(self._folder.name)
        work = root / "work"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(GUEST, root / "tools" / "guest", ignore=ignored)
        work.mkdir()
        root.chmod(0o755)
        work.chmod(0o777)

    def _works(self, kind: str) -> bool:
        self.kind = kind
        if kind == "subprocess":
            self.as_root = hasattr(os, "geteuid") and os.geteuid() == 0
            try:
                self._start_process().kill()
            except (OSError, Died, OutOfTime):
                return False
            return True
        if sys.platform != "linux" or (kind == "bubblewrap" and not shutil.which("bwrap")):
            return False
        accounts = (False, True) if os.geteuid() == 0 else (False,)
        for self.as_root in accounts:
            for self._nested in (False, True) if kind == "bubblewrap" else (True,):
                if self._start_server():
                    return True
        return False

    def _start_server(self) -> bool:
        """Start the process that forks workers, and say whether a worker of its works."""
        self._stop_server()
        self._control, theirs = socket.socketpair()
        drop: dict[str, Any] = {}
        if os.geteuid() == 0 and not self.as_root:
            drop = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            self._server = subprocess.Popen(
                self._command("forkserver"), stdin=theirs.fileno(), **self._quiet(), **drop
            )
        except (OSError, subprocess.SubprocessError):
            return False
        finally:
            theirs.close()
        self._control.settimeout(START_SECONDS)
        try:
            if self._control.recv(5) != b"ready":
                return False
            worker = self._fork()
        except (OSError, Died, OutOfTime):
            return False
        worker.kill()
        return self.has_namespaces or self.kind != "bubblewrap"

    def _fork(self) -> Worker:
        if self._control is None:
            raise Died("the process that forks workers")
        ours, theirs = socket.socketpair()
        stop_read, stop_write = os.pipe()
        try:
            socket.send_fds(self._control, [b"f"], [theirs.fileno(), stop_read])
        except OSError:
            ours.close()
            os.close(stop_write)
            raise
        finally:
            theirs.close()
            os.close(stop_read)
        ends = [stop_write]

        def kill() -> None:  # the guard kills when it sees the pipe close
            while ends:
                os.close(ends.pop())
            with suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)

        stream = ours.makefile("rwb", buffering=0)
        ours.close()  # the stream keeps it open
        return self._greeted(Worker(stream, kill))

    def _start_process(self) -> Worker:
        options = self._quiet()
        options |= {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
        process = subprocess.Popen(self._command("worker"), **options)

        def kill() -> None:
            if os.name == "nt":
                command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(command, capture_output=True)
            else:
                with suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()

        return self._greeted(Worker(BothWays(process), kill))

    def _greeted(self, worker: Worker) -> Worker:
        """Return a worker when it has said how it is held back, before it runs a submission."""
        hello = worker.ask(None, START_SECONDS)
        self.has_namespaces = hello.get("has_namespaces") is True
        self.filtered = hello.get("filtered") is True
        self.read_only = hello.get("read_only") is True
        return worker

    def _stop_server(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    # ---- the command ---------------------------------------------------------------------------

    def _command(self, module: str) -> list[str]:
        root = Path(self._folder.name)
        tools, work, wrap = root / "tools", root / "work", []
        if self.kind == "bubblewrap":
            wrap = bubblewrap(tools, nested=self._nested)
            tools, work = Path("/tools"), Path("/work")
        elif module == "worker":
            work = Path(tempfile.mkdtemp(dir=work))
        code = (
            f"import sys; sys.path.insert(0, {str(tools)!r})\n"
            f"from guest import {module}; {module}.main()"
        )
        python = [sys.executable, "-I", "-B", "-X", "utf8", "-c", code]
        return [*wrap, *python, str(work), self.limits.of_process()]

    def _quiet(self) -> dict[str, Any]:
        kept = {"SYSTEMROOT", "PATH", "TEMP", "TMP"} if os.name == "nt" else set()
        threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        variables = {name: os.environ[name] for name in kept & os.environ.keys()}
        variables |= {**dict.fromkeys(threads, "1"), "PYTHONHASHSEED": "0"}
        nothing = subprocess.DEVNULL
        options = {"env": variables, "cwd": Path(self._folder.name) / "work"}
        return {**options, "stdout": nothing, "stderr": nothing, "start_new_session": True}


def hide_memory() -> None:
    """Keep programs of the same account from tracing or stopping this one, where that is known."""
    with suppress(ImportError):  # on Windows
        from homework_tools.sandbox.guest import confine

        confine.hide_memory()
