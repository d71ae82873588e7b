"""What a submission can't reach or use up."""

import os
import socket

import pytest

from homework_tools.sandbox.guest import codec
from tests.homework_tools.sandbox.ask import LIMITS, LINUX, ask, ask_each

REFUSED = ("OSError", "ConnectionRefusedError", "PermissionError")
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
    "the parent, traced": "check(libc().ptrace(0x4206, os.getppid(), 0, 0))",
    "the parent's limits": "resource.prlimit(os.getppid() or 1, resource.RLIMIT_CORE)",
    "a signal by a descriptor": "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
    "the parent's processors": "os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))",
    "the parent's memory": "check(libc().process_vm_readv(os.getppid(), 0, 0, 0, 0, 0))",
    "memory in a pipe": "check(libc().vmsplice(os.pipe()[1], None, 0, 0))",
    "memory without a name": "os.memfd_create('x')",
    "the network": "socket.socket()",
    "a namespace": "check(libc().unshare(0x10000000))",
    "io_uring": "check(libc().syscall(425, 1, ctypes.create_string_buffer(120)))",
}


@pytest.mark.skipif(not LINUX, reason="the filter is Linux's")
def test_what_reaches_out_of_the_process_is_refused(sandbox):
    source = "import ctypes, fcntl, os, resource, socket\n"
    source += "libc = lambda: ctypes.CDLL(None, use_errno=True)\n"
    source += "def check(code):\n    if code: raise OSError(ctypes.get_errno(), 'refused')\n"
    names = {what: f"f{number}" for number, what in enumerate(REACHING_OUT)}
    for what, action in REACHING_OUT.items():
        source += f"def {names[what]}(): {action}\n"
    answers = ask_each(sandbox, source, names.values())
    found = [answer.get("fault", {}).get("kind") for answer in answers]
    assert dict(zip(names, found, strict=True)) == dict.fromkeys(names, "PermissionError")


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


def test_bubblewrap_hides_every_file_but_pythons(sandboxes):
    sandbox = sandboxes("bubblewrap")
    source = "import os\ndef f(path): return os.path.exists(path)"
    assert ask(sandbox, source, __file__)["value"] is False
    assert ask(sandbox, source, "/etc/passwd")["value"] is False
    answer = ask(sandbox, "def f(): open('/tools/x', 'w')")
    assert answer["fault"]["kind"] == "OSError"
    for folder in filter(os.path.isdir, ("/proc", "/usr/src", "/usr/local/src")):
        answer = ask(sandbox, "import os\ndef f(path): return os.listdir(path)", folder)
        assert codec.decode(answer["value"]) == []
    assert not sandbox.warning() or sandbox.as_root
