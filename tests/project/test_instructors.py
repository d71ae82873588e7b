"""The instructor's guide is true: its commands run, its files appear, its times are the book's."""

import csv
import json
import re
import shlex
import shutil
import subprocess
import sys

import nbformat
import pytest
import yaml

import tasks
from homework_tools.master.read import read_master
from tests.homework_tools.submissions import EMPTY
from tests.project.fork import OLD, files_of, make_fork, traces
from tools.environment import environment

GUIDE = (tasks.ROOT / "book" / "instructors.md").read_text(encoding="utf-8")
MASTER = read_master(tasks.ROOT / "homework" / "homework.md")
GRADEBOOK = "name,id,Genes and chance\nAda L,ada,\nGrace H,grace,\nAl B,al,\n"


def commands():
    """Return the lines of the guide's blocks of commands, from top to bottom."""
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def own_commands():
    """Return the project's own commands, but those that another line runs with more options."""
    own = [line for line in commands() if line.startswith("python tasks.py ")]
    return [line for line in own if not any(other.startswith(f"{line} ") for other in own)]


CREDIT = re.compile(rb"<p>This course builds on: .*</p>")
MORE = """\
from pathlib import Path
from website.launch.branch import write_branch
from website.print.print_book import joint_page
made, site = Path("_build"), Path("_build/html")
write_branch(site, made / "more" / "branch")
(made / "more" / "joint.html").write_text(joint_page(site), encoding="utf-8")
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with a small book, a small class and other settings."""
    folder = tmp_path_factory.mktemp("course") / "project"
    make_fork(folder)
    (folder / "class.txt").write_text("ada\ngrace\n", encoding="utf-8")
    (folder / "gradebook.csv").write_text(GRADEBOOK, encoding="utf-8")
    return folder


def hand_in(project):
    """Let one student of the class solve the homework, and one hand it in untouched."""
    released = project / "dist" / "homework" / f"{MASTER.settings.id}.ipynb"
    (project / "submissions").mkdir()
    shutil.copy(released, project / "submissions" / "grace.ipynb")
    solutions = iter(MASTER.code("solution"))
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        if "solution" in cell.metadata.get("tags", []):
            cell.source = next(solutions).solved
        elif "answer" in cell.metadata.get("tags", []):
            cell.source = "The treatment multiplies the values of ten genes."
    nbformat.write(notebook, project / "submissions" / "ada.ipynb")


def release_solutions(project):
    """Change the one line that the guide names."""
    assert "`solutions: released`" in GUIDE
    with (project / "course.yml").open("a", encoding="utf-8", newline="\n") as settings:
        settings.write("solutions: released\n")


def run(project, line):
    """Run one of the project's own commands in the copy, by the Python that runs the tests."""
    _, _, *arguments = shlex.split(line)
    return subprocess.run(
        [sys.executable, "tasks.py", "--no-lock", *arguments],
        cwd=project,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


@pytest.fixture(scope="module")
def course(project):
    """Run the guide's own commands in order, as an instructor would; return how they ended."""
    before = {"grade": hand_in, "book": release_solutions}
    ended = {}
    for line in own_commands():
        before.pop(line.split()[2], lambda project: None)(project)
        ended[line] = run(project, line)
    more = [sys.executable, "-c", MORE]
    subprocess.run(more, cwd=project, env=environment(), check=True)
    return ended


@pytest.mark.parametrize("line", own_commands())
def test_command_runs(course, line):
    assert course[line].returncode == 0, course[line].stdout


def test_files_that_the_guide_names_are_made(course, project):
    named = set(re.findall(r"`(dist/[\w./<>*-]+)`", GUIDE))
    # Those the instructor makes; the last is there once something has changed.
    named -= {f"dist/grades/{name}.csv" for name in ("grades_by_hand", "adjustments", "changes")}
    named.remove("dist/grades/feedback.zip")  # these students used no platform
    assert len(named) >= 4
    patterns = [re.sub(r"<\w+>", "*", name).rstrip("/") for name in sorted(named)]
    assert [pattern for pattern in patterns if not list(project.glob(pattern))] == []


def test_each_student_of_the_class_gets_a_notebook(course, project):
    notebooks = [
        project / "dist" / "homework" / "students" / f"{n}.ipynb" for n in ("ada", "grace")
    ]
    seeds = [
        json.loads(p.read_text(encoding="utf-8"))["metadata"]["homework"]["seed"] for p in notebooks
    ]
    assert len({45, *seeds}) == 3


def test_points_by_hand_and_the_adjustment_of_the_guide_are_in_the_scores(course, project):
    assert "`dist/grades/grades_by_hand.csv`" in GUIDE
    grades = project / "dist" / "grades"
    before = totals(grades)
    with (grades / "to_read.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["student"] for row in rows} == {"ada"}
    with (grades / "grades_by_hand.csv").open("w", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(row | {"points": row["out_of"], "comment": "Well said."} for row in rows)
    (text,) = re.findall(r"^```text\n(student,.*?)^```", GUIDE, flags=re.M | re.S)
    (grades / "adjustments.csv").write_text(text.replace(",2,", ",1,"), encoding="utf-8")
    line = next(line for line in own_commands() if line.split()[2] == "grade")
    ended = run(project, line)
    assert ended.returncode == 0
    assert "ada, question 4b: 2 → 1 (adjustment: Ties may" in ended.stdout
    assert totals(grades) == {"ada": MASTER.settings.points - 1, "grace": before["grace"]}
    assert "hand grade" in (grades / "changes.csv").read_text(encoding="utf-8")
    assert "Well said." in (grades / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert before == {"ada": sum(t.points for t in MASTER.code("hidden-test")), "grace": 0}


def test_gradebook_gets_the_points_of_those_whose_text_is_read(course, project):
    filled = (project / "dist" / "grades" / "gradebook.csv").read_text(encoding="utf-8")
    assert filled == GRADEBOOK.replace("grace,", "grace,0")
    said = next(ended.stdout for line, ended in course.items() if "--gradebook" in line)
    assert "1 of the class handed in nothing" in said


def test_script_for_a_cluster_grades(tmp_path, monkeypatch):
    import distributed  # not at the top: each test process would load it

    (script,) = re.findall(r"^```python\n(.*?)^```", GUIDE, flags=re.M | re.S)
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "ada.ipynb").write_bytes(EMPTY)
    monkeypatch.chdir(tmp_path)
    options = {"processes": False, "n_workers": 1, "threads_per_worker": 1}
    with distributed.Client(**options, dashboard_address="127.0.0.1:0") as client:
        monkeypatch.setattr("dask.distributed.Client", lambda address: client)
        exec(script, {})
    assert totals(tmp_path / "dist" / "grades") == {"ada": 0}


def totals(folder):
    """Return the total of each student in the table of scores."""
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row["total"]) for row in csv.DictReader(file)}


def test_what_belongs_to_students_is_ignored_by_git():
    named = {line.split()[-1] for line in own_commands() if "grade" in line or "--students" in line}
    named = {name for name in named if not name.startswith("-")}
    ignored = (tasks.ROOT / ".gitignore").read_text(encoding="utf-8").replace("/\n", "\n")
    assert len(named) == 3
    assert {f"/{name}" for name in named} <= set(ignored.split("\n"))


def test_released_solutions_are_on_the_site(course, project):
    page = (project / "_build" / "html" / "book" / "solutions.html").read_text(encoding="utf-8")
    assert "filter_genes" in page
    assert "when your instructor releases them" not in page


def site_of(project):
    return project / "_build" / "html"


def page_of(project, name):
    return (site_of(project) / f"{name}.html").read_text(encoding="utf-8")


def test_nothing_of_the_old_course_is_left(course, project):
    folders = [project / name for name in ("_build/html", "dist", "_build/more")]
    made = [files_of(folder) for folder in folders]
    assert all(made)
    credited = [CREDIT.search(made[0]["book/index.html"]), CREDIT.search(made[2]["joint.html"])]
    assert all(credited)  # the license asks for it
    assert [place for files in made for place in traces(files, CREDIT)] == []


def test_a_trace_would_be_found():
    files = {"a": f"x {OLD[0]}".encode(), "b": b"-"}
    assert traces(files, CREDIT) == [("a", OLD[0])]


def test_the_new_course_is_on_its_pages(course, project):
    cover = page_of(project, "book/index")
    assert "Ada Lovelace. Genes and chance. Version" in cover
    assert "BIO 312 Genomics · Example University · Spring 2027" in cover
    assert '<html lang="en-GB"' in cover
    assert 'property="og:site_name" content="Genes and chance"' in cover
    assert 'content="https://ada.github.io/genes/_static/card.png"' in cover
    assert (site_of(project) / "_static" / "card.png").stat().st_size > 5000
    assert "3 March 2027, 12:00 UTC+01:00" in page_of(project, "book/homework")


def test_the_new_colors_are_in_its_styles(course, project):
    sheet = (site_of(project) / "_static" / "styles" / "site.css").read_text(encoding="utf-8")
    assert "--accent-on-light: #7a1f5c" in sheet
    assert "--accent-on-dark: #f0a0d0" in sheet


def test_links_to_a_chapter_that_is_off_are_words(course, project):
    text = re.sub(r"<.*?>", "", page_of(project, "book/index"))
    assert "the words, A chapter that is off and other words." in text
    assert not (site_of(project) / "book" / "left_out.html").exists()


def test_own_pages_announcement_and_passages_are_shown(course, project):
    rooms = re.sub(r"<.*?>", "", page_of(project, "local/rooms"))
    assert "We meet in room 5" in rooms
    assert (project / "_build" / "more" / "branch" / "local" / "rooms.ipynb").is_file()
    cover = page_of(project, "book/index")
    assert "No class <strong>on Friday</strong>" in cover
    assert "This page has no code cell, and this sentence is ours." in cover
    assert 'href="../local/rooms.html"' in cover


def test_every_other_command_is_run_by_the_job_that_has_the_graders():
    workflow = (tasks.ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    steps = [step.get("run", "") for step in yaml.safe_load(workflow)["jobs"]["graders"]["steps"]]
    rest = [line for line in commands() if not line.startswith("python tasks.py ")]
    installed = [line for line in rest if line.split()[0] not in ("nbgrader", "otter")]
    assert installed
    assert "\n".join(installed) in [step.strip() for step in steps]
    (grading,) = [step for step in steps if "test_exports_in_tools.py" in step]
    assert grading.startswith("GRADERS_PYTHON=")
    assert (
        tasks.ROOT / "tests" / "homework_tools" / "exports" / "test_exports_in_tools.py"
    ).is_file()


def test_times_are_those_of_the_chapters_and_of_the_homework():
    def minutes(name):
        text = (tasks.ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
        return int(re.search(r"^: about (\d+) minutes$", text, flags=re.MULTILINE)[1])

    parts = [
        ["simulation"],
        ["filtering"],
        ["normalization"],
        ["ttest", "volcano", "error_rates"],
        ["false_positive_rate"],
    ]
    homework = re.findall(r"^\| \d .* \| (\d+) minutes \|$", MASTER.cells[0].source, flags=re.M)
    table = re.findall(r"^\| \d .* \| (\d+) \| (\d+) \|$", GUIDE, flags=re.M)
    assert [int(row[0]) for row in table] == [sum(map(minutes, part)) for part in parts]
    assert [row[1] for row in table] == homework
    answers = [cell.kind for cell in MASTER.cells].count("answer")
    words = ["three", "four", "five"][answers - 3]
    assert f"about {words} minutes for each: {words} short answers, a minute each" in GUIDE
    assert f"With 300 students that is {300 * answers // 60} hours" in GUIDE


def test_lock_of_the_graders_is_made_from_its_list():
    folder = tasks.ROOT / "homework"
    lock = (folder / "graders.lock").read_text(encoding="utf-8")
    wanted = (folder / "graders.in").read_text(encoding="utf-8")
    command = lock.split("\n")[1].removeprefix("#").strip()
    assert command in wanted
    names = re.findall(r"^([\w-]+)", wanted, flags=re.M)
    assert [name for name in names if not re.search(rf"^{name}==", lock, flags=re.M)] == []
    pins = re.findall(r"^([\w-]+)(?:\[\w+\])?==([\w.]+)$", wanted, flags=re.M)
    assert len(pins) == 2
    assert all(f"\n{name}=={version} " in lock for name, version in pins)
