"""Providing and packing: only the right files, in order of the sources, and nothing done twice."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest

from homework_tools.editions.leaks import grading_secrets, solution_secrets
from homework_tools.master.read import read_master
from tests.homework_tools.submissions import leaks_of
from website.python.files import CACHE, download_size, pack, provide
from website.python.files.needs import bundles_for

RIGHT = b"the file of the lock"
SHA = hashlib.sha256(RIGHT).hexdigest()
ENTRIES = [
    {"name": "one", "file_name": "one.whl", "depends": ["two"], "sha256": SHA},
    {"name": "two", "file_name": "two.whl", "depends": [], "sha256": SHA},
]


@pytest.fixture
def small_lock(monkeypatch):
    """Let two tiny wheels be all that is needed."""
    packages = {entry["name"]: entry for entry in ENTRIES}
    monkeypatch.setattr(provide, "read_lock", lambda: {"packages": packages})
    monkeypatch.setattr(provide, "WANTED", ["one"])


def giving(content):
    """Return a source that gives each file this content, and the list of what it was asked for."""
    asked = []

    def source(entries):
        for entry in entries:
            asked.append(entry["name"])
            yield entry, content

    return source, asked


def test_file_with_another_hash_is_refused(small_lock, tmp_path):
    source, _ = giving(b"another file")
    with pytest.raises(provide.NoSourceError, match=r"one\.whl is another file than the lock's"):
        provide.provide(tmp_path, (source,))
    assert list(tmp_path.iterdir()) == []


def test_next_source_is_asked_for_what_the_first_did_not_have(small_lock, tmp_path):
    (wrong, _), (right, asked) = giving(b"another file"), giving(RIGHT)
    assert set(provide.provide(tmp_path, (wrong, right))) == {"one", "two"}
    assert sorted(asked) == ["one", "two"]


def test_cache_is_used_and_a_spoiled_file_in_it_is_not(small_lock, tmp_path):
    source, asked = giving(RIGHT)
    provide.provide(tmp_path, (source,))
    asked.clear()
    provide.provide(tmp_path, (source,))
    assert asked == []
    (tmp_path / "two.whl").write_bytes(b"spoiled")
    provide.provide(tmp_path, (source,))
    assert asked == ["two"]


def test_build_goes_on_without_any_source_and_says_why(tmp_path):
    code = """
from website.python import files
from website.python.files import provide
def nothing(entries):
    raise OSError("no network here")
provide.provide.__defaults__ = (nothing,),
print(files.python_files())
"""
    variables = {"PYTHON_FILES_CACHE": str(tmp_path)}
    done = run(code, variables)
    assert done.stdout.endswith("None\n")
    assert "built without Python in its pages" in done.stderr
    assert "no network here" in done.stderr


def test_build_can_leave_python_out():
    done = run(
        "from website.python.files import python_files as f; print(f())", {"WITHOUT_PYTHON": "1"}
    )
    assert done.stdout == "None\n"


def run(code, variables):
    """Run code in a fresh Python with some variables."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=os.environ | variables, capture_output=True, encoding="utf-8", check=True
    )


def test_nothing_is_packed_twice(manifest, monkeypatch):
    monkeypatch.setattr(pack, "run_packing", lambda *jobs: pytest.fail("it packs again"))
    wheels = provide.provide(CACHE / "wheels")
    assert pack.pack(wheels, CACHE / "packed") == manifest


def test_changed_package_packs_its_own_part_alone(manifest, monkeypatch, tmp_path):
    changed = tmp_path / "runner.py"
    changed.write_text("changed = 1", encoding="utf-8")
    monkeypatch.setattr(pack, "RUNNER", changed)
    packed = []
    monkeypatch.setattr(pack, "run_packing", lambda jobs, base: packed.extend(jobs))
    with pytest.raises(FileNotFoundError):  # nothing was packed here
        pack.pack(provide.provide(CACHE / "wheels"), CACHE / "packed")
    assert packed == ["own"]


def names_in(bundle):
    """Return the names of the files in a bundle, which begins with the length of their list."""
    content = gzip.decompress(bundle.read_bytes())
    return [name for name, _ in json.loads(content[4 : 4 + int.from_bytes(content[:4], "little")])]


def test_bundles_hold_compiled_code_of_wheels_and_of_the_package(manifest):
    for name, entry in manifest["bundles"].items():
        files = names_in(manifest["paths"][entry["file"]])
        assert not [file for file in files if file.endswith(".py")]
        tops = {file.partition("/")[0] for file in files}
        assert ("rnaseq_hw" in tops) == (name in ("own", "data"))
    assert "numpy/f2py/__init__.pyc" in names_in(path_of(manifest, "base"))
    assert any("fontlist" in file for file in names_in(path_of(manifest, "plot")))
    assert "rnaseq_hw/data/airway/LICENSE" in names_in(path_of(manifest, "data"))


def path_of(manifest, name):
    """Return where a bundle lies."""
    return manifest["paths"][manifest["bundles"][name]["file"]]


def sources():
    """Return what this repository puts into bundles and next to them, before it is compiled."""
    ours = [path for files in pack.own_files().values() for _, path in files]
    return [*ours, *pack.RUNNER.parent.glob("*.*js")]


def test_no_secret_of_the_homework_is_in_a_file_that_this_repository_makes(manifest):
    """The other bundles come whole from wheels with the lock's hashes."""
    master = read_master()
    secrets = solution_secrets(master) + grading_secrets(master)
    assert {"own", "data"} == set(manifest["bundles"]) - set(pack.BUNDLES)
    packed = [path_of(manifest, name) for name in ("own", "data")]
    assert leaks_of(secrets, *packed, *sources()) == []


def test_secret_that_is_planted_in_the_package_is_found_before_and_after_packing(
    manifest, monkeypatch, tmp_path
):
    """Compiled code keeps a text as it is, but not a line of code: that is found in its source."""
    master = read_master()
    secrets = solution_secrets(master) + grading_secrets(master)
    line, words = secrets[0], secrets[-1]
    planted = tmp_path / "runner.py"
    planted.write_text(f"def f():\n    {line}\n\nwords = {words!r}\n", encoding="utf-8")
    monkeypatch.setattr(pack, "RUNNER", planted)
    assert leaks_of(secrets, *sources()) == [(str(planted), line), (str(planted), words)]
    packed = {path.parent for path in manifest["paths"].values() if CACHE in path.parents}
    for folder in packed:  # only the package's part has changed, so that alone is packed
        shutil.copytree(folder, tmp_path / folder.name)
    for size in (CACHE / "packed").glob("core.*.size"):
        shutil.copy(size, tmp_path)
    shown = pack.pack(provide.provide(CACHE / "wheels"), tmp_path)
    assert [leak for _, leak in leaks_of(secrets, path_of(shown, "own"))] == [words]


def test_site_gets_what_its_pages_fetch(manifest, tmp_path):
    pack.write_site(manifest, tmp_path)
    folder = tmp_path / "python"
    assert {"worker.mjs", "engine.mjs", "python.json"} <= {path.name for path in folder.iterdir()}
    for entry in [manifest["stdlib"], *manifest["bundles"].values()]:
        assert (folder / "files" / entry["file"]).stat().st_size == entry["size"]
    assert str(tmp_path.home()) not in (folder / "python.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "bundles"),
    [
        ("import rnaseq_hw as hw\nhw.filter_genes(df)", ["base"]),
        ("hw.group_mean_differences(df, meta)", ["base", "scipy"]),
        ("from rnaseq_hw import volcano_plot", ["base", "plot"]),
        ("hw.null_study(n_experiments=3)", ["base", "scipy"]),
        ("hw.load_experiment('airway')", ["base", "data"]),
        ("from scipy import stats", ["base", "scipy"]),
        ("df.plot()", ["base", "plot"]),
        ("this is not Python", ["base"]),
    ],
)
def test_bundles_follow_from_what_cells_name(source, bundles):
    assert bundles_for([source]) == bundles


def test_size_of_a_first_visit_counts_each_file_once_as_it_is_sent(manifest):
    small, large = (
        download_size(manifest, ["base"]),
        download_size(manifest, ["base", "base", "own"]),
    )
    assert small == large
    named = [manifest["bundles"]["own"], manifest["bundles"]["base"], manifest["stdlib"]]
    core = [path for name, path in manifest["paths"].items() if name.startswith("core.")]
    sent = [len(gzip.compress(path.read_bytes())) for path in core]
    assert len(sent) == 3
    assert small == pytest.approx(sum(sent) + sum(each["size"] for each in named), rel=0.01)
