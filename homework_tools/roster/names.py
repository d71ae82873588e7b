"""Names of students: as tables show them, and as files can carry them on every system."""

import hashlib
import re
import unicodedata
from collections import Counter
from pathlib import Path

from homework_tools.roster.tables import csv_text, read_table
from homework_tools.text_files import utf8_text, write_text

MAX_NAME_BYTES = 120  # disks take 255 at most, some fewer, with the suffix
NUMBERED = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)  # as a name that was made unique
RESERVED = re.compile(r"(con|prn|aux|nul|conin|conout|(com|lpt)[\d¹²³])(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return a name as letters, digits and marks that a file may have on every system.

    It lacks what a path, a shell or Windows takes for something else.
    """
    name = unicodedata.normalize("NFC", name)
    marks = {c for c in name if unicodedata.category(c).startswith("M")}  # vowels, in many scripts
    plain = re.sub(rf"[^\w.@{''.join(marks)}-]+", "_", name).lstrip(".@-")
    plain = plain.encode()[:MAX_NAME_BYTES].decode(errors="ignore") or "unnamed"
    return f"_{plain}" if RESERVED.fullmatch(plain) else plain


def read_class(path: Path) -> list[str]:
    """Return the names of a class list: one per line, any name; empty lines do not count.

    A file that is not in UTF-8 or holds no name, or a name that is there twice, is a ValueError.
    """
    lines = utf8_text(path).replace("\r\n", "\n").split("\n")
    names = [unicodedata.normalize("NFC", line.strip()) for line in lines if line.strip()]
    if not names:
        raise ValueError(f"{path.name} holds no name: write one per line")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ValueError(f"{path.name}: {twice[0]!r} is there twice; add what tells them apart")
    return names


def file_names(students: list[str]) -> dict[str, str]:
    """Return a safe name for each student's file, unique also where case does not count.

    Names that would share a file get a number that depends on the name alone, so that no later list
    gives a file to another student.
    """
    safe = {name: safe_name(name) for name in students}
    shared = Counter(each.casefold() for each in safe.values())
    for name, each in safe.items():
        if shared[each.casefold()] > 1 or NUMBERED.search(each):
            safe[name] = f"{each}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return safe


def write_roster(path: Path, files: dict[str, str]) -> Path:
    """Write which file is whose, as a table with the columns `student` and `file`."""
    rows = [("student", "file"), *((name, f"{file}.ipynb") for name, file in files.items())]
    return write_text(path, "\ufeff" + csv_text(rows))


def read_roster(path: Path) -> dict[str, str]:
    """Return whose each file is, by its name without suffix and in small letters.

    What `write_roster` has not written raises a ValueError.
    """
    table = read_table(path)
    if table.header != ["student", "file"] or any(len(row) != 2 for _, row in table.rows):
        raise ValueError(f"{path.name}: not a table with the columns student,file")
    return {file.removesuffix(".ipynb").casefold(): name for _, (name, file) in table.rows}
