"""What the tests of Python in the page share: the packed files."""

import os

import pytest

from website.python.files import CACHE, pack, provide


@pytest.fixture(scope="session")
def manifest():
    """Return the manifest of the packed files; without a source of them skip, or fail in CI."""
    try:
        wheels = provide.provide(CACHE / "wheels")
    except provide.NoSourceError as error:
        why = f"Python in the page is not tested: {error}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    return pack.pack(wheels, CACHE / "packed")
