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
READ_ONLY, PRIVATE, READ_AND_NESTED = 1, 1 << 18, 1 << 14
SET_MOUNT, HERE, NESTED = 442, -100, 0x8000  # mount_setattr, AT_FDCWD, AT_RECURSIVE
MAX_FILES = 1000  # in the folder of a submission: each takes memory of the kernel's
SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVILEGES = 4, 22, 38
# What the kernel calls a processor, and which column of the tables below holds its numbers.
PROCESSORS = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
STARTING = {"clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None)}
REACHING_OUT = {
    # other namespaces and file systems, whose memory no limit of a process counts
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    # memory that outlives a mapping, or belongs to the kernel
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    # other processes
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "vmsplice": (278, 75), "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    # the network, and programs that listen at a file
    "socket": (41, 198),
}  # fmt: skip
# Calls that are refused for some values of one argument: numbers, which argument, the values.
OWNER = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: the kernel sends the signal
PARTLY = {
    "fcntl": ((72, 25), 1, OWNER),
    "ioctl": ((16, 29), 1, (0x8901, 0x8902, 0x5412)),  # the same for sockets; typing for others
}
PRLIMIT = (302, 261)  # refused unless it is about the process itself
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the kernel's filter
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
EPERM, EAGAIN = 1, 11  # not permitted; the limit of processes is reached
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

    Where a namespace of accounts is refused, the others are tried alone: who has the right to them
    gets them. The next child of this process is the first process of the new namespace: when
    it dies, the kernel ends every process that it or its children started.
    """
    user, group = os.geteuid(), os.getegid()
    with suppress(OSError, AttributeError):
        libc, own = ctypes.CDLL(None, use_errno=True), NEW_PID | NEW_NET | NEW_IPC | NEW_MOUNT
        if libc.unshare(NEW_USER | own):
            return libc.unshare(own) == 0  # bubblewrap grants these, and no account of one's own
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


def fresh_folder(path: str, megabytes: int) -> tuple[bool, bool]:
    """Put an empty folder in memory over `path`, that nobody else sees; make others read-only.

    Return whether the folder is there, and whether nothing else can be written (Linux 5.12 or
    newer).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mount(b"none", b"/", None, PRIVATE | READ_AND_NESTED, None)
    set_read_only = struct.pack("QQQQ", READ_ONLY, 0, 0, 0)
    size = ctypes.c_size_t(len(set_read_only))
    call, here = ctypes.c_long(SET_MOUNT), ctypes.c_int(HERE)
    closed = libc.syscall(call, here, b"/", NESTED, set_read_only, size) == 0
    options = f"size={megabytes}m,nr_inodes={MAX_FILES},mode=777".encode()
    return libc.mount(b"tmpfs", os.fsencode(path), b"tmpfs", 0, options) == 0, closed


def cover_processes() -> bool:
    """Put an empty folder over /proc, a way into other processes; say whether that works."""
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.mount(b"tmpfs", b"/proc", b"tmpfs", READ_ONLY, b"size=4k,mode=555") == 0


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


def forbid_calls() -> bool:
    """Refuse system calls that start a process or reach out of this one; say whether that works.

    Root is refused them as well.
    """
    program = _filter()
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    steps = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("HP", len(program), ctypes.addressof(steps))
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)  # else only root may set a filter
        return bool(program) and libc.prctl(SET_SECCOMP, 2, whole, 0, 0) == 0
    return False


def _filter() -> list[tuple[int, int, int, int]]:
    """Return the kernel's program: instruction, steps to pass over if so and if not, value."""
    name, column = PROCESSORS.get(os.uname().machine, (0, 0))
    if not name:
        return []
    number, argument = (LOAD, 0, 0, 0), 16  # where the kernel has them, in bytes

    def refuse(error: int) -> tuple[int, int, int, int]:
        return RETURN, 0, 0, REFUSE | error

    program = [
        (LOAD, 0, 0, 4),
        (EQUAL, 1, 0, name),
        refuse(EPERM),
        number,
        (AT_LEAST, 0, 1, 0x40000000),  # the same calls by their other numbers
        refuse(EPERM),
    ]
    for calls, error in ((STARTING, EAGAIN), (REACHING_OUT, EPERM)):
        for call in (numbers[column] for numbers in calls.values()):
            if call is not None:
                program += [(EQUAL, 0, 1, call), refuse(error)]
    for numbers, place, values in PARTLY.values():
        program.append((EQUAL, 0, 2 * len(values) + 2, numbers[column]))
        program.append((LOAD, 0, 0, argument + 8 * place))
        for value in values:
            program += [(EQUAL, 0, 1, value), refuse(EPERM)]
        program.append(number)
    program += [(EQUAL, 0, 3, PRLIMIT[column]), (LOAD, 0, 0, argument)]
    program += [(EQUAL, 1, 0, 0), refuse(EPERM), (RETURN, 0, 0, ALLOW)]
    return program
