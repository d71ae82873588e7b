"""Fork a fresh worker for each submission from a process that has imported numpy and pandas.

Linux only. The grader sends two file descriptors for each worker: the stream it will talk over,
and a pipe whose end tells the guard to kill. The guard stands between: it never runs a line of a
submission, so nothing that a submission does can keep it from killing. When the grader dies, all
pipes close and all workers with them.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress

from . import codec, confine, worker


def guard(stream: socket.socket, stop: int, folder: str, limits: dict) -> None:
    """Start one worker in namespaces of its own, and kill it when the pipe `stop` closes."""
    has_namespaces = confine.separate_namespaces()
    read_only = False
    if has_namespaces:
        has_namespaces, read_only = confine.fresh_folder(folder, limits["file_mb"] * 4)
    child = os.fork()
    if child == 0:
        os.close(stop)
        os.setsid()
        os.chdir(folder)
        confine.limit_resources(**limits)
        has_namespaces = has_namespaces and confine.cover_processes()
        confine.drop_privileges()
        filtered = confine.forbid_calls()
        with stream.makefile("rwb", buffering=0) as file, suppress(EOFError):
            hello = {"has_namespaces": has_namespaces, "filtered": filtered}
            codec.write_message(file, {**hello, "read_only": read_only})
            worker.serve(file)
        os._exit(0)
    stream.close()
    os.read(stop, 1)
    for kill in (os.killpg, os.kill):
        with suppress(OSError):
            kill(child, signal.SIGKILL)
    os._exit(0)


def main() -> None:
    """Fork a worker for each message, until the grader closes."""
    control = socket.socket(fileno=os.dup(0))
    worker.moved_streams()
    worker.silence()
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import scipy.stats  # noqa: F401

    gc.freeze()  # else the first collection of each worker copies all that it shares
    folder, limits = sys.argv[1], json.loads(sys.argv[2])
    confine.hide_memory()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            guard(socket.socket(fileno=descriptors[0]), descriptors[1], folder, limits)
        for number in descriptors:
            os.close(number)
