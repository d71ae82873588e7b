"""Read texts that people wrote, and write our own."""

import shutil
from argparse import ArgumentTypeError
from contextlib import suppress
from pathlib import Path

PROJECT_FILES = (".md", ".yml")  # those are written in an editor; what is left is a table


def file_of_option(written: str) -> Path:
    """Return the file that an option of a command names; argparse adds which option it is."""
    path = Path(written)
    if path.is_dir():
        raise ArgumentTypeError(f"{written} is a folder: name a file in it")
    if not path.exists():
        raise ArgumentTypeError(f"{written} is not there: name a file that is")
    return path


def utf8_text(path: Path) -> str:
    """Return a file's text; raise `ValueError` with the line if it is not in UTF-8."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        excel = "in Excel, save it as the type `CSV UTF-8`"
        remedy = "save it so in your editor" if path.suffix in PROJECT_FILES else excel
        raise ValueError(f"{path.name}:{line}: not in UTF-8; {remedy}") from None


def write_text(path: Path, text: str) -> Path:
    """Write a file with the same line ends on every system; half a character by its number."""
    return write_whole(path, text.encode("utf-8", "backslashreplace"))


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file so that it is there whole; if that fails, what was there before is left.

    A file that was there keeps its permissions, and a link leads where it led.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()
    unfinished = target.with_name(f"{target.name}.part")
    try:
        if target.exists():
            unfinished.touch()
            shutil.copymode(target, unfinished)
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        error.filename = str(path)  # a full disk does not say at which file
        del error.filename2
        raise
    return path
