"""The workflows are valid, cover what they promise, and run the README's commands."""

import itertools
import os
import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.version import Version

import tasks
from tools.environment import LOCK

FOLDER = tasks.ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml"))


def load(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def commands(job):
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_is_valid(name):
    schema = ["--builtin-schema", "vendor.github-workflows"]
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(FOLDER / name)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WORKFLOWS)
def test_action_is_named_by_its_commit(name):
    """A tag can be moved to other code, a commit can't; the comment says which release it is."""
    used = re.findall(r"uses: *(.+)", (FOLDER / name).read_text(encoding="utf-8"))
    assert used
    pinned = r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [action for action in used if not re.fullmatch(pinned, action)] == []


def test_gate_runs_on_three_systems_and_three_pythons():
    matrix = load("ci.yml")["jobs"]["gate"]["strategy"]["matrix"]
    assert set(matrix) == {"os", "python"}
    cells = set(itertools.product(matrix["os"], matrix["python"]))
    systems = ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert cells == set(itertools.product(systems, ["3.11", "3.12", "3.13"]))


def test_gate_runs_the_commands_of_the_readme():
    readme = (tasks.ROOT / "README.md").read_text(encoding="utf-8")
    readme = readme.replace("py tasks.py", "python tasks.py")  # `py` is the launcher on Windows
    runs = commands(load("ci.yml")["jobs"]["gate"])
    plain = [run.removesuffix(" PYTHON=python") for run in runs if "apt-get" not in run]
    assert plain == [
        *("make book", "make test"),
        *("python tasks.py book", "python tasks.py test"),
        *("make pdf", "make zip", "make branch"),
    ]
    assert all(command in readme for command in plain)


def test_local_gate_runs_the_two_commands_and_installs_no_python_package():
    script = tasks.ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line.partition(" <")[0] for line in lines if line.startswith("make")] == [
        "make book",
        "make test",
    ]
    assert not re.search(r"\b(pip|uv|conda|curl|npm)\b", "\n".join(lines))
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_gate_has_bubblewrap_and_may_make_its_namespaces():
    steps = load("ci.yml")["jobs"]["gate"]["steps"]
    names = [step.get("name") for step in steps]
    (step,) = [step for step in steps if "bubblewrap" in step.get("run", "")]
    assert step["if"] == "runner.os == 'Linux'"
    assert "kernel.apparmor_restrict_unprivileged_userns=0" in step["run"]
    assert names.index(step["name"]) < names.index("Tests")


def pins(text):
    """Return the exact versions that a list of requirements names."""
    return dict(re.findall(r"(?m)^([\w-]+)==([\w.]+)", text))


def test_oldest_releases_are_those_that_the_package_allows():
    runs = commands(load("ci.yml")["jobs"]["oldest"])
    assert "pip install -r tests/oldest.txt" in runs[0]
    assert runs[-1] == "python -m pytest tests/test_*.py rnaseq_hw"
    oldest = pins((tasks.ROOT / "tests" / "oldest.txt").read_text(encoding="utf-8"))
    project = tomllib.loads((tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = dict(each.split(">=") for each in project["dependencies"])
    assert [name for name in bounds if Version(oldest[name]) != Version(bounds[name])] == []
    locked = pins(LOCK.read_text(encoding="utf-8"))
    tools = oldest.keys() - bounds.keys() - {"pyparsing"}
    assert {name: oldest[name] for name in tools} == {name: locked[name] for name in tools}


def test_oldest_python_is_the_one_that_the_package_allows():
    project = tomllib.loads((tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    steps = load("ci.yml")["jobs"]["oldest"]["steps"]
    (python,) = [step["with"]["python-version"] for step in steps if "python-version" in str(step)]
    assert project["requires-python"] == f">={python}"


def test_coverage_of_the_package_is_shown_and_no_threshold():
    (run,) = commands(load("ci.yml")["jobs"]["coverage"])
    options = shlex.split(run.partition("ARGS=")[2])[0].split()
    assert options[:2] == ["tests/test_*.py", "rnaseq_hw"]
    assert options[2:] == ["--cov", "--cov-report=markdown-append:$GITHUB_STEP_SUMMARY"]
    settings = tomllib.loads((tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["coverage"]["run"]["source"] == ["rnaseq_hw"]
    assert "fail_under" not in settings["tool"]["coverage"].get("report", {})


def test_only_main_is_deployed_and_only_when_every_other_job_is_green():
    deploy = load("ci.yml")["jobs"]["deploy"]
    jobs = load("ci.yml")["jobs"]
    assert set(deploy["needs"]) == set(jobs) - {"deploy", "notebooks"}
    assert jobs["notebooks"]["needs"] == "deploy"
    assert "refs/heads/main" in deploy["if"]


def test_only_the_jobs_that_need_it_may_write():
    may_write = {
        (name, job): {
            key for key, value in content.get("permissions", {}).items() if value == "write"
        }
        for name in WORKFLOWS
        for job, content in load(name)["jobs"].items()
    }
    assert all(load(name)["permissions"] == {"contents": "read"} for name in WORKFLOWS)
    assert {job: keys for (_, job), keys in may_write.items() if keys} == {
        "deploy": {"pages", "id-token"},
        "notebooks": {"contents"},
        "newest": {"issues"},
    }


def test_weekly_job_leaves_the_lock_aside_and_reports():
    (job,) = load("weekly.yml")["jobs"].values()
    runs = commands(job)
    assert "python tasks.py --no-lock test" in runs
    assert "python tasks.py --no-lock book" in runs
    assert not any("requirements.lock" in run for run in runs)
    assert any("gh issue create" in run for run in runs)
    (numbers,) = [run for run in runs if "tasks.py --no-lock numbers" in run]
    (report,) = [run for run in runs if "report.md" in run and "GITHUB_STEP_SUMMARY" in run]
    moved = "../moved.md"  # the table goes into the report, whether the job is red or green
    assert moved in numbers
    assert moved in report


def test_weekly_job_grades_the_exports_with_the_locked_and_with_the_newest_graders():
    (job,) = load("weekly.yml")["jobs"].values()
    locked, newest = [run for run in commands(job) if "test_exports_in_tools.py" in run]
    assert "--require-hashes -r homework/graders.lock" in locked
    assert "graders.lock" not in newest
    listed = (tasks.ROOT / "homework" / "graders.in").read_text(encoding="utf-8")
    assert "sed 's/==.*//' homework/graders.in" in newest
    assert "==" not in re.sub("==.*", "", listed)
    for step in job["steps"]:
        if step.get("id"):
            assert any(f"steps.{step['id']}.outcome" in run for run in commands(job))
