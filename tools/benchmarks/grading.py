"""Measure how long a class takes to grade: `python -m tools.benchmarks.grading --students 1000`.

Every student hands in the solved homework with a line of their own. CPU time is that of a control
group of Linux, so that no process of the sandbox is missed: this needs root. The peer is what other
graders do first: to run the notebook once, by nbconvert.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.read import MASTER, read_master
from tools.environment import environment

ROOT = MASTER.parents[1]
GROUPS = Path("/sys/fs/cgroup")


@contextmanager
def control_group():
    """Make a group; give what puts the process into it that calls it, and what reads its time."""
    old = (GROUPS / "cpuacct").is_dir()  # version 1 of the groups
    folder = GROUPS / ("cpuacct" if old else "") / f"grading-{os.getpid()}"
    folder.mkdir()

    def join():
        (folder / "cgroup.procs").write_text(str(os.getpid()))

    def seconds():
        if old:
            return int((folder / "cpuacct.usage").read_text()) / 1e9
        return int((folder / "cpu.stat").read_text().split()[1]) / 1e6

    try:
        yield join, seconds
    finally:
        folder.rmdir()


def write_class(folder, students):
    """Write a solved notebook for each student, each different in one line."""
    master = read_master(MASTER)
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
    """Return the seconds by the clock and of CPU that a command takes, and its largest memory."""
    with control_group() as (join, seconds):
        started = time.monotonic()
        running = subprocess.Popen(command, cwd=ROOT, env=environment(command[0]), preexec_fn=join)
        peak = 0
        while running.poll() is None:
            peak = max(peak, memory_below(running.pid))
            time.sleep(0.5)
        wall, cpu = time.monotonic() - started, seconds()
        if running.returncode:
            sys.exit(f"{command} failed")
    return {"wall_s": wall, "cpu_s": cpu, "memory_mb": peak}


def memory_below(pid):
    """Return the megabytes of a process and of all that it has started, shared ones shared out."""
    total, todo = 0, [pid]
    while todo:
        path = Path("/proc") / str(todo.pop())
        try:
            lines = (path / "smaps_rollup").read_text().split("\n")
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for task in (path / "task").iterdir():
                todo += (task / "children").read_text().split()
        except (OSError, StopIteration):
            continue  # it has ended
    return total / 1024


def main(arguments=None):
    """Print what a class costs, and what it costs to run one notebook."""
    parser = argparse.ArgumentParser(prog="tools.benchmarks.grading")
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        folder = Path(name)
        first = write_class(folder / "in", options.students)
        grade = [sys.executable, "-m", "homework_tools.grading.grade", folder / "in"]
        grade += ["--out", folder / "out", "--jobs", str(options.jobs)]
        found = {"students": options.students, "jobs": options.jobs, "load": os.getloadavg()[0]}
        found |= measured(grade)
        found["cpu_s_each"] = found["cpu_s"] / options.students
        again = measured(grade)
        found |= {"again_wall_s": again["wall_s"]}
        run = ["-m", "nbconvert", "--to=notebook", "--execute", "--log-level=ERROR"]
        peer = measured([sys.executable, *run, "--output-dir", folder, first])
        found |= {"notebook_cpu_s": peer["cpu_s"]}
        found["notebooks_each"] = found["cpu_s_each"] / peer["cpu_s"]
    print(json.dumps({key: round(value, 3) for key, value in found.items()}, indent=2))


if __name__ == "__main__":
    main()
