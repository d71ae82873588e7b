"""Measure how long a class takes to grade: `python -m tools.benchmarks.grading --students 1000`.

Every student hands in the solved homework with a line of their own. Times are by the clock: run it
on a machine that does nothing else. The peer is what other graders do first, on one core: to run
the notebook once, by nbconvert.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.read import read_master
from tools.environment import ROOT, environment


def write_class(folder, students):
    """Write a solved notebook for each student, each different in one line."""
    master = read_master()
    notebook = student_notebook(master)
    solutions = iter(master.code("solution"))
    for cell in notebook.cells:
        if "solution" in cell.metadata.get("tags", []):
            cell.source = next(solutions).solved
    folder.mkdir()
    for number in range(students):
        notebook.cells[-1].source = f"{number} students came before me."
        nbformat.write(notebook, folder / f"student-{number:05d}.ipynb")
    return folder / "student-00000.ipynb"


def measured(command):
    """Return the seconds that a command takes, and its largest memory in megabytes."""
    started, peak = time.monotonic(), 0
    running = psutil.Popen(command, cwd=ROOT, env=environment(command[0]))
    while running.poll() is None:
        peak = max(peak, memory_below(running))
        time.sleep(0.5)
    if running.returncode:
        sys.exit(f"{command} failed")
    return time.monotonic() - started, peak


def memory_below(process):
    """Return the megabytes of a process and of all that it has started, shared ones shared out."""
    total = 0
    with suppress(psutil.Error):  # one that has ended
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error):
                used = each.memory_full_info()
                total += getattr(used, "pss", used.uss)  # Linux alone knows the first
    return total / 2**20


def main(arguments=None):
    """Print what a class costs, and how many runs of a notebook each student costs."""
    parser = argparse.ArgumentParser(prog="tools.benchmarks.grading")
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        folder = Path(name)
        first = write_class(folder / "in", options.students)
        grade = [sys.executable, "-m", "homework_tools.grading.grade", folder / "in"]
        grade += ["--out", folder / "out", "--jobs", str(options.jobs)]
        seconds, memory = measured(grade)
        again, _ = measured(grade)
        run = ["-m", "nbconvert", "--to=notebook", "--execute", "--log-level=ERROR"]
        notebook, _ = measured([sys.executable, *run, "--output-dir", folder, first])
    each = seconds * options.jobs / options.students
    found = {"seconds": seconds, "memory_mb": memory, "again_seconds": again}
    found |= {"seconds_each_on_a_core": each, "notebooks_each": each / notebook}
    print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=2))


if __name__ == "__main__":
    main()
