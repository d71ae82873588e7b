"""Find the submissions in a folder, whatever is in it, and read them as data; nothing runs here.

A submission is named for its student: `alice.ipynb`, or `alice.zip` with one notebook in it. A zip
with several notebooks holds one for each student. The download of a learning platform is recognized
by the names of its files.
"""

import errno
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from homework_tools.grading.marking.hand_grades import ADJUSTMENTS, HAND_GRADES
from homework_tools.grading.reports.safe_text import few
from homework_tools.grading.submission import (
    MAX_BYTES,
    Source,
    Submission,
    Unreadable,
    read_submission,
    refused,
)
from homework_tools.roster.layouts import NOTEBOOK, PLAIN, Layout, recognize
from homework_tools.roster.names import safe_name
from homework_tools.roster.platform_files import told_of_folders
from homework_tools.words.translator import gettext, gettext_noop

MAX_MEMBERS = 2000
MAX_TOGETHER = 200 * 2**20
PASSED_OVER = re.compile(
    r"(^|/)(\.[^/.][^/]*|__MACOSX|__pycache__)/"  # hidden folders, and what systems add
    r"|(^|/)\.(?!.*\.(ipynb|zip)$)[^/]*$|(^|/)\._[^/]*$"  # hidden files, but for notebooks
    rf"|(^|/)({HAND_GRADES}[^/]*\.csv|{re.escape(ADJUSTMENTS)})$",
    re.IGNORECASE,
)
NOT_UTF_8 = re.compile("[\ud800-\udfff]")  # what Python puts for a byte that is not UTF-8
# What a terminal obeys, what ends a line, and what turns the direction of the text around it.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Python unpacks others without a limit
MAX_SHOWN = 5
MAX_STEM_BYTES = 200  # disks take names of 255 bytes, and some of half as many letters
STRANGE_NAME = gettext_noop(
    "the file's name is not plain text; each strange character is shown by its number"
)


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
                for member in archive.infolist():
                    _unpack(archive, member, folder)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            message = f"{download.name} can't be unpacked ({error}): download it again"
            raise ValueError(message) from None
        yield Path(folder)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: str) -> None:
    """Unpack a file of a download; no name in it leads out of the folder.

    A name that is too long for the disk is cut; the platform's part, which says whose it is, comes
    first.
    """
    try:
        archive.extract(member, folder)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            error.filename = error.filename or folder  # a full disk does not say where it is
            raise
        path = PurePosixPath(member.filename)
        start = path.stem.encode()[:MAX_STEM_BYTES].decode(errors="ignore")
        member.filename = str(path.with_name(f"{start}-{member.CRC:08x}{path.suffix}"))
        archive.extract(member, folder)


def collect(folder: Path) -> list[Submission]:
    """Return every submission below a folder, one for each student, sorted by name.

    Those that cannot be read come with their `fault`, all without their cells: `with_cells` reads
    those again, one submission at a time.
    """
    found: dict[str, list[Submission]] = {}
    files = list(_files(folder))
    for each in sorted(files, key=lambda each: (each.student.casefold(), each.file)):
        found.setdefault(each.student.casefold(), []).append(each)
    submissions = [_only_one(copies) for copies in found.values()]
    often = Counter(each.name for each in submissions if each.owner)
    return [
        replace(each, name=f"{each.name} ({each.owner.id})")
        if each.owner and often[each.name] > 1
        else each
        for each in submissions
    ]


def _only_one(copies: list[Submission]) -> Submission:
    """Return a student's only file; with several files no one can say which of them counts.

    A zip with several notebooks names students that its owner chose, so a notebook in it does
    not count against a student's own file. Where a platform keeps every attempt, the last counts,
    and what a student has handed in beside a notebook is not looked at.
    """
    if all(each.owner for each in copies):
        attempts = [each.owner.attempt if each.owner else "" for each in copies]
        copies = [each for each, n in zip(copies, attempts, strict=True) if n == max(attempts)]
        copies = [each for each in copies if each.file.lower().endswith(NOTEBOOK)] or copies[:1]
    own = [each for each in copies if not each.from_shared_zip or each.owner] or copies
    files = [each.file for each in copies]
    notes = tuple(dict.fromkeys(note for each in copies for note in each.notes))
    if len(own) > 1:
        fault = gettext(
            "{count} files of this student ({files}); keep one, or name each after its student"
        )
        fault = fault.format(count=len(files), files=_few(files))
        file = _few(files)
        return replace(own[0], fault=fault, notes=notes, file=file, digest="", source=None)
    files.remove(own[0].file)
    more = gettext("passed over, since the student's own file counts: {files}")
    more = more.format(files=_few(files))
    return replace(own[0], notes=(*own[0].notes, more)) if files else own[0]


def _files(folder: Path) -> Iterator[Submission]:
    """Yield what is in each file, under its student's name."""
    names = {path: path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))}
    names = {
        path: name
        for path, name in names.items()
        if not PASSED_OVER.search(name) and (path.is_symlink() or not path.is_dir())
    }
    layout = recognize(names.values())
    told = told_of_folders(layout, folder, names.values())
    for path, name in names.items():
        if not layout.adds(name):
            shown = _shown(name)
            for each in _read(path, shown):
                if shown != name:
                    each = replace(each, notes=(*each.notes, gettext(STRANGE_NAME)))
                yield each if layout is PLAIN else _owned(each, layout, shown, told)


def _owned(
    submission: Submission, layout: Layout, path: str, told: dict[str, dict[str, Any]]
) -> Submission:
    """Return a file under the name that its platform gives to its student."""
    owner = layout.owner(path)
    if owner is None:
        note = gettext("not named as {platform} names files: whose is it?")
        note = note.format(platform=layout.platform)
        return replace(submission, notes=(*submission.notes, note))
    for parent in map(str, PurePosixPath(path).parents):
        owner = replace(owner, **told.get(parent, {}))
    name = safe_name(owner.name)[:60] + "-" if owner.name else ""  # the id may not be cut off
    return replace(
        submission,
        student=safe_name(name + owner.id),
        name=_shown(owner.name or owner.id),  # Gradescope has it from the student
        platform=layout.platform,
        owner=owner,
    )


def _shown(name: str) -> str:
    """Return a file's name with a number for each character that no table should hold."""
    name = NOT_UTF_8.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", name)
    return CONTROL.sub(lambda character: f"%{ord(character[0]):02X}", name)


def _few(files: list[str]) -> str:
    return ", ".join(few([name[:300] for name in files], MAX_SHOWN))


def _read(path: Path, name: str) -> Iterator[Submission]:
    """Yield what is in one file, under the name that is shown."""
    if path.is_symlink() or not path.is_file():
        yield refused(name, gettext("a link or a device, not a file"))
    elif path.suffix.lower() == ".zip":
        yield from _members(path, name)
    else:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            why = gettext("cannot be opened: {why}").format(why=error.strerror)
            yield refused(name, why)
        else:
            yield read_submission(name, content).without_cells(Source(path))


def with_cells(submission: Submission) -> Submission:
    """Return a submission that `collect` has found with its cells, read again from where it was.

    It has a fault if its file has changed and cannot be read any more.
    """
    if not (source := submission.source):
        return submission
    try:
        if source.member is None:
            with source.path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        else:
            with zipfile.ZipFile(source.path) as archive:
                content = _unpacked(archive, archive.infolist()[source.member])
    except (OSError, ValueError, IndexError, zipfile.BadZipFile) as error:
        fault = gettext("changed while it was graded ({error})")
        return replace(submission, fault=fault.format(error=type(error).__name__))
    found = read_submission(submission.file, content)
    fault = submission.fault or found.fault
    return replace(
        submission, fault=fault, code=found.code, text=found.text, solutions=found.solutions
    )


def _members(path: Path, name: str) -> Iterator[Submission]:
    """Yield the notebooks of a zip. Nothing is unpacked to disk, so no path in it matters."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist()[: MAX_MEMBERS + 1] if not m.is_dir()]
            members = [m for m in members if not PASSED_OVER.search(m.filename)]
            if len(members) > MAX_MEMBERS:
                words = gettext("the zip has more than {count} files")
                raise Unreadable(words.format(count=MAX_MEMBERS))
            if not members:
                raise Unreadable(gettext("the zip is empty; hand in the .ipynb file"))
            notebooks = [m for m in members if m.filename.lower().endswith(".ipynb")]
            if len(notebooks) == 1:  # whatever lies beside it, such as ShiftedGenes.csv
                yield _member(archive, notebooks[0], path, name)
                return
            if not notebooks:
                raise Unreadable(gettext("the zip holds no .ipynb file; hand in that file itself"))
            if sum(min(m.file_size, MAX_BYTES) for m in notebooks) > MAX_TOGETHER:
                words = gettext("the zip's notebooks are larger than {size} MB; unpack it")
                raise Unreadable(words.format(size=MAX_TOGETHER // 2**20))
            note = gettext("from {file}, a zip of {count} notebooks: may its owner hand this in?")
            note = note.format(file=name, count=len(notebooks))
            for member in notebooks:
                label = f"{name}/{_shown(member.filename)}"
                try:
                    found = _member(archive, member, path, label)
                except Unreadable as error:
                    found = refused(label, str(error))
                yield replace(found, notes=(note,), from_shared_zip=True)
    except Unreadable as error:
        yield refused(name, str(error))
    except Exception as error:  # of its directory; a file in it has been refused above
        words = gettext("a broken zip ({error}); hand in the .ipynb file").format(
            error=type(error).__name__
        )
        yield refused(name, words)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, name: str) -> Submission:
    place = next(n for n, each in enumerate(archive.infolist()) if each is member)
    found = read_submission(name, _unpacked(archive, member))
    return found.without_cells(Source(path, place))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.compress_type not in PACKED:
        raise Unreadable(
            gettext("packed in an unusual way; make the zip anew with your system's own tool")
        )
    try:
        with archive.open(member) as file:
            return file.read(MAX_BYTES + 1)  # a zip bomb is cut off here
    except (RuntimeError, NotImplementedError):
        words = gettext("encrypted in the zip, or packed in an unknown way")
        raise Unreadable(words) from None
    except Exception as error:  # each way of packing has errors of its own
        words = gettext("broken in the zip ({error})").format(error=type(error).__name__)
        raise Unreadable(words) from None
