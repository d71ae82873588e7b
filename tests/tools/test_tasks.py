"""The commands of `tasks.py` do what their help says, on a copy where they would change files."""

import importlib
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import tasks
from tools.book import build_command
from tools.chapters import as_saved
from tools.serve import require_free_port

PUBLISHED = """\
# A page

```{code-cell} ipython3
hw.simulate_dataset(
    n_samples=100, n_genes=1000, n_shift=10, shift_size=4, noise_sd=0.2, missing_p=0.05,
    seed=44,
)
```

```{code-cell} ipython3
hw.simulate_dataset(n_samples=6, seed=1)
```
"""

COURSE = "# The course.\n# seed: 44  # change it with `make seed`\n# term: ''\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a small copy of the project, and its `tasks` module."""
    for name in ("tasks.py", "_config.yml", "requirements.lock"):
        shutil.copy(tasks.ROOT / name, tmp_path)
    for name in ("website", "rnaseq_hw", "tools"):
        shutil.copytree(tasks.ROOT / name, tmp_path / name)
    (tmp_path / "homework").mkdir()
    header = "---\nhomework:\n  points: 40\nkernelspec:\n  name: python3\n---\n\n"
    homework = f"{header}{PUBLISHED}"
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8", newline="\n")
    (tmp_path / "homework" / "homework.md").write_text(homework, encoding="utf-8", newline="\n")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.md").write_text(PUBLISHED, encoding="utf-8", newline="\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tasks", "tools")]:
        monkeypatch.delitem(sys.modules, name)
    copy = importlib.import_module("tasks")
    assert tmp_path == copy.ROOT
    monkeypatch.setattr(copy, "ready_python", lambda options: sys.executable)
    return copy


@pytest.fixture
def tool(project):
    """Return what loads a module of the copy's tools by its name."""
    return lambda name: importlib.import_module(f"tools.{name}")


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


@pytest.mark.parametrize("value", ["-1", "4294967296", "x", "4.5"])
def test_seed_refuses_what_numpy_would_refuse(project, tool, value):
    homework = tool("chapters").HOMEWORK
    before = homework.read_bytes()
    with pytest.raises(SystemExit) as stop:
        project.main(["seed", value])
    assert stop.value.code != 0
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


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ([], ["--out", "dist/homework"]),
        (["--seed", "45"], ["--out", "dist/homework", "--seed=45"]),
        (["--out", "x", "--students", "names.txt"], ["--out", "x", "--students=names.txt"]),
    ],
)
def test_homework_makes_the_editions_in_dist(project, monkeypatch, asked, passed):
    called = []
    monkeypatch.setattr(project, "run", lambda *command: called.extend(command[1:]))
    project.main(["--no-lock", "homework", *asked])
    shown = [str(part).replace(f"{project.ROOT / 'dist'}", "dist") for part in called]
    assert [part.replace("\\", "/") for part in shown] == [
        "-m",
        "homework_tools.editions.make",
        *passed,
    ]


@pytest.mark.parametrize("changed", ["rnaseq_hw/ttest.py", "requirements.lock"])
def test_cached_outputs_are_dropped_when_what_they_depend_on_changes(project, tool, changed):
    sweep = tool("book").sweep
    folder = project.BUILD / "work" / "_build"
    sweep(folder, keep_cache=True)
    cached, page = folder / ".jupyter_cache", folder / "html"
    cached.mkdir()
    page.mkdir()
    sweep(folder, keep_cache=True)
    assert cached.is_dir()
    assert not page.exists()
    with (project.ROOT / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    sweep(folder, keep_cache=True)
    assert not cached.exists()


def test_fresh_build_drops_cached_outputs(project, tool):
    sweep = tool("book").sweep
    folder = project.BUILD / "work" / "_build"
    sweep(folder, keep_cache=True)
    (folder / ".jupyter_cache").mkdir()
    sweep(folder, keep_cache=False)
    assert not (folder / ".jupyter_cache").exists()


def test_failed_build_keeps_the_last_good_site_and_its_reports(project, tool, monkeypatch, capsys):
    reports = tool("book").REPORTS
    project.SITE.mkdir(parents=True)
    (project.SITE / "index.html").write_text("the last good one", encoding="utf-8")
    work = project.BUILD / "work" / "_build" / "html" / "reports" / "book"
    failing = f"import os; os.makedirs({str(work)!r}); open({str(work / 'x.err.log')!r}, 'w')"
    command = [sys.executable, "-c", f"{failing}; raise SystemExit(3)"]
    monkeypatch.setattr(tool("book"), "build_command", lambda *_: command)
    with pytest.raises(SystemExit) as stop:
        project.main(["--no-lock", "book"])
    assert stop.value.code == 1
    assert (project.SITE / "index.html").read_text(encoding="utf-8") == "the last good one"
    assert str(reports / "book" / "x.err.log") in capsys.readouterr().out


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


def test_build_command_turns_every_warning_into_an_error():
    command = build_command("source", "output")
    assert command[0] == sys.executable
    assert {"-n", "-W", "--keep-going"} <= set(command)


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


def test_arguments_after_two_dashes_are_refused_but_for_the_tests(capsys):
    with pytest.raises(SystemExit):
        tasks.main(["book", "--", "-x"])
    assert "only `test` takes arguments" in capsys.readouterr().err


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


def test_port_in_use_is_told_before_anything_is_built():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use; take another"):
            require_free_port(port)


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ([], []),
        (["--quick"], ["--quick"]),
        (["--save"], ["--save", "rnaseq_hw/data/benchmark.json"]),
    ],
)
def test_bench_keeps_numbers_only_if_asked(project, monkeypatch, asked, passed):
    called = {}

    def note(*command):
        called.update(command=command[1:])

    monkeypatch.setattr(project, "run", note)
    project.main(["--no-lock", "bench", *asked])
    shown = [
        str(part).replace(f"{project.ROOT}", "").replace("\\", "/") for part in called["command"]
    ]
    assert [part.lstrip("/") for part in shown] == ["-m", "tools.benchmarks.bench", *passed]


def test_stored_benchmark_is_of_a_whole_run_and_no_other_way_is_faster():
    stored = json.loads(tasks.BENCHMARK.read_text(encoding="utf-8"))
    assert [case["n_genes"] for case in stored["cases"]] == [20_000, 60_000]
    for case, memory in zip(stored["cases"], (0.15, 0.03), strict=True):
        others = set(case["seconds"]) - {"rnaseq_hw", "one_thread", "reading"}
        assert others == {"scipy", "pandas", "scanpy", "rowttests"}
        assert case["seconds"]["rnaseq_hw"] < min(case["seconds"][name] for name in others)
        assert case["extra_memory"] < memory
    assert stored["null_study"]["n_experiments"] == 10_000
