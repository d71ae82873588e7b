"""Pack the helper package as a wheel: the site serves it, and its notebooks install it."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import rnaseq_hw

FOLDER = "_downloads"  # of the site
WHEELS = "rnaseq_hw-*.whl"
PROJECT = Path(rnaseq_hw.__file__).parents[1]


def wheel_name() -> str:
    """Return the name of the wheel's file."""
    return WHEELS.replace("*", f"{version('rnaseq-hw')}-py3-none-any")


def write_wheel(folder: Path) -> Path:
    """Write the package's wheel into a folder; the same sources give the same bytes."""
    for old in folder.glob(WHEELS):
        old.unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"the package's wheel can't be made:\n{done.stderr}")
    (wheel,) = folder.glob(WHEELS)
    return wheel
