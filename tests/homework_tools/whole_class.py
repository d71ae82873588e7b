"""Grade a simulated class in one run, and print who lost points where.

`python -m tests.homework_tools.whole_class` takes every right solution, every mutant, every
hostile and every broken submission of this folder; `--sandbox limits` has them graded without
bubblewrap.
"""

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path

from homework_tools.grading import grade
from homework_tools.master.read import MASTER, read_master
from tests.homework_tools.grading import test_collect, test_hostile
from tests.homework_tools.submissions import answers, code, file_with_cells, notebook


def submissions(master):
    """Return kind, name, file name and content of each submission of the class."""
    yield "right", "the master's solutions", "right-00.ipynb", file_with_cells(master)
    for kind, folder in (("right", "alternatives"), ("mutant", "mutants")):
        for number, (question, name, source) in enumerate(answers(folder), start=1):
            content = file_with_cells(master, source)
            yield kind, f"{question}: {name}", f"{kind}-{number:02d}.ipynb", content
    head = "def filter_genes(df_expr, max_missing=0.8):\n    "
    bodies = [body for body, _ in test_hostile.FAULTS] + test_hostile.BOMBS
    for number, body in enumerate(bodies, start=1):
        content = file_with_cells(master, head + body)
        yield "hostile", f"2: {' '.join(body.split())}", f"hostile-{number:02d}.ipynb", content
    names = list(master.question_of)
    for number, (name, source) in enumerate(test_hostile.FORGERIES.items(), start=1):
        cells = [code(source), *(code(f"{each} = F") for each in names)]
        yield "forged", f"all: {name}", f"forged-{number:02d}.ipynb", notebook(cells)
    for number, (name, content, fault) in enumerate(test_collect.BROKEN, start=1):
        file = f"broken-{number:02d}{Path(name).suffix}"
        yield "broken", fault.replace("\\", ""), file, content


def write_class(master, folder, every=1):
    """Write each submission, or one in `every`; return kind and name by the student's name."""
    folder.mkdir()
    written = {}
    for kind, name, file, content in list(submissions(master))[::every]:
        (folder / file).write_bytes(content)
        written[Path(file).stem] = kind, name
    return written


def grade_class(sandbox=None, every=1):
    """Grade the class; return its submissions, their rows of scores.csv, and the seconds taken."""
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        folder = Path(name)
        written = write_class(read_master(MASTER), folder / "in", every)
        chosen = ["--sandbox", sandbox] if sandbox else []
        started = time.monotonic()
        grade.main([str(folder / "in"), "--out", str(folder / "out"), "--jobs", "1", *chosen])
        seconds = time.monotonic() - started
        with (folder / "out" / "scores.csv").open(encoding="utf-8", newline="") as file:
            return written, {row["student"]: row for row in csv.DictReader(file)}, seconds


def lost(master, row):
    """Return how many points each question with hidden tests has lost, where it has."""
    full = {cell.question: master.points(cell.question) for cell in master.code("hidden-test")}
    points = {question: full[question] - float(row[question] or 0) for question in full}
    return {question: lost for question, lost in points.items() if lost}


def main(arguments=None):
    """Print the table and the time."""
    parser = argparse.ArgumentParser(prog="tests.homework_tools.whole_class")
    parser.add_argument("--sandbox")
    parser.add_argument("--every", type=int, default=1, help="take one in so many")
    options = parser.parse_args(arguments)
    master = read_master(MASTER)
    written, rows, seconds = grade_class(options.sandbox, options.every)
    for student, (kind, name) in written.items():
        row = rows[student]
        where = " ".join(f"{question}−{points:g}" for question, points in lost(master, row).items())
        said = row["flags"].partition("not graded: ")[2]
        print(f"| {kind} | {name} | {said or where or 'nothing'} |")
    print(f"{len(rows)} submissions in {seconds:.1f} s, {seconds / len(rows):.2f} s each")


if __name__ == "__main__":
    sys.exit(main())
