"""The command by which bubblewrap locks a program in."""

import os
import shutil
import sys
from pathlib import Path

PROJECTS = ("/usr/src", "/usr/local/src")  # where containers often have all that a project holds


def bubblewrap(tools: Path, *, nested: bool) -> list[str]:
    """Return the command that shows a program Python's files, read-only, and nothing else.

    A worker gets namespaces of its own by the one capability that the server keeps. With `nested`
    the server makes a namespace of accounts for it instead: bubblewrap before 0.8 can't forbid it.
    """
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent"]
    if not nested:
        command += ["--unshare-user", "--disable-userns"]
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    command += ["--new-session", "--ro-bind", "/usr", "/usr"]
    covered = [folder for folder in PROJECTS if os.path.isdir(folder)]
    for folder in covered:
        command += ["--tmpfs", folder]
    for name in ("/bin", "/lib", "/lib64", "/lib32"):
        path = Path(name)
        if path.is_symlink():
            command += ["--symlink", os.readlink(path), name]
        elif path.is_dir():
            command += ["--ro-bind", name, name]
    for folder in dict.fromkeys((sys.base_prefix, sys.prefix)):
        above = {folder, *map(str, Path(folder).parents)}
        if "/usr" not in above or above.intersection(covered):
            command += ["--ro-bind", folder, folder]
    command += ["--ro-bind", str(tools), "/tools", "--proc", "/proc", "--dev", "/dev"]
    command += ["--tmpfs", "/work", "--chdir", "/work"]
    for folder in ("/dev", *covered, "/"):
        command += ["--remount-ro", folder]
    return [*command, "--"]
