"""Pack the helper package as a wheel: the site serves it, and its notebooks install it."""

from importlib.metadata import version
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

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
    (wheel,) = WheelBuilder(str(PROJECT)).build(directory=str(folder), versions=["standard"])
    return Path(wheel)
