"""The workflows are valid, cover what they promise, and run the README's commands."""

import json
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

FOLDER = tasks.ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml"))


def load(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def commands(job):
    return [step["run"] for step in job.get("steps", []) if "run" in step]


def jobs():
    """Return every job of every workflow, by both names."""
    return {
        (name, job): content for name in WORKFLOWS for job, content in load(name)["jobs"].items()
    }


ACTION = tasks.ROOT / ".github" / "actions" / "ready" / "action.yml"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_is_valid(name):
    schema = ["--builtin-schema", "vendor.github-workflows"]
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(FOLDER / name)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [ACTION, *FOLDER.glob("*.yml")], ids=lambda path: path.name)
def test_action_is_named_by_its_commit(path):
    """A tag can be moved to other code, a commit can't; the comment says which release it is."""
    used = re.findall(r"uses: *(.+)", path.read_text(encoding="utf-8"))
    assert used
    pinned = r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/[\w/.-]+"
    assert [action for action in used if not re.fullmatch(pinned, action)] == []


def test_gate_runs_on_three_systems_and_three_pythons():
    matrix = load("ci.yml")["jobs"]["gate"]["strategy"]["matrix"]
    assert matrix.keys() == {"os", "python"}
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    if_private, otherwise = map(json.loads, re.findall(r"\[.*?\]", matrix["os"]))
    assert if_private == ["ubuntu-latest"]
    assert otherwise == ["ubuntu-latest", "macos-latest", "windows-latest"]


def test_gate_runs_the_commands_of_the_readme():
    readme = (tasks.ROOT / "README.md").read_text(encoding="utf-8")
    readme = readme.replace("py tasks.py", "python tasks.py")  # `py` is the launcher on Windows
    runs = commands(load("ci.yml")["jobs"]["gate"])
    plain = [run.removesuffix(" PYTHON=python") for run in runs if "tools.ci" not in run]
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
    uses = [step.get("uses") for step in load("ci.yml")["jobs"]["gate"]["steps"]]
    assert "./.github/actions/ready" in uses
    steps = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    (step,) = [step for step in steps if "bubblewrap" in step.get("run", "")]
    assert step["if"] == "runner.os == 'Linux'"
    assert "kernel.apparmor_restrict_unprivileged_userns=0" in step["run"]


def test_what_comes_by_apt_is_tried_again_and_has_an_end():
    texts = {path: path.read_text(encoding="utf-8") for path in [ACTION, *FOLDER.glob("*.yml")]}
    lines = [line for text in texts.values() for line in text.splitlines() if "apt-get" in line]
    assert lines
    assert [line for line in lines if not re.search(r"timeout \d+ .*Acquire::Retries=", line)] == []


def test_every_job_has_an_end_and_keeps_no_credentials():
    for (name, job), content in jobs().items():
        if "uses" in content:  # a workflow of its own
            continue
        assert content["timeout-minutes"] <= 60, (name, job)
        for step in content["steps"]:
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, (name, job)


def test_package_is_tested_with_the_oldest_and_with_the_newest_it_allows():
    job = load("ci.yml")["jobs"]["package"]
    cells = {each["resolution"]: each["python"] for each in job["strategy"]["matrix"]["include"]}
    project = tomllib.loads((tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    gate = load("ci.yml")["jobs"]["gate"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={cells['lowest-direct']}"
    assert Version(cells["highest"]) > max(map(Version, gate))  # the next Python
    install, test = commands(job)
    assert "--resolution ${{ matrix.resolution }} -e ." in install
    assert test == "python -m pytest tests/test_*.py rnaseq_hw"


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
    assert set(deploy["needs"]) == set(jobs) - {"changes", "deploy", "notebooks"}
    assert jobs["notebooks"]["needs"] == "deploy"
    assert "refs/heads/main" in deploy["if"]
    assert deploy["uses"] == "./.github/workflows/publish.yml"
    assert "workflow_call" in load("publish.yml")[True]  # YAML's word `on`
    assert "refs/heads/main" in load("weekly.yml")["jobs"]["publish"]["if"]


def test_pull_request_gets_its_changes_without_any_secret():
    job = load("ci.yml")["jobs"]["changes"]
    assert job["if"] == "github.event_name == 'pull_request'"
    assert "pull_request" in load("ci.yml")[True]
    assert not any("pull_request_target" in load(name)[True] for name in WORKFLOWS)
    assert "permissions" not in job
    assert "secrets." not in str(job)
    assert "token" not in str(job)
    builds = [run for run in commands(job) if "make" in run]
    assert ["../before" in run for run in builds] == [True, False, True]
    assert 'tee -a "$GITHUB_STEP_SUMMARY"' in builds[-1]
    (kept,) = [step["with"]["path"] for step in job["steps"] if "upload" in step.get("uses", "")]
    assert f"cp _build/changes.html {kept}" in builds[-1]


def test_dates_of_the_doors_come_from_the_tests_and_from_the_weekly_job():
    gate = load("ci.yml")["jobs"]["gate"]["steps"]
    names = [step.get("name") for step in gate]
    (test,) = [step for step in gate if step.get("run") == "make test PYTHON=python"]
    assert test["env"] == {"PYTEST_ADDOPTS": "--junitxml=_build/tests.xml"}
    assert "tools.ci.doors tested _build/tests.xml" in str(gate)
    assert names.index("Tests") < names.index("Doors that were opened")
    weekly = load("weekly.yml")["jobs"]
    assert "tools.ci.doors open" in str(weekly["doors"])
    assert weekly["publish"]["with"] == {"run": "${{ needs.doors.outputs.run }}"}
    kept = [
        step["with"]["name"] for step in [*gate, *weekly["doors"]["steps"]] if "upload" in str(step)
    ]
    assert kept.count("doors") == 2
    (publish,) = load("publish.yml")["jobs"].values()
    assert "tools.ci.doors stamp site" in str(publish)


def test_only_the_jobs_that_need_it_may_write():
    may_write = {
        (name, job): {key for key, value in content["permissions"].items() if value == "write"}
        for (name, job), content in jobs().items()
        if "permissions" in content
    }
    assert all(load(name)["permissions"] == {"contents": "read"} for name in WORKFLOWS)
    pages = {"pages", "id-token"}
    assert {job: keys for job, keys in may_write.items() if keys} == {
        ("ci.yml", "deploy"): pages,
        ("ci.yml", "notebooks"): {"contents"},
        ("publish.yml", "publish"): pages,
        ("release.yml", "files"): {"contents"},
        ("weekly.yml", "doors"): {"actions"},
        ("weekly.yml", "publish"): pages,
        ("weekly.yml", "report"): {"issues"},
    }


def test_tag_of_a_release_gets_the_files_that_are_made_again_from_it():
    workflow = load("release.yml")
    assert workflow[True] == {"push": {"tags": ["v*"]}}
    make, publish = commands(workflow["jobs"]["files"])
    assert make == 'make release PYTHON=python VERSION="${GITHUB_REF_NAME#v}" ARGS=--files'
    assert publish.index("sha256sum --check") < publish.index("gh release create")


def test_weekly_jobs_leave_the_lock_aside_on_the_newest_and_the_next_python():
    job = load("weekly.yml")["jobs"]["newest"]
    gate = load("ci.yml")["jobs"]["gate"]["strategy"]["matrix"]["python"]
    newest, coming = sorted(map(Version, job["strategy"]["matrix"]["python"]))
    assert newest == max(map(Version, gate)) < coming
    runs = commands(job)
    assert [run.partition(" |& ")[0] for run in runs if "tasks.py" in run][:2] == [
        "python tasks.py --no-lock book",
        "python tasks.py --no-lock test",
    ]
    assert not any("requirements.lock" in run for run in runs)
    assert any("tasks.py --no-lock numbers" in run and "> logs/moved.md" in run for run in runs)


def test_weekly_report_waits_for_every_job_and_reads_what_each_kept():
    weekly = load("weekly.yml")
    report = weekly["jobs"].pop("report")
    assert set(report["needs"]) == set(weekly["jobs"])
    assert report["if"] == "${{ !cancelled() }}"
    assert (
        weekly["defaults"]["run"]["shell"] == "bash"
    )  # with pipefail, or tee would hide a failure
    for name, job in weekly["jobs"].items():
        kept = [step["with"] for step in job.get("steps", []) if "upload" in step.get("uses", "")]
        assert "uses" in job or any(each["path"] == "logs" for each in kept), name
    assert commands(report) == ['python3 -m tools.ci.canary logs | tee "$GITHUB_STEP_SUMMARY"']


def test_every_lock_is_audited_and_one_that_cannot_be_checked_is_red():
    runs = "\n".join(commands(load("weekly.yml")["jobs"]["audit"]))
    assert "in $(git ls-files '*.lock'); do" in runs
    assert re.search(r"uvx pip-audit==[\d.]+ --strict --require-hashes --disable-pip", runs)
    assert "npm audit" in runs


def test_weekly_job_grades_the_exports_with_the_locked_and_with_the_newest_graders():
    job = load("weekly.yml")["jobs"]["graders"]
    assert job["strategy"]["matrix"]["graders"] == ["locked", "newest"]
    (run,) = commands(job)
    (step,) = [step for step in job["steps"] if "run" in step]
    assert "--require-hashes -r homework/graders.lock' || '-r newest.txt'" in step["env"]["LIST"]
    assert "sed 's/==.*//' homework/graders.in > newest.txt" in run
    assert "test_exports_in_tools.py" in run
    listed = (tasks.ROOT / "homework" / "graders.in").read_text(encoding="utf-8")
    assert "==" not in re.sub("==.*", "", listed)
