"""The files around the book say the truth: README, licenses, settings, what is committed."""

import importlib.metadata
import re
import shutil
import subprocess
import sys

import pytest
import yaml

import tasks
from homework_tools.master.course import read_course
from tools.environment import read

README = tasks.ROOT / "README.md"
ADDRESS = read_course().repository


def tracked():
    """Return the files that git has, or that it would take with the next commit."""
    if not (tasks.ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git clone")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(
        command, cwd=tasks.ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return [name for name in done.stdout.splitlines() if (tasks.ROOT / name).is_file()]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check", "--diff"],
        ["ty", "check", "--python", sys.executable],
    ],
    ids=lambda c: " ".join(c[:2]),
)
def test_style_and_types_hold(command):
    tool = [sys.executable, "-m", *command]
    done = subprocess.run(tool, cwd=tasks.ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_generated_is_committed():
    generated = r"\.ipynb$|\.pyc$|(^|/)(_build|notebooks|\.venv|__pycache__)/|ShiftedGenes\.csv$"
    assert [name for name in tracked() if re.search(generated, name)] == []


def test_repository_address_stands_in_one_place():
    owner_and_name = ADDRESS.split("://")[1].split("/", 1)[1]
    holders = [
        name
        for name in tracked()
        if not name.startswith("tests/")
        and owner_and_name in (tasks.ROOT / name).read_bytes().decode("utf-8", "replace")
    ]
    assert holders in (["course.yml"], ["course.yml", "homework_tools/master/course.py"])


def test_text_files_end_their_lines_with_lf():
    files = [tasks.ROOT / name for name in tracked() if not name.endswith((".png", ".gz"))]
    assert [path.name for path in files if b"\r\n" in path.read_bytes()] == []


def test_readme_promises_of_the_numbers_what_the_first_page_does():
    promise = (
        r"The results on (its|these) pages are computed by code, each time the book is built; "
        r"where stored ones are shown, the page says so\."
    )
    for path in [README, tasks.ROOT / "book" / "index.md"]:
        assert re.search(promise, read(path)), path.name


def test_commands_of_the_readme_exist():
    text = README.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+(?: [a-z]+)*):", makefile(), flags=re.M))
    known = {target for line in targets for target in line.split()}
    made = set(re.findall(r"\bmake ([a-z]+)", text))
    called = set(re.findall(r"tasks\.py ([a-z]+)", text))
    assert {"book", "test"} <= made
    assert {"book", "test"} <= called
    assert made <= known
    assert called <= set(tasks.COMMANDS)


def makefile():
    return (tasks.ROOT / "Makefile").read_text(encoding="utf-8")


def test_makefile_and_tasks_know_the_same_commands():
    listed = re.search(r"^\.PHONY: (.*)$", makefile(), flags=re.M)[1].split()
    assert set(listed) == set(tasks.COMMANDS)


def test_folder_with_spaces_reaches_the_grader_as_one():
    if shutil.which("make") is None:
        pytest.skip("no make")
    given = [f"PYTHON={sys.executable}", "ARGS=", "SUBMISSIONS=Übung 1 (late)"]
    command = ["make", "-s", "grade", *given]  # `make test` passes on what it is given itself
    done = subprocess.run(command, cwd=tasks.ROOT, capture_output=True, encoding="utf-8")
    assert "Not graded: Übung 1 (late) is not there" in done.stderr


def test_files_that_the_readme_links_to_exist():
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    paths = re.findall(r"`((?:\.?[\w-]+/)+[\w.-]*|[\w.-]+\.(?:md|yml|toml|py|lock|cff))`", text)
    made = ("_build/", ".venv", "dist/", "notebooks/", "local/")
    missing = [name for name in links + paths if not (tasks.ROOT / name).exists()]
    assert [name for name in missing if not name.startswith(made)] == []


def test_citation_names_title_authors_and_the_version_of_the_package():
    citation = yaml.safe_load((tasks.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "license"} <= set(citation)
    assert citation["version"] == importlib.metadata.version("rnaseq-hw")


def test_licenses_name_their_terms():
    assert (tasks.ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    text = (tasks.ROOT / "book" / "LICENSE").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0 International" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_changelog_starts_with_this_version_or_what_comes_next():
    version = importlib.metadata.version("rnaseq-hw")
    first = re.search(r"^## (.*)$", (tasks.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert first[1].startswith((version, "Unreleased"))


def test_test_that_hangs_is_red(tmp_path):
    module = tmp_path / "test_hangs.py"
    module.write_text("import time\ndef test_hangs():\n    time.sleep(60)\n", encoding="utf-8")
    settings = (tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    short, times = re.subn(r"(?m)^timeout = \d+", "timeout = 1", settings)
    (tmp_path / "pyproject.toml").write_text(short, encoding="utf-8")
    pytest_here = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", module]
    done = subprocess.run(pytest_here, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert times == 1
    assert (done.returncode, "Failed: Timeout" in done.stdout) == (1, True), done.stdout
