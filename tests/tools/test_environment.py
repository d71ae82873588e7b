"""The environments are made from their locks, once, from where pip would take the packages."""

import hashlib
import shutil
import subprocess
import sys
import zipfile

import pytest

from tools import environment


@pytest.fixture
def project(project, tool, monkeypatch):
    """Return the module in a copy of the project, where nothing is really installed."""
    shutil.copy(environment.ROOT / "pyproject.toml", project.ROOT)
    copy = tool("environment")
    monkeypatch.setattr(copy, "make_venv", lambda: copy.VENV.mkdir(exist_ok=True))
    for name in ("install", "run"):
        monkeypatch.setattr(copy, name, lambda *command, **variables: None)
    return copy


@pytest.fixture
def index(tmp_path):
    """Return the folder of an index with one package, and the line of a lock that names it."""
    wheel = tmp_path / "oneliner-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("oneliner.py", "LINE = 1\n")
        about = "oneliner-1.0.dist-info"
        file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: oneliner\nVersion: 1.0\n")
        file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        listed = ("oneliner.py", f"{about}/METADATA", f"{about}/WHEEL", f"{about}/RECORD")
        file.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in listed))
    page = tmp_path / "simple" / "oneliner" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<!DOCTYPE html><a href="../../{wheel.name}">{wheel.name}</a>')
    hashed = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return tmp_path / "simple", f"oneliner==1.0 --hash=sha256:{hashed}\n"


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Return an empty environment into which uv of the running Python installs."""
    prefix, python_of = tmp_path / "empty", environment.venv_python
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(prefix)], check=True)
    pythons = {prefix: python_of(prefix), environment.VENV: sys.executable}
    monkeypatch.setattr(environment, "venv_python", lambda of=environment.VENV: pythons[of])
    return prefix


def test_old_python_is_refused_with_its_version_and_the_remedy():
    with pytest.raises(
        SystemExit, match=r"Python 3\.9 \(/usr/bin/python3\).*\n.*PYTHON=python3\.12"
    ):
        environment.require_python((3, 9, 6), "/usr/bin/python3")


def test_settings_of_another_environment_stay_out(monkeypatch):
    names = ("PYTHONPATH", "PYTHONHOME", "MPLBACKEND", "UV_SYSTEM_PYTHON")
    for name in (*names, "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "elsewhere")
    variables = environment.environment(environment.venv_python())
    assert "elsewhere" not in variables.values()
    assert variables["MATPLOTLIBRC"] == str(environment.ROOT / "book" / "matplotlibrc")


def test_interrupted_installation_is_made_again(project, monkeypatch):
    installed = []

    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(project, "uv_install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        project.ensure_environment()
    monkeypatch.setattr(project, "uv_install", lambda *arguments: installed.append(arguments))
    project.ensure_environment()
    assert [arguments[0] for arguments in installed] == ["--require-hashes", "--no-deps"]
    project.ensure_environment()
    assert len(installed) == 2


def test_environment_that_was_copied_to_another_place_is_made_anew(project, tmp_path, monkeypatch):
    installed = []
    monkeypatch.setattr(project, "uv_install", lambda *arguments: installed.append(arguments))
    project.ensure_environment()
    there = shutil.copytree(
        project.ROOT, tmp_path / "there", ignore=shutil.ignore_patterns("there")
    )
    for name in ("ROOT", "VENV", "LOCK"):
        place = there / getattr(project, name).relative_to(tmp_path)
        monkeypatch.setattr(project, name, place)
    project.ensure_environment()
    assert [arguments[0] for arguments in installed] == ["--require-hashes", "--no-deps"] * 2


def test_environment_of_the_bench_is_made_once_for_a_lock(project, monkeypatch):
    installed = []

    def note(*arguments, prefix=project.VENV):
        prefix.mkdir(parents=True, exist_ok=True)
        installed.append(prefix.name)

    monkeypatch.setattr(project, "uv_install", note)
    project.BENCH_LOCK.write_text("one==1\n", encoding="utf-8")
    assert project.bench_python() == project.bench_python()
    assert installed == [".venv", ".venv", "bench-venv"]
    project.BENCH_LOCK.write_text("one==2\n", encoding="utf-8")
    project.bench_python()
    assert installed[3:] == ["bench-venv"]


def test_uv_comes_from_its_own_entry_in_the_lock(project, monkeypatch):
    asked = []
    project.VENV.mkdir()
    monkeypatch.setattr(project, "install", lambda *command: asked.extend(command))
    project.install_uv()
    lines = asked[-1].read_text(encoding="utf-8").splitlines()
    assert "--require-hashes" in asked
    assert lines[0].startswith("uv==")
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:-1])
    assert len(lines) > 10


@pytest.mark.parametrize(("main", "extra"), [("simple", "none"), ("none", "simple")])
def test_packages_come_from_where_pip_would_take_them(
    index, empty, tmp_path, monkeypatch, main, extra
):
    _, line = index
    settings, lock = tmp_path / "pip.conf", tmp_path / "one.lock"
    (tmp_path / "none").mkdir()
    lock.write_text(line)
    settings.write_text(
        f"[global]\nindex-url = https://nothing.invalid\n"
        f"[install]\nextra-index-url =\n  {(tmp_path / extra).as_uri()}\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / main).as_uri())  # counts more than the file
    environment.uv_install("--require-hashes", "-r", lock, prefix=empty)
    assert list(empty.rglob("oneliner.py"))


def test_package_with_another_hash_is_refused(index, empty, tmp_path, monkeypatch, capfd):
    folder, line = index
    lock = tmp_path / "one.lock"
    lock.write_text(line.replace(line[-9:-1], "0" * 8))
    monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    with pytest.raises(SystemExit, match=r"uv says why above\. Check the network"):
        environment.uv_install("--require-hashes", "-r", lock, prefix=empty)
    assert not list(empty.rglob("oneliner.py"))
    assert "hash" in capfd.readouterr().err.lower()


def test_tests_refuse_an_environment_that_was_made_for_another_tree(tmp_path):
    for name in ("tests/conftest.py", "tests/published.py", "tasks.py", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(environment.ROOT / name, tmp_path / name)
    for name in ("tools", "rnaseq_hw"):
        shutil.copytree(environment.ROOT / name, tmp_path / name)
    (tmp_path / "tests" / "test_x.py").write_text("def test_x(): pass", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "tests/test_x.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"would not test what is in {tmp_path}" in done.stderr
    assert str(environment.ROOT / "rnaseq_hw") in done.stderr
