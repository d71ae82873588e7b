"""Whatever a submission does, the grader gets an answer or a reason, and goes on."""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest

from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.host.sandbox import KINDS, Limits, Sandbox
from homework_tools.sandbox.host.workers import Died, OutOfTime

LIMITS = Limits(call_s=2, total_s=30, memory_mb=512, file_mb=1)
LINUX = sys.platform == "linux"
REFUSED = ("OSError", "ConnectionRefusedError", "PermissionError")


def works(kind):
    """Say whether a kind of sandbox can be had on this machine; in CI's gate on Linux it must."""
    try:
        with Sandbox(LIMITS, kind):
            return True
    except RuntimeError:
        if LINUX and os.environ.get("GITHUB_JOB") == "gate":
            pytest.fail(f"{kind} does not work: this job would pass without testing it")
        return False


@pytest.fixture(scope="module", params=KINDS)
def sandbox(request):
    if not works(request.param):
        pytest.skip(f"{request.param} is not to be had here")
    with Sandbox(LIMITS, request.param) as found:
        yield found


def ask(sandbox, source, *args, files=None):
    """Return what a new worker answers when the function `f` of a source is called."""
    worker = sandbox.start()
    try:
        loaded = worker.ask({"do": "load", "cells": [[1, source]]}, 30)
        assert "f" in loaded["defined"], loaded
        request = {"do": "call", "function": "f", "args": list(args), "kwargs": {}}
        return worker.ask({**request, "files": files or {}}, LIMITS.call_s)
    finally:
        worker.kill()


def test_result_comes_back(sandbox):
    assert ask(sandbox, "def f(x): return x + 0.5", 1)["value"] == 1.5


def test_endless_loop_runs_out_of_time(sandbox):
    started = time.monotonic()
    with pytest.raises(OutOfTime):
        ask(sandbox, "def f():\n    while True: pass")
    assert time.monotonic() - started < LIMITS.call_s + 8


def test_endless_loop_that_catches_everything_runs_out_of_time(sandbox):
    source = "def f():\n    while True:\n        try: f()\n        except BaseException: pass"
    with pytest.raises((OutOfTime, Died)):
        ask(sandbox, source)


@pytest.mark.parametrize("end", ["os._exit(0)", "os.abort()", "ctypes.string_at(0)"])
def test_end_of_the_process_is_noticed(sandbox, end):
    if end != "os._exit(0)" and sys.platform == "win32":
        pytest.skip("opens a dialog there")
    with pytest.raises(Died):
        ask(sandbox, f"import os, ctypes\ndef f(): {end}")


@pytest.mark.parametrize("end", ["sys.exit()", "exit(3)", "raise KeyboardInterrupt", "input()"])
def test_polite_end_is_an_error_of_the_function(sandbox, end):
    assert "fault" in ask(sandbox, f"import sys\ndef f(): {end}")


def test_much_output_costs_nothing(sandbox):
    source = "import os, sys\ndef f():\n    for _ in range(50): print('x' * 2**20)\n"
    source += (
        "    sys.__stdout__ and sys.__stdout__.write('y')\n    os.write(1, b'z' * 99)\n    return 1"
    )
    assert ask(sandbox, source)["value"] == 1


def test_result_that_is_too_large_is_refused(sandbox):
    assert ask(sandbox, "def f(): return 'x' * 50_000_000")["fault"]["kind"] == "ResultTooLarge"


def test_objects_of_its_own_do_not_cross(sandbox):
    source = "class Liar(list):\n    def __eq__(self, other): return True\n    __ne__ = None\n"
    answer = ask(sandbox, source + "class Thing:\n    pass\ndef f(): return [Liar([1]), Thing()]")
    value = codec.decode(answer["value"])
    assert type(value[0]) is list
    assert isinstance(value[1], codec.Unknown)
    assert value != [[1], 2]


def test_installed_solutions_are_not_to_be_had(sandbox):
    answer = ask(sandbox, "def f():\n    import rnaseq_hw\n    return 1")
    assert answer["fault"]["kind"] == "ModuleNotFoundError"


def test_only_definitions_imports_and_constants_run(sandbox):
    source = "import math\nA = [1, -2.5]\nB: int = 3\nC = math.sqrt(4)\nwhile True: pass\n1 / 0\n"
    source += "exit()\ng = lambda: A[1]\ndef f(): return [B, g(), 'C' in globals()]"
    assert codec.decode(ask(sandbox, source)["value"]) == [3, -2.5, False]


def test_lines_of_ipython_are_passed_over(sandbox):
    source = "%matplotlib inline\n!pip install x\nlen?\ndef f(): return 3"
    assert ask(sandbox, source)["value"] == 3
    assert ask(sandbox, "def f():\n    return (7\n        % 4)")["value"] == 3


def test_plots_are_not_drawn(sandbox):
    source = "import matplotlib.pyplot as plt\nfrom IPython.display import display\n"
    source += (
        "def f():\n    fig, ax = plt.subplots()\n    ax.plot([1]).x\n    plt.show()\n    return 1"
    )
    assert ask(sandbox, source)["value"] == 1


def test_files_of_the_test_are_there_and_those_written_come_back(sandbox):
    source = "def f():\n    text = open('a.csv').read()\n    open('b.csv', 'w').write(text * 2)\n"
    source += "    open('c.exe', 'w').write('x')\n"
    answer = ask(sandbox, source, files={"a.csv": "gene\n"})
    assert answer["files"] == {"a.csv": "gene\n", "b.csv": "gene\ngene\n"}


def test_errors_name_cell_and_line(sandbox):
    fault = ask(sandbox, "def f():\n    x = 1\n    return {}['k']")["fault"]
    assert (fault["kind"], fault["cell"], fault["line"]) == ("KeyError", 1, 3)


def test_deep_result_is_refused_and_does_no_harm(sandbox):
    source = "def f():\n    a = []\n    for _ in range(99999): a = [a]\n    return a"
    answer = ask(sandbox, source)
    assert "fault" in answer or codec.decode(answer["value"])


TMPFS = """
import ctypes, os
def f():
    libc, held = ctypes.CDLL(None), 0
    for flags in (0x10020000, 0x20000, 0):
        if libc.unshare(flags) == 0:
            for folder in (b"/work", b"/tmp", b"."):
                if libc.mount(b"none", folder, b"tmpfs", 0, b"size=2g") == 0:
                    os.chdir(folder)
                    while held < 700:
                        with open(f"{held}.bin", "wb") as file:
                            file.write(b"0" * 2**20)
                        held += 1
                    return held
    return held
"""
SHARED = """
import ctypes
def f():
    libc, numbers = ctypes.CDLL(None), []
    libc.shmat.restype = ctypes.c_void_p
    for _ in range(14):
        number = libc.shmget(0, 50 << 20, 0o1600)
        if number < 0:
            break
        numbers.append(number)
        address = ctypes.c_void_p(libc.shmat(number, None, 0))
        ctypes.memset(address, 1, 50 << 20)
        libc.shmdt(address)
    for number in numbers:
        libc.shmctl(number, 0, None)
    return 50 * len(numbers)
"""
# What could end or stop the grader, stated so that it does no harm where it is let through.
REACHING_OUT = {
    "all of the account's processes": "os.kill(-1, 0)",
    "the parent": "os.kill(os.getppid(), 0)",
    "the parent, traced": "check(libc.ptrace(0x4206, os.getppid(), 0, 0))",
    "the parent's limits": "resource.prlimit(os.getppid() or 1, resource.RLIMIT_CORE)",
    "a signal by a descriptor": "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
    "the parent's processors": "os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))",
    "the parent's memory": "check(libc.process_vm_readv(os.getppid(), 0, 0, 0, 0, 0))",
    "memory in a pipe": "check(libc.vmsplice(os.pipe()[1], None, 0, 0))",
    "memory without a name": "os.memfd_create('x')",
    "the network": "socket.socket()",
    "a namespace": "check(libc.unshare(0x10000000))",
    "io_uring": "check(libc.syscall(425, 1, ctypes.create_string_buffer(120)))",
}


@pytest.mark.skipif(not LINUX, reason="the filter is Linux's")
@pytest.mark.parametrize("action", REACHING_OUT.values(), ids=REACHING_OUT)
def test_what_reaches_out_of_the_process_is_refused(sandbox, action):
    source = "import ctypes, fcntl, os, resource, socket\n"
    source += "def check(code):\n    if code: raise OSError(ctypes.get_errno(), 'refused')\n"
    source += f"def f():\n    libc = ctypes.CDLL(None, use_errno=True)\n    {action}"
    answer = ask(sandbox, source)
    assert answer.get("fault", {}).get("kind") == "PermissionError", answer


@pytest.mark.skipif(not LINUX, reason="the limits are Linux's")
class TestLimits:
    """What the two kinds on Linux hold back; `warning()` says the rest."""

    @pytest.fixture(autouse=True)
    def _limited(self, sandbox):
        if sandbox.kind == "subprocess":
            pytest.skip("a plain process")

    def test_memory_is_bounded(self, sandbox):
        answer = ask(sandbox, "def f(): return len(bytearray(2**31))")
        assert answer["fault"]["kind"] == "MemoryError"

    @pytest.mark.parametrize("start", ["os.fork()", "os.system('true')", "subprocess.run('true')"])
    def test_no_process_is_started(self, sandbox, start):
        answer = ask(sandbox, f"import os, subprocess\ndef f(): return {start}")
        assert "fault" in answer or answer["value"] != 0  # what the shell's start returned

    def test_no_thread_is_started(self, sandbox):
        source = "import threading\ndef f(): threading.Thread(target=print).start()"
        assert ask(sandbox, source)["fault"]["kind"] == "RuntimeError"

    @pytest.mark.parametrize(
        "hold", [TMPFS, SHARED], ids=["file system in memory", "shared memory"]
    )
    def test_memory_is_bounded_outside_of_the_process_too(self, sandbox, hold):
        answer = ask(sandbox, hold)
        assert codec.decode(answer["value"]) < LIMITS.memory_mb

    def test_file_size_is_bounded(self, sandbox):
        answer = ask(sandbox, "def f(): open('x', 'wb').write(b'0' * (2 << 20))")
        assert answer["fault"]["kind"] == "OSError"

    def test_disk_is_bounded(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        source = "def f():\n    for n in range(50): open(str(n), 'wb').write(b'0' * (1 << 19))"
        assert ask(sandbox, source)["fault"]["kind"] == "OSError"

    def test_number_of_files_is_bounded(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        source = "def f():\n    for n in range(3000): open(str(n), 'w').close()"
        assert ask(sandbox, source)["fault"]["kind"] == "OSError"

    @pytest.mark.parametrize("action", ["open(path, 'w')", "os.chmod(path, 0)", "os.remove(path)"])
    def test_files_of_others_cannot_be_changed(self, sandbox, tmp_path, action):
        if sandbox.kind == "limits" and not sandbox.read_only:
            pytest.skip("this kernel grants no view of its own")
        path = tmp_path / "grade.json"
        path.write_text("{}", encoding="utf-8")
        for each in (path, tmp_path):
            each.chmod(0o777)
        answer = ask(sandbox, f"import os\ndef f(path): {action}", str(path))
        assert answer["fault"]["kind"] in ("OSError", "FileNotFoundError", "PermissionError")
        assert path.read_text(encoding="utf-8") == "{}"

    def test_nothing_is_left_for_the_next_submission(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        ask(sandbox, "def f(): open('left.csv', 'w').write('x')")
        answer = ask(sandbox, "import os\ndef f(): return os.listdir('.')")
        assert codec.decode(answer["value"]) == []

    def test_network_is_out_of_reach(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = server.getsockname()
            source = f"import socket\ndef f(): socket.create_connection({address!r}, 1)"
            assert ask(sandbox, source)["fault"]["kind"] in REFUSED

    def test_other_processes_are_out_of_reach(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        source = "import os, signal\ndef f():\n    found = []\n    for n in range(2, 5000):\n"
        source += "        try:\n            os.kill(n, 9)\n            found.append(n)\n"
        source += "        except OSError: pass\n    return found"
        assert codec.decode(ask(sandbox, source)["value"]) == []
        assert ask(sandbox, "def f(): return 1")["value"] == 1

    def test_memory_of_other_processes_is_out_of_reach(self, sandbox):
        if not sandbox.has_namespaces:
            pytest.skip("no namespaces here")
        source = "import os\ndef f():\n    found = []\n"
        source += "    me = os.path.exists('/proc/self') and os.stat('/proc/self').st_ino\n"
        source += "    for n in filter(str.isdigit, os.listdir('/proc')):\n"
        source += "        try:\n            if os.stat(f'/proc/{n}').st_ino != me:\n"
        source += "                open(f'/proc/{n}/mem', 'rb').close()\n"
        source += "                found.append(n)\n"
        source += "        except OSError: pass\n    return found"
        assert codec.decode(ask(sandbox, source)["value"]) == []


def test_bubblewrap_hides_every_file_but_pythons():
    if not works("bubblewrap"):
        pytest.skip("bubblewrap is not to be had here")
    source = "import os\ndef f(path): return os.path.exists(path)"
    with Sandbox(LIMITS, "bubblewrap") as sandbox:
        assert ask(sandbox, source, __file__)["value"] is False
        assert ask(sandbox, source, "/etc/passwd")["value"] is False
        answer = ask(sandbox, "def f(): open('/tools/x', 'w')")
        assert answer["fault"]["kind"] == "OSError"
        answer = ask(sandbox, "import os\ndef f(): return os.listdir('/proc')")
        assert codec.decode(answer["value"]) == []
        assert not sandbox.warning() or sandbox.as_root


def test_weaker_kinds_say_what_they_cannot_stop():
    with Sandbox(LIMITS, "subprocess") as sandbox:
        assert "can read, change and delete every file" in sandbox.warning()
    if works("limits"):
        with Sandbox(LIMITS, "limits") as sandbox:
            assert "it can read every file that you can read" in sandbox.warning()
            assert ("change your files" in sandbox.warning()) != sandbox.read_only
            sandbox.read_only = False
            assert "It can also change your files" in sandbox.warning()


def test_system_without_a_filter_says_what_a_submission_can_end():
    with Sandbox(LIMITS, "subprocess") as sandbox:
        assert ("end the grader" in sandbox.warning()) != sandbox.filtered
        sandbox.filtered = False
        assert "use the network" in sandbox.warning()
        assert "a submission at which that happens twice is passed over" in sandbox.warning()


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="only root can run as `nobody`")
@pytest.mark.parametrize("kind", KINDS[:2])
def test_root_is_told_when_submissions_run_as_root(monkeypatch, kind):
    if not works(kind):
        pytest.skip(f"{kind} is not to be had here")

    class Popen(subprocess.Popen):
        def __init__(self, command, **options):
            if "user" in options:
                raise PermissionError(13, "Permission denied", sys.executable)
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    with Sandbox(LIMITS, kind) as sandbox:
        assert "Submissions run as root" in sandbox.warning()
        assert f"`nobody`, taken otherwise, can't use {sys.executable}" in sandbox.warning()


def test_weaker_kind_is_taken_where_bubblewrap_is_absent(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with Sandbox(LIMITS) as sandbox:
        assert sandbox.kind in ("limits", "subprocess")


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match=r"unknown kind of sandbox 'docker': one of bubblewrap"):
        Sandbox(LIMITS, "docker")


def test_server_that_dies_is_started_again():
    if not works("limits"):
        pytest.skip("there is no server here")
    with Sandbox(LIMITS, "limits") as sandbox:
        sandbox._server.kill()
        sandbox._server.wait()
        assert ask(sandbox, "def f(): return 1")["value"] == 1


def test_test_data_is_never_copied_to_the_workers_side():
    with Sandbox(LIMITS, "subprocess") as sandbox:
        answer = ask(sandbox, "import os\ndef f(): return [os.getcwd(), *os.listdir('.')]")
        folder, *files = codec.decode(answer["value"])
        assert files == []
        assert "rnaseq" not in folder
