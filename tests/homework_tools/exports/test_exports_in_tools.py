"""The exports, graded by nbgrader and by Otter themselves.

The two tools don't fit into the book's environment. `GRADERS_PYTHON` names the interpreter of
another that holds `homework/graders.lock`; CI's job `graders` sets it, and elsewhere these tests
are skipped. In that job a skipped test is a failed one.
"""

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import nbformat
import pytest

import tasks
from homework_tools.editions.leaks import find_leaks, grading_secrets, solution_secrets
from homework_tools.exports.write import write_exports
from homework_tools.master.read import read_master
from tools.environment import environment

MASTER = read_master(tasks.ROOT / "homework" / "homework.md")
NAME = MASTER.settings.id
CODE_POINTS = sum(cell.points for cell in MASTER.code("hidden-test"))
GUIDE = (tasks.ROOT / "book" / "instructors.md").read_text(encoding="utf-8")
BOUNDARY = ("<= max_missing", "< max_missing")
STUDENTS = ("solved", "untouched", "mutant")


def graders_python():
    """Return the interpreter that has nbgrader and Otter; skip, or fail in CI, without it."""
    python = os.environ.get("GRADERS_PYTHON")
    if python:
        return Path(python)
    if os.environ.get("GITHUB_JOB") == "graders":
        pytest.fail("GRADERS_PYTHON is not set: this job would pass without testing anything")
    return pytest.skip("GRADERS_PYTHON names no interpreter with nbgrader and Otter")


def guide_commands(program):
    """Return the commands that the instructor's guide gives for a program, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    commands = [line.split() for block in blocks for line in block.splitlines()]
    return [command for command in commands if command[0] == program]


def tool(*arguments, cwd):
    """Run a grader's command; fail with what it printed."""
    python = graders_python()
    variables = environment(python) | {"PATH": f"{python.parent}{os.pathsep}{os.defpath}"}
    command = [str(python), "-P", "-m", *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout


def filled_in(notebook, student):
    """Return the student's notebook as a student would hand it in."""
    notebook = nbformat.from_dict(notebook)
    solutions = {cell.source.split("(")[0]: cell.solved for cell in MASTER.code("solution")}
    for cell in notebook.cells:
        source = solutions.get(cell.source.split("(")[0])
        if source and student != "untouched":
            assert "raise NotImplementedError()" in cell.source
            cell.source = source.replace(*BOUNDARY) if student == "mutant" else source
    return notebook


def hand_in(released, folder):
    """Write each student's notebook to `folder/<student>/<homework>/<homework>.ipynb`."""
    notebook = nbformat.read(released, as_version=4)
    for student in STUDENTS:
        path = folder / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(filled_in(notebook, student), path)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    graders_python()
    folder = tmp_path_factory.mktemp("exports")
    write_exports(MASTER, folder)
    return folder


@pytest.fixture(scope="module")
def nbgrader_scores(exported):
    course = exported / "nbgrader"
    release, *grade = guide_commands("nbgrader")
    tool(*release, cwd=course)
    hand_in(course / "release" / NAME / f"{NAME}.ipynb", course / "submitted")
    for command in grade:
        tool(*command, cwd=course)
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def otter_scores(exported, tmp_path_factory):
    folder = exported / "otter"
    (assign,) = guide_commands("otter")
    tool(*assign, cwd=folder)
    submitted = tmp_path_factory.mktemp("submitted")
    hand_in(folder / "out" / "student" / f"{NAME}.ipynb", submitted)
    (autograder,) = (folder / "out" / "autograder").glob("*.zip")
    scores = {}
    for student in STUDENTS:
        where = submitted / student
        notebook = where / NAME / f"{NAME}.ipynb"
        tool("otter", "run", "--no-logo", "-a", autograder, "-o", where, notebook, cwd=where)
        results = json.loads((where / "results.json").read_text(encoding="utf-8"))
        scores[student] = {
            test["name"]: test["score"] for test in results["tests"] if test.get("max_score")
        }
    return scores


def test_nbgrader_gives_a_solved_notebook_every_point_of_the_tests(nbgrader_scores):
    row = nbgrader_scores["solved"]
    assert float(row["score"]) == CODE_POINTS
    assert float(row["max_score"]) == MASTER.settings.points


def test_nbgrader_gives_an_untouched_notebook_nothing(nbgrader_scores):
    assert float(nbgrader_scores["untouched"]["score"]) == 0


def test_nbgrader_takes_points_from_a_mutant(nbgrader_scores):
    assert 0 < float(nbgrader_scores["mutant"]["score"]) < CODE_POINTS


def test_otter_gives_a_solved_notebook_every_point_of_the_tests(otter_scores):
    assert sum(otter_scores["solved"].values()) == CODE_POINTS


def test_otter_gives_an_untouched_notebook_nothing(otter_scores):
    assert sum(otter_scores["untouched"].values()) == 0


def test_otter_takes_points_from_a_mutant_on_its_question_only(otter_scores):
    lost = {
        name: points - otter_scores["mutant"][name]
        for name, points in otter_scores["solved"].items()
    }
    assert {name for name, points in lost.items() if points} == {"q2"}


@pytest.mark.parametrize(
    "released", ["nbgrader/release/{0}/{0}.ipynb", "otter/out/student/{0}.ipynb"]
)
def test_released_notebook_holds_no_solution_and_no_hidden_test(
    released, exported, nbgrader_scores, otter_scores
):
    secrets = solution_secrets(MASTER) + grading_secrets(MASTER)
    assert secrets
    assert find_leaks(secrets, exported / released.format(NAME)) == []
