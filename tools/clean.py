"""Remove what the commands made."""

import os
import shutil
from pathlib import Path

from tools.environment import ROOT

MADE_BESIDE_SOURCES = ("__pycache__", ".ipynb_checkpoints", ".jupyter_cache")


def remove_made(*, everything):
    """Remove built files and caches; the environment, notebooks and dist/ if `everything`."""
    names = ["_build", ".pytest_cache", ".ruff_cache", ".hypothesis"]
    kept = [".venv", "notebooks", "dist"]  # these may hold edits or grades that are nowhere else
    targets = [ROOT / name for name in names + kept * everything]
    for path, folders, _ in os.walk(ROOT):
        if Path(path) == ROOT:
            folders[:] = [name for name in folders if name not in [".git", *names, *kept]]
        made = [name for name in folders if name in MADE_BESIDE_SOURCES]
        folders[:] = [name for name in folders if name not in made]
        targets += [Path(path, name) for name in made]
    for target in targets:
        if target.is_dir():
            shutil.rmtree(target)
            print(f"removed {target.relative_to(ROOT)}")
