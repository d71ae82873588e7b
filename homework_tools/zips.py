"""Zips that are the same bytes at each run."""

from zipfile import ZIP_DEFLATED, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip knows


def undated(name: str) -> ZipInfo:
    """Return the entry of a compressed file, with no date of its own."""
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    return entry
