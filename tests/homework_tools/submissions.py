"""Submissions made for tests: the master solved, with cells put in its functions' place."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import tasks
from homework_tools.editions.leaks import find_leaks
from homework_tools.exports.questions import FILE, read_questions
from homework_tools.grading import grade
from homework_tools.grading.submission import Submission, read_submission
from homework_tools.master.master import Master
from homework_tools.master.read import MASTER
from homework_tools.sandbox.host.sandbox import Limits

QUICK = Limits(call_s=2, total_s=12, restarts=3, memory_mb=512, file_mb=1)


# Lines of the master that our own published code has by chance as well.
SHARED_BY_CHANCE = {
    '"tp": tp, "fp": fp, "tn": tn, "fn": fn,',
    "from pathlib import Path",
    "rng = np.random.default_rng(seed)",
}
PYODIDES = re.compile(r"python/files/(base|scipy|plot|stdlib|core)\.")  # whole from locked wheels


def leaks_of(secrets: list[str], *places: Path) -> list[tuple[str, str]]:
    """Return the secret lines in files and folders, as `find_leaks`, less what is no leak."""
    files = [path for place in places for path in [place, *place.rglob("*")] if path.is_file()]
    searched = [path for path in files if not PYODIDES.search(path.as_posix())]
    return [
        (file, line)
        for file, line in find_leaks(secrets, *searched)
        if not (line in SHARED_BY_CHANCE and _is_our_code(Path(file)))
    ]


def _is_our_code(file: Path) -> bool:
    return file.parent.name == "rnaseq_hw" or file.name.startswith(
        ("rnaseq_hw-", "own.", "data.", "runner.py")
    )


def secret_answers() -> list[str]:
    """Return what the answers of the questions for before and after the course say, and why."""
    test = read_questions(MASTER.with_name(FILE))
    answers = [answer for question in test.items for answer in question.answers]
    return [line for each in answers for line in (each.says, each.why) if len(line) > 30]


def parts(text: str) -> list[tuple[str, str, str]]:
    """Return question, name and code of each solution below a line `# question: name`."""
    found = []
    for part in text.split("\n# ")[1:]:
        heading, _, code = part.partition("\n")
        question, _, name = heading.partition(": ")
        found.append((question, name, code))
    return found


def answers(kind: str) -> list[tuple[str, str, str]]:
    """Return question, name and code of each file in `mutants` or `alternatives`.

    A question's files may lie in folders of its own, one for each kind of mistake.
    """
    found = []
    folder = Path(__file__).with_name(kind)
    for path in sorted(folder.rglob("*.py")):
        name, _, code = path.read_text(encoding="utf-8").partition("\n")
        found.append((path.relative_to(folder).parts[0], name.removeprefix("# "), code))
    return found


def notebook(cells: list[dict]) -> bytes:
    """Return the bytes of a notebook with these cells."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


EMPTY = notebook([])


def code(source: str) -> dict:
    """Return a code cell."""
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}


def written(source: str, question: str = "") -> dict:
    """Return a Markdown cell, an answer if it names a question."""
    metadata = {"tags": ["answer"], "question": question} if question else {}
    return {"cell_type": "markdown", "source": source, "metadata": metadata}


def lying(change: str) -> str:
    """Return a cell that changes what its worker says of the notebook, the mapping `message`."""
    return f"""class Lie:
    import sys
    codec = sys.modules["guest.codec"]
    def write(stream, message, original=codec.write_message):
        if "signatures" in message:
            {change}
        original(stream, message)
    codec.write_message = write"""


def solved_cells(master: Master) -> list[dict]:
    """Return the code cells of a notebook in which every function is right."""
    kinds = ("given", "solution", "check")
    return [code(cell.solved) for cell in master.cells if cell.kind in kinds]


def file_with_cells(master: Master, *sources: str, answer: str = "") -> bytes:
    """Return the solved notebook with more code cells at its end, and with its answer cells."""
    cells = [*solved_cells(master), *map(code, sources)]
    return notebook([*cells, *(written(answer, cell.question) for cell in master.code("answer"))])


def with_cells(
    master: Master, *sources: str, student: str = "student", answer: str = ""
) -> Submission:
    """Return the same as a submission."""
    return read_submission(f"{student}.ipynb", file_with_cells(master, *sources, answer=answer))


def earned(master: Master, record: dict) -> dict[str, int]:
    """Return the points of each question that has hidden tests."""
    totals = dict.fromkeys((test["question"] for test in record["tests"]), 0)
    for test in record["tests"]:
        totals[test["question"]] += test["points"]
    return totals


def put(folder, name, content):
    """Write a submission's file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(**members):
    """Return the bytes of a zip; `__` in a name stands for a slash and `_dot_` for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return content.getvalue()


def graded(tests, sandbox, *cells):
    return tests.grade(with_cells(tests.master, *cells), sandbox)


def run(folder, *options, download="in"):
    where = [str(folder / download), "--out", str(folder / "out")]
    grade.main([*where, "--master", str(tasks.ROOT / "homework" / "homework.md"), *options])
    with (folder / "out" / "scores.csv").open(encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}
