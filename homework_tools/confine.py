"""Take from the current process what a submission doesn't need. POSIX; the namespaces are Linux's.

Nothing here can be undone by the code that runs afterwards.
"""

import ctypes
import os
import resource
import struct
from contextlib import suppress

NEW_USER, NEW_PID, NEW_NET, NEW_IPC, NEW_MOUNT = (
    0x10000000,
    0x20000000,
    0x40000000,
    0x08000000,
    0x00020000,
)
PRIVATE, READ_AND_NESTED = 1 << 18, 1 << 14
SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVILEGES = 4, 22, 38
# What the kernel calls this processor, and the numbers of its calls that start processes.
STARTING = {
    "x86_64": (0xC000003E, (56, 57, 58, 435)),  # clone, fork, vfork, clone3
    "aarch64": (0xC00000B7, (220, 435)),  # clone, clone3
}
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the kernel's filter
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 11  # EAGAIN, as if the limit of processes were reached
CAPABILITIES_VERSION = 0x20080522
NOBODY = 65534


def limit_resources(*, cpu_s: int, memory_mb: int, file_mb: int) -> None:
    """Bound time, memory, files and processes; a submission can start no process or thread."""
    limits = {
        "RLIMIT_CPU": cpu_s,
        "RLIMIT_AS": _address_space() + memory_mb * 2**20,
        "RLIMIT_FSIZE": file_mb * 2**20,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_NPROC": 0,
    }
    for name, value in limits.items():
        if hasattr(resource, name):
            with suppress(ValueError, OSError):  # macOS knows some of them by name alone
                resource.setrlimit(getattr(resource, name), (value, value))


def _address_space() -> int:
    """Return the bytes that this process has mapped already: libraries, mostly."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 2**31


def separate_namespaces() -> bool:
    """Leave the network, the other processes and their memory; say whether the kernel lets us.

    The next child of this process is the first process of the new namespace: when it dies, the
    kernel ends every process that it or its children started.
    """
    user, group = os.geteuid(), os.getegid()
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(NEW_USER | NEW_PID | NEW_NET | NEW_IPC | NEW_MOUNT):
            return False
        libc.prctl(SET_DUMPABLE, 1, 0, 0, 0)  # else these files are root's
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{NOBODY} {user} 1")
        _write("/proc/self/gid_map", f"{NOBODY} {group} 1")
        hide_memory()
        return True
    return False


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def fresh_folder(path: str, megabytes: int) -> bool:
    """Put an empty folder in memory over `path`, that nobody else sees."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mount(b"none", b"/", None, PRIVATE | READ_AND_NESTED, None)
    options = f"size={megabytes}m,mode=777".encode()
    return libc.mount(b"tmpfs", os.fsencode(path), b"tmpfs", 0, options) == 0


def hide_memory() -> None:
    """Keep other processes of the same user from reading or changing this one's memory."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)


def drop_privileges() -> None:
    """Give up every capability, also those that a program could gain."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.capset((ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)())


def forbid_processes() -> bool:
    """Let no process or thread be started from now on, by root neither; say whether that works."""
    architecture, calls = STARTING.get(os.uname().machine, (0, ()))
    count = len(calls)  # a step says how many of the next ones to pass over, if so and if not
    program = [
        (LOAD, 0, 0, 4),  # the processor's name
        (EQUAL, 0, count + 3, architecture),
        (LOAD, 0, 0, 0),  # the call's number
        (AT_LEAST, count + 1, 0, 0x40000000),  # the same calls by their other numbers
        *((EQUAL, count - n, 0, call) for n, call in enumerate(calls)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    steps = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("HP", len(program), ctypes.addressof(steps))
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(calls) and libc.prctl(SET_SECCOMP, 2, whole, 0, 0) == 0
    return False
