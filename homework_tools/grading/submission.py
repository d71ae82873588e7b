"""Read a file as one student's submission, as data: cells, answers, or why it cannot be graded."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Container, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from homework_tools.editions.notebooks import ANSWER, PLACEHOLDER, student_notebook
from homework_tools.master.master import Master
from homework_tools.master.sections import without_addresses
from homework_tools.roster.class_list import Person
from homework_tools.roster.layouts import Owner
from homework_tools.roster.names import safe_name
from homework_tools.words.translator import gettext

MAX_BYTES = 20 * 2**20
MAX_LINES = 300
NEAR = 0.7  # of their words two lines share if one is the other one corrected
TEXT_KINDS = {"markdown": "Markdown", "raw": "raw"}


@dataclass(frozen=True)
class Source:
    """The bytes of a submission, on disk."""

    path: Path
    member: int | None = None  # which member of the zip it is, None for a file of its own


@dataclass(frozen=True)
class Submission:
    """One student's notebook, or why it cannot be read."""

    student: str  # the name of the student's files
    file: str  # where it was found
    digest: str = ""  # the SHA-256 of the file's bytes
    source: Source | None = field(default=None, repr=False)  # to read its cells again
    fault: str = ""  # why it cannot be graded, "" if it can
    name: str = ""  # the student's name for tables, "" for that of the files
    notes: tuple[str, ...] = ()  # for the instructor, though it can be graded
    platform: str = ""  # that it was downloaded from, "" where students name their files
    owner: Owner | None = None  # what the platform says of the student, None where it says nothing
    person: Person | None = field(default=None, repr=False)  # of the class, where one is known
    listed: str = field(default="", repr=False)  # what to say of how that person was found
    from_shared_zip: bool = False  # whether it was in a zip with several notebooks
    python: tuple[int, ...] = ()  # the version that the student had, () if the file does not say
    code: tuple[tuple[int, str], ...] = field(default=(), repr=False)  # with their places, from 1
    text: tuple[dict, ...] = field(default=(), repr=False)  # Markdown and raw cells
    solutions: dict[int, str] = field(default_factory=dict, repr=False)  # questions, by their place

    def place(self, number: int) -> str:
        """Return what to call a cell: by its question, or by its place."""
        own = self.solutions.get(number)
        if own:
            return gettext("your cell of question {question}").format(question=own)
        return gettext("cell {number}").format(number=number)

    def without_cells(self, source: Source) -> "Submission":
        """Return what is needed of it until it is graded: a class may not fit into memory."""
        return replace(self, code=(), text=(), solutions={}, source=source)


class Unreadable(ValueError):
    """A file is no notebook that can be read; the message says why."""


def read_submission(name: str, content: bytes) -> Submission:
    """Return a file as a submission: with its cells, or with its `fault`.

    The last part of its path, without suffix, names the student.
    """
    if not name.lower().endswith((".ipynb", ".zip")):
        suffix = PurePosixPath(name).suffix or gettext("no suffix")
        words = gettext("not a notebook ({suffix}); hand in the .ipynb file")
        return refused(name, words.format(suffix=suffix))
    try:
        notebook = _notebook(content)
    except Unreadable as error:
        return refused(name, str(error))
    code, text, solutions = _cells(notebook["cells"])
    found = Submission(_student(name), name, hashlib.sha256(content).hexdigest())
    return replace(found, python=_python(notebook), code=code, text=text, solutions=solutions)


def refused(name: str, fault: str) -> Submission:
    """Return a file that cannot be graded, with the reason."""
    return Submission(_student(name), name, fault=fault)


def handed_out(master: Master) -> frozenset[str]:
    """Return the texts of the notebook that students get, as `answer` compares them."""
    cells = student_notebook(master).cells
    return frozenset(
        without_addresses(c.source.strip()) for c in cells if c.cell_type == "markdown"
    )


def answer(submission: Submission, question: str, known: Set[str]) -> str:
    """Return what a student wrote for a free-text question.

    `known` are the texts that were `handed_out`: what the student has added to the cells right
    above and below the answer's, or put between them, belongs to it; what was there does not.
    """
    cells = {cell["number"]: cell for cell in submission.text}
    given = _given_lines(frozenset(known))
    kept = {line.strip() for c in cells.values() for line in _lines(c["source"])}
    replaced = {line: words for line, words in given.items() if line not in kept}
    parts = {n: _written(c["source"]) for n, c in cells.items() if c["question"] == question}
    for number in list(parts):
        for step in (-1, 1):
            near = number + step
            while near in cells and not cells[near]["question"]:
                if not (words := _added(_written(cells[near]["source"]), given, replaced)):
                    break
                parts[near] = words
                near += step
    return "\n\n".join(parts[number] for number in sorted(parts) if parts[number])


def _written(source: str) -> str:
    """Return a cell's text without what an answer's cell has before the student writes."""
    return _answer_heading().sub("", source).replace(gettext(PLACEHOLDER), "").strip()


def _added(text: str, given: Container[str], replaced: dict[str, frozenset[str]]) -> str:
    """Return the lines of a text that were not handed out.

    A text was corrected after the release, and nothing added, if all its other lines have most of
    their words in lines of today that the notebook does not have: those that `replaced` them. Who
    goes on in a line of the question leaves it whole.
    """
    lines = [line for line in text.split("\n") if without_addresses(line).strip() not in given]
    if len(lines) <= MAX_LINES and all(_is_near(line, replaced) for line in lines):
        return ""
    return "\n".join(lines).strip()


@lru_cache(maxsize=4)
def _given_lines(known: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return each line that was handed out, with its words."""
    return {line.strip(): _words(line) for text in known for line in _lines(text)}


def _lines(text: str) -> list[str]:
    return without_addresses(text).split("\n")


def _words(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d]\w*", line.casefold()))  # points and dates change


def _is_near(line: str, others: dict[str, frozenset[str]]) -> bool:
    line = without_addresses(line)
    words = _words(line)
    return any(
        2 * len(words & each) > NEAR * (len(words) + len(each)) and other not in line
        for other, each in others.items()
    )


def _answer_heading() -> re.Pattern:
    """Return what finds the line above an answer, with its question."""
    before, after = map(re.escape, gettext(ANSWER).split("{question}"))
    return re.compile(rf"{before}(\w+){after}")


def _student(name: str) -> str:
    return safe_name(PurePosixPath(name.replace("\\", "/")).stem)


def _notebook(content: bytes) -> dict:
    """Return a file as a notebook with cells, or raise `Unreadable`."""
    if not content.strip():
        raise Unreadable(gettext("the file is empty; save the notebook and hand it in again"))
    if len(content) > MAX_BYTES:
        words = gettext("larger than {size} MB; clear the outputs and save again")
        raise Unreadable(words.format(size=MAX_BYTES // 2**20))
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError) as error:
        words = gettext(
            "not a notebook that can be read ({error}); open it in Jupyter and save it again"
        )
        raise Unreadable(words.format(error=type(error).__name__)) from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unreadable(
            gettext("a file without cells, or in a format that is too old; save it again")
        )
    return notebook


def _python(notebook: dict) -> tuple[int, ...]:
    """Return the version of Python that a notebook names, (3, 13) for 3.13.2."""
    version: object = notebook
    for name in ("metadata", "language_info", "version"):
        version = version.get(name) if isinstance(version, dict) else None
    found = re.match(r"(\d)\.(\d{1,2})\b", version, re.ASCII) if isinstance(version, str) else None
    return tuple(map(int, found.groups())) if found else ()


def _cells(cells: list) -> tuple[tuple, tuple, dict[int, str]]:
    """Return the code cells, the Markdown cells and the places of solutions in a notebook."""
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
    labelled, match = _labelled(cell, "answer"), _answer_heading().search(source)
    return match[1] if labelled is None and match else labelled or ""


def _labelled(cell: object, tag: str) -> str | None:
    """Return the question that a cell with a tag names, None for a cell without the tag."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(tags, list) or tag not in tags:
        return None
    return str(metadata.get("question", ""))[:20]
