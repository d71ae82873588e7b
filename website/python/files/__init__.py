"""What a browser fetches to run Python: provided, packed, and kept outside the build folder."""

import os
import sys
from functools import cache
from pathlib import Path

CACHE = Path(
    os.environ.get("PYTHON_FILES_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rnaseq-hw"
)


@cache
def python_files() -> dict | None:
    """Return the manifest of the packed files; pack what is not in the cache.

    There is none where the site is to have no Python in its pages: it was asked for without, or no
    source has the files. The reason is written to standard error.
    """
    from website.python.files.pack import pack
    from website.python.files.provide import NoSourceError, provide

    if os.environ.get("WITHOUT_PYTHON"):
        return None
    try:
        wheels = provide(CACHE / "wheels")
    except NoSourceError as error:
        print(f"The site is built without Python in its pages: {error}", file=sys.stderr)
        return None
    return pack(wheels, CACHE / "packed")


def download_size(manifest: dict, bundles: list[str]) -> int:
    """Return the number of bytes that are sent for these bundles at a first visit."""
    named = [manifest["bundles"][name] for name in {"own", *bundles}]
    return sum(each["size"] for each in [manifest["core"], manifest["stdlib"], *named])
