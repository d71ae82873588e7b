"""Open what a learning platform delivered: a folder, or the zip as it was downloaded."""

import tempfile
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def opened(download: Path) -> Generator[Path]:
    """Yield the folder of a download; a zip is unpacked into one that is removed afterwards.

    What is neither, or a zip that is broken or encrypted, raises a ValueError.
    """
    if download.is_dir():
        yield download
        return
    if download.suffix.lower() != ".zip" or not download.is_file():
        raise ValueError(
            f"{download} is not there, or neither a folder nor a .zip: name what holds the "
            "submissions"
        )
    with tempfile.TemporaryDirectory(prefix="download-", ignore_cleanup_errors=True) as folder:
        try:
            with zipfile.ZipFile(download) as archive:
                archive.extractall(folder)  # no name in it leads out of the folder
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            message = f"{download.name} can't be unpacked ({error}): download it again"
            raise ValueError(message) from None
        yield Path(folder)
