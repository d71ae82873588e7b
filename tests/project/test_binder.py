"""Binder would find its files: asked of repo2docker's own code, without Docker."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks import PythonBuildPack
from repo2docker.buildpacks.conda.supported_python_version import SUPPORTED_PYTHON_VERSION

import tasks
from homework_tools.editions.leaks import find_leaks, grading_secrets, solution_secrets
from homework_tools.master.read import read_master
from tools.environment import LOCK

BINDER = tasks.ROOT / "binder"


@pytest.fixture
def pack(monkeypatch):
    monkeypatch.chdir(tasks.ROOT)
    return PythonBuildPack(Repo2Docker().base_image)


def test_repo2docker_takes_the_folder_for_a_python_project(pack):
    assert pack.detect()
    assert pack.binder_dir == "binder"


def test_python_of_binder_is_one_that_the_gate_runs_and_repo2docker_has(pack):
    assert pack.python_version in ("3.11", "3.12", "3.13")
    assert pack.python_version in {str(version) for version in SUPPORTED_PYTHON_VERSION}


def test_packages_of_binder_are_the_lock_and_nothing_else(pack):
    lines = (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if not line.startswith("#")]
    assert line == "-r ../requirements.lock"
    assert (BINDER / line.removeprefix("-r ")).resolve() == LOCK.resolve()
    # The lock stands outside binder/: the whole repository must be there when pip reads it.
    assert not pack._should_preassemble_pip
    assert any(
        '-r "binder/requirements.txt"' in script for _, script in pack.get_assemble_scripts()
    )


def test_every_file_that_the_image_is_built_from_exists(pack):
    scripts = " ".join(script for _, script in pack.get_assemble_scripts())
    named = re.findall(r"binder/[\w.]+", scripts) + pack.get_post_build_scripts()
    assert "binder/postBuild" in named
    assert [name for name in named if not (tasks.ROOT / name).is_file()] == []


def test_post_build_installs_the_package_and_opens_chapters_as_notebooks():
    script = BINDER / "postBuild"
    text = script.read_bytes().decode("utf-8")
    assert text.startswith("#!/bin/bash\n")
    assert "\r" not in text
    assert "--no-deps --no-build-isolation --editable ." in text
    assert "jupytext-config set-default-viewer" in text
    assert os.name == "nt" or os.access(script, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="Binder's images are Linux")
def test_post_build_puts_the_students_notebook_in_place_of_the_homework(tmp_path):
    clone, programs = tmp_path / "clone", tmp_path / "bin"
    for name in ("binder", "homework", "homework_tools", "tests/homework_tools"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(tasks.ROOT / name, clone / name, ignore=ignored)
    programs.mkdir()
    for name in ("pip", "jupytext-config"):  # these would change the environment of this test
        (programs / name).symlink_to(shutil.which("true"))
    (programs / "python").symlink_to(sys.executable)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([clone / "binder" / "postBuild"], cwd=clone, env=environment, check=True)
    master = read_master()
    left = {file.name for file in (clone / "homework").iterdir()}
    assert left == {f"{master.settings.id}.ipynb"}
    assert not (clone / "tests" / "homework_tools").exists()
    secrets = solution_secrets(master) + grading_secrets(master)
    assert find_leaks(secrets, clone / "homework") == []
    assert "# TODO" in (clone / "homework" / left.pop()).read_text(encoding="utf-8")
