"""The commands of `tasks.py` do what their help says, on a copy where they would change files."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tasks
from tests.tools.conftest import PUBLISHED
from tools.chapters import as_saved


def test_seed_changes_the_homework_and_every_published_call(project, tool, capfd):
    homework = tool("chapters").HOMEWORK
    before = homework.read_text(encoding="utf-8")
    project.main(["seed", "45"])
    after = homework.read_text(encoding="utf-8")
    assert after == before.replace("seed=44", "seed=45") != before
    course = (project.ROOT / "course.yml").read_text(encoding="utf-8")
    assert course == "# The course.\nseed: 45\n# term: ''\n"
    page = (project.ROOT / "book" / "page.md").read_text(encoding="utf-8")
    assert page == PUBLISHED.replace("seed=44", "seed=45")
    assert "book/page.md:6: seed=45," in capfd.readouterr().out


def test_files_that_programs_lay_beside_a_page_are_none(project, tool):
    hidden = project.ROOT / "book" / "._page.md"
    hidden.write_bytes(b"\0\xb0")  # macOS makes it on some disks
    project.main(["seed", "45"])
    assert hidden.read_bytes() == b"\0\xb0"
    assert tool("chapters").chapters_with_cells() == []


@pytest.mark.parametrize("value", ["-1", "4294967296", "x", "4.5", "007"])
def test_seed_refuses_what_numpy_would_refuse(project, tool, value, capfd):
    homework = tool("chapters").HOMEWORK
    before = homework.read_bytes()
    with pytest.raises(SystemExit) as stop:
        project.main(["seed", value])
    assert stop.value.code != 0
    said = f"seed {value}: write a whole number from 0 to 4294967295, such as 45"
    assert said in capfd.readouterr().err
    assert homework.read_bytes() == before


@pytest.mark.parametrize(
    ("course", "changed"),
    [
        ("", "seed: 45\n"),
        ("term: Fall\n", "term: Fall\nseed: 45\n"),
        ("seed: 7  # ours\nterm: Fall\n", "seed: 45\nterm: Fall\n"),
    ],
)
def test_seed_is_set_whatever_the_settings_hold(project, course, changed):
    path = project.ROOT / "course.yml"
    path.write_text(course, encoding="utf-8", newline="\n")
    project.main(["seed", "45"])
    assert path.read_text(encoding="utf-8") == changed


def test_pages_are_read_without_waiting_for_sphinx():
    code = "from website.extensions.text.page import read_page as r; r('a'); import sys"
    code += "; sys.exit('sphinx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tasks.ROOT).returncode == 0


@pytest.mark.parametrize("command", ["homework", "grade"])
def test_what_follows_a_command_is_read_by_the_module_after_its_defaults(
    project, monkeypatch, command
):
    called = []
    monkeypatch.setattr(project, "pass_on", lambda *command: called.extend(map(str, command)))
    project.main(["--no-lock", command, "x", "--seed", "45", "--", "--out=y"])
    assert called[called.index("--out") + 1].endswith(
        {"homework": "homework", "grade": "grades"}[command]
    )
    assert called[-4:] == ["x", "--seed", "45", "--out=y"]


def test_module_runs_in_the_users_folder(tmp_path, monkeypatch):
    (tmp_path / "mine.csv").touch()
    monkeypatch.chdir(tmp_path)
    for found, code in (("mine.csv", 0), ("other.csv", 1)):
        look = f"import os, tools; assert os.listdir() == ['{found}']"
        with pytest.raises(SystemExit) as stop:
            tasks.pass_on(sys.executable, "timeit", "-n1", "-r1", look)
        assert stop.value.code == code


def test_module_imports_nothing_from_the_users_folder(tmp_path, monkeypatch):
    (tmp_path / "yaml.py").write_text("raise SystemExit('a hand-in was imported')")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        tasks.pass_on(sys.executable, "homework_tools.grading.grade", "--help")
    assert stop.value.code == 0


@pytest.mark.parametrize(
    ("command", "called"),
    [
        ("pdf", ["website.print.print_book", "html", "rnaseq-hw.pdf"]),
        ("zip", ["website.print.offline", "html", "rnaseq-hw.zip", "rnaseq-hw"]),
        ("screenshots", ["website.print.screenshots", "html", "screenshots"]),
    ],
)
def test_what_is_made_from_the_site_is_made_from_a_new_one(project, monkeypatch, command, called):
    done = []
    monkeypatch.setattr(project, "book", lambda options: done.append("book"))
    monkeypatch.setattr(project, "run", lambda *words: done.extend(words[2:]))
    project.main(["--no-lock", command])
    assert [Path(each).name for each in done] == ["book", *called]


@pytest.mark.parametrize(("command", "words"), [("book", "A site that"), ("clean", "Stopped.$")])
def test_interrupted_command_speaks_of_the_site_if_it_builds_one(monkeypatch, command, words):
    def interrupted(options):
        """Be interrupted."""
        raise KeyboardInterrupt

    monkeypatch.setitem(tasks.COMMANDS, command, interrupted)
    with pytest.raises(SystemExit, match=words):
        tasks.main([command])


def test_help_lists_every_command(capsys):
    tasks.main([])
    shown = capsys.readouterr().out
    assert [line.split()[0] for line in shown.splitlines()] == list(tasks.COMMANDS)


def test_arguments_that_a_command_does_not_know_are_refused(capsys):
    with pytest.raises(SystemExit):
        tasks.main(["book", "--", "-x"])
    assert "book does not know -x" in capsys.readouterr().err


def test_clean_leaves_the_chapters_and_removes_what_was_made(project):
    made = ["_build", "__pycache__", "any/folder/__pycache__", "book/.ipynb_checkpoints"]
    kept = ["notebooks", ".venv/lib/__pycache__", "dist/grades/__pycache__", ".git", "book"]
    for name in made + kept:  # notebooks may hold edits that no chapter has, dist/ grades
        (project.ROOT / name).mkdir(exist_ok=True, parents=True)
    project.main(["clean"])
    assert [name for name in made if (project.ROOT / name).exists()] == []
    assert [name for name in kept if not (project.ROOT / name).is_dir()] == []
    assert (project.ROOT / "book" / "page.md").is_file()
    project.main(["clean", "--all"])
    left = {path.name for path in project.ROOT.iterdir() if path.is_dir()}
    assert not left & {".venv", "notebooks", "dist"}
    assert {".git", "book"} <= left


def test_header_that_a_notebook_sorted_is_put_back(tmp_path):
    chapter = tasks.ROOT / "book" / "volcano.md"
    text = chapter.read_text(encoding="utf-8")
    wanted = "  name: python3\n  display_name: Python 3 (ipykernel)\n  language: python\n"
    assert text.count(wanted) == 1
    shutil.copy(tasks.ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "book").mkdir()
    sorted_one = tmp_path / "book" / "volcano.md"
    shuffled = "".join(sorted(wanted.splitlines(keepends=True)))
    sorted_one.write_text(text.replace(wanted, shuffled), encoding="utf-8", newline="\n")
    assert as_saved(sorted_one) == text


@pytest.mark.parametrize("command", ["numbers", "changes"])
def test_another_build_may_be_named_from_the_home_folder(command):
    options = tasks.parser().parse_args([command, "~/before"])
    assert options.before == Path.home() / "before"


def test_release_is_a_command_of_its_own_module():
    command = [sys.executable, "tasks.py", "--no-lock", "release", "1.x", "--dry-run"]
    done = subprocess.run(command, cwd=tasks.ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "three numbers" in done.stderr


SERVING = """
import subprocess, sys, tasks
wait = "import time; print(1, flush=True); time.sleep(60)"
tasks.run = lambda *_: subprocess.run([sys.executable, "-c", wait])
tasks.main(["--no-lock", "serve"])
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is ended there without being asked")
def test_server_ends_with_the_command_that_started_it():
    command = [sys.executable, "-c", SERVING]
    with subprocess.Popen(command, cwd=tasks.ROOT, stdout=subprocess.PIPE) as serving:
        assert serving.stdout.readline() == b"1\n"
        serving.terminate()
        started = time.monotonic()
        assert serving.stdout.read() == b""  # both have ended
        assert time.monotonic() - started < 10


def test_stored_benchmark_is_of_a_whole_run_and_no_other_way_is_faster():
    path = tasks.ROOT / "rnaseq_hw" / "data" / "benchmark.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert [case["n_genes"] for case in stored["cases"]] == [20_000, 60_000]
    for case, memory in zip(stored["cases"], (0.15, 0.03), strict=True):
        others = set(case["seconds"]) - {"rnaseq_hw", "one_thread", "reading"}
        assert others == {"scipy", "pandas", "scanpy", "rowttests"}
        assert case["seconds"]["rnaseq_hw"] < min(case["seconds"][name] for name in others)
        assert case["extra_memory"] < memory
    assert stored["null_study"]["n_experiments"] == 10_000
