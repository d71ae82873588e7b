"""Find the submissions in a folder, whatever is in it, and read them as data; nothing runs here.

A submission is named for its student: `alice.ipynb`, or `alice.zip` with one notebook in it. A zip
with several notebooks holds one for each student.
"""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from homework_tools.grading.by_hand import HAND_GRADES
from homework_tools.roster.names import safe_name

MAX_BYTES = 20 * 2**20
MAX_MEMBERS = 2000
MAX_TOGETHER = 200 * 2**20
PASSED_OVER = re.compile(
    r"(^|/)(\.[^/.][^/]*|__MACOSX|__pycache__)/"  # hidden folders, and what systems add
    r"|(^|/)\.(?!.*\.(ipynb|zip)$)[^/]*$|(^|/)\._[^/]*$"  # hidden files, but for notebooks
    rf"|(^|/){re.escape(HAND_GRADES)}$",
    re.IGNORECASE,
)
ANSWER = re.compile(r"\*\*Your answer to question (\w+):\*\*")
TEXT_KINDS = {"markdown": "Markdown", "raw": "raw"}
NOT_UTF_8 = re.compile("[\ud800-\udfff]")  # what Python puts for a byte that is not UTF-8
# What a terminal obeys, what ends a line, and what turns the direction of the text around it.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Python unpacks others without a limit
MAX_SHOWN = 5
STRANGE_NAME = "the file's name is not plain text; each strange character is shown by its number"


@dataclass(frozen=True)
class Submission:
    """One student's notebook, or why it cannot be read."""

    student: str
    """The name of the student's files."""
    file: str
    """Where it was found."""
    content: bytes = b""
    """The file's bytes."""
    fault: str = ""
    """Why it cannot be graded, "" if it can."""
    name: str = ""
    """The student's name for tables, "" for that of the files."""
    notes: tuple[str, ...] = ()
    """What the instructor should know of the file, though it can be graded."""
    from_shared_zip: bool = False
    """Whether it was in a zip with several notebooks."""
    code: tuple[tuple[int, str], ...] = ()
    """Its code cells, each with its place in the notebook, counted from 1."""
    text: tuple[dict, ...] = field(default=(), repr=False)
    """Its Markdown and raw cells, each with its place, kind, source and question."""
    solutions: dict[int, str] = field(default_factory=dict, repr=False)
    """From the place of a cell that was handed out for a solution to its question."""

    def place(self, number: int) -> str:
        """Return what to call a cell: by its question, or by its place."""
        own = self.solutions.get(number)
        return f"your cell of question {own}" if own else f"cell {number}"


class Unreadable(ValueError):
    """A file is no notebook that can be read; the message says why."""


def collect(folder: Path) -> list[Submission]:
    """Return every submission below a folder, one for each student, sorted by name.

    Those that cannot be read are among them, each with its `fault`.
    """
    found: dict[str, list[Submission]] = {}
    for each in sorted(_files(folder), key=lambda each: (each.student.casefold(), each.file)):
        found.setdefault(each.student.casefold(), []).append(each)
    return [_only_one(copies) for copies in found.values()]


def _only_one(copies: list[Submission]) -> Submission:
    """Return a student's only file; with several files no one can say which of them counts.

    A zip with several notebooks names students that its owner chose, so a notebook in it does
    not count against a student's own file.
    """
    own = [each for each in copies if not each.from_shared_zip] or copies
    files = [each.file for each in copies]
    notes = tuple(dict.fromkeys(note for each in copies for note in each.notes))
    if len(own) > 1:
        fault = f"{len(files)} files of this student ({_few(files)}); keep one"
        file = _few(files)
        return replace(own[0], fault=fault, notes=notes, content=b"", code=(), text=(), file=file)
    files.remove(own[0].file)
    more = (f"passed over, since the student's own file counts: {_few(files)}",)
    return replace(own[0], notes=own[0].notes + more) if files else own[0]


def _files(folder: Path) -> Iterator[Submission]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if PASSED_OVER.search(name) or (path.is_dir() and not path.is_symlink()):
            continue
        shown = _shown(name)
        for each in _read(path, shown):
            yield each if shown == name else replace(each, notes=(*each.notes, STRANGE_NAME))


def _shown(name: str) -> str:
    """Return a file's name with a number for each character that no table should hold."""
    name = NOT_UTF_8.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", name)
    return CONTROL.sub(lambda character: f"%{ord(character[0]):02X}", name)


def _few(files: list[str]) -> str:
    """Return the first of the files' names, and how many more there are."""
    more = [f"and {len(files) - MAX_SHOWN} more"] if len(files) > MAX_SHOWN else []
    return ", ".join([name[:300] for name in files[:MAX_SHOWN]] + more)


def _read(path: Path, name: str) -> Iterator[Submission]:
    """Yield what is in one file, under the name that is shown."""
    if path.is_symlink() or not path.is_file():
        yield _refused(name, "a link or a device, not a file")
    elif path.suffix.lower() == ".zip":
        yield from _members(path, name)
    else:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            yield _refused(name, f"cannot be opened: {error.strerror}")
        else:
            yield read_submission(name, content)


def _members(path: Path, name: str) -> Iterator[Submission]:
    """Yield the notebooks of a zip. Nothing is unpacked to disk, so no path in it matters."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist()[: MAX_MEMBERS + 1] if not m.is_dir()]
            members = [m for m in members if not PASSED_OVER.search(m.filename)]
            if len(members) > MAX_MEMBERS:
                raise Unreadable(f"the zip has more than {MAX_MEMBERS} files")
            if not members:
                raise Unreadable("the zip is empty")
            notebooks = [m for m in members if m.filename.lower().endswith(".ipynb")]
            if len(notebooks) == 1:  # whatever lies beside it, such as ShiftedGenes.csv
                yield read_submission(name, _unpacked(archive, notebooks[0]))
                return
            if not notebooks:
                raise Unreadable("the zip holds no .ipynb file")
            if sum(min(m.file_size, MAX_BYTES) for m in notebooks) > MAX_TOGETHER:
                most = MAX_TOGETHER // 2**20
                raise Unreadable(f"the zip's notebooks are larger than {most} MB; unpack it")
            note = f"from {name}, a zip of {len(notebooks)} notebooks: may its owner hand this in?"
            for member in notebooks:
                label = f"{name}/{_shown(member.filename)}"
                try:
                    found = read_submission(label, _unpacked(archive, member))
                except Unreadable as error:
                    found = _refused(label, str(error))
                yield replace(found, notes=(note,), from_shared_zip=True)
    except Unreadable as error:
        yield _refused(name, str(error))
    except Exception as error:  # of its directory; a file in it has been refused above
        yield _refused(name, f"a broken zip ({type(error).__name__})")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.compress_type not in PACKED:
        raise Unreadable("packed in an unusual way; make the zip anew with your system's own tool")
    try:
        with archive.open(member) as file:
            return file.read(MAX_BYTES + 1)  # a zip bomb is cut off here
    except (RuntimeError, NotImplementedError):
        raise Unreadable("encrypted in the zip, or packed in an unknown way") from None
    except Exception as error:  # each way of packing has errors of its own
        raise Unreadable(f"broken in the zip ({type(error).__name__})") from None


def read_submission(name: str, content: bytes) -> Submission:
    """Return a file as a submission.

    The student is named by the last part of its path, without suffix.
    """
    if not name.lower().endswith((".ipynb", ".zip")):
        suffix = PurePosixPath(name).suffix or "no suffix"
        return _refused(name, f"not a notebook ({suffix}); hand in the .ipynb file")
    try:
        code, text, solutions = _cells(content)
    except Unreadable as error:
        return _refused(name, str(error))
    return Submission(_student(name), name, content, code=code, text=text, solutions=solutions)


def _refused(name: str, fault: str) -> Submission:
    return Submission(_student(name), name, fault=fault)


def _student(name: str) -> str:
    return safe_name(PurePosixPath(name.replace("\\", "/")).stem)


def _cells(content: bytes) -> tuple[tuple, tuple, dict[int, str]]:
    """Return the code cells, the Markdown cells and the places of solutions in a notebook."""
    if not content.strip():
        raise Unreadable("the file is empty")
    if len(content) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 2**20} MB; clear the outputs and save again")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"not a notebook that can be read ({type(error).__name__})") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("a file without cells, or in a format that is too old; save it again")
    code, text, solutions = [], [], {}
    for number, cell in enumerate(cells, start=1):
        source = _source(cell)
        if re.fullmatch(r"\d[a-z]?", question := _labelled(cell, "solution") or "", re.ASCII):
            solutions[number] = question
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            code.append((number, source))
        elif isinstance(cell, dict) and (kind := TEXT_KINDS.get(str(cell.get("cell_type")))):
            question = _question(cell, source)
            text.append({"number": number, "kind": kind, "source": source, "question": question})
    often = Counter(solutions.values())  # a cell that was split or copied keeps its label
    return tuple(code), tuple(text), {n: q for n, q in solutions.items() if often[q] == 1}


def _source(cell: object) -> str:
    source = cell.get("source", "") if isinstance(cell, dict) else ""
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def _question(cell: dict, source: str) -> str:
    """Return which question's answer a Markdown cell is, by its metadata or its first words."""
    labelled, match = _labelled(cell, "answer"), ANSWER.search(source)
    return match[1] if labelled is None and match else labelled or ""


def _labelled(cell: object, tag: str) -> str | None:
    """Return the question that a cell with a tag names, None for a cell without the tag."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(tags, list) or tag not in tags:
        return None
    return str(metadata.get("question", ""))[:20]
