"""The branch `notebooks` holds all that its doors open, and nothing that a student may not see."""

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, requires
from urllib.parse import parse_qs, unquote, urlsplit

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tasks
from homework_tools.editions.leaks import grading_secrets, solution_secrets
from homework_tools.master.read import read_master
from tests.homework_tools.submissions import leaks_of
from tools.environment import LOCK
from tools.locks import NOTEBOOKS
from website.extensions.head.doors import BRANCH, doors
from website.launch.branch import HERE, write_branch
from website.launch.wheel import write_wheel
from website.print.chromium import served

SERVICES = yaml.safe_load((tasks.ROOT / "_config.yml").read_text(encoding="utf-8"))[
    "launch_buttons"
] | {"jupyterhub_url": "https://hub.campus.edu"}
CHAPTER = "book/ttest.ipynb"


@pytest.fixture(scope="module")
def branch(built_site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("branch") / "notebooks"
    folder.mkdir()
    (folder / "of an older edition.ipynb").touch()
    write_branch(built_site, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(branch):
    (wheel,) = branch.glob("*.whl")
    return wheel


def target(service, address):
    """Return the path in the branch that an address opens, after asking that it is the branch."""
    url = urlsplit(address)
    asked = parse_qs(url.query)
    if service == "JupyterHub":
        assert asked["repo"] == ["https://github.com/ada/fork"]
        assert asked["branch"] == [BRANCH]
        return asked["urlpath"][0].removeprefix("lab/tree/fork/")
    assert f"/{BRANCH}" in url.path
    if service == "Binder":
        return asked["urlpath"][0].removeprefix("lab/tree/")
    return unquote(url.path).partition(f"/{BRANCH}")[2].lstrip("/")


@pytest.mark.parametrize("service", ["Binder", "Colab", "Codespaces", "JupyterHub"])
def test_door_leads_to_a_file_of_the_branch(service, branch):
    notebook = f"homework/{read_master().settings.id}.ipynb"
    for path in (CHAPTER, notebook):
        address = doors("https://github.com/ada/fork", path, SERVICES)[service]
        assert target(service, address) == ("" if service == "Codespaces" else path)
        assert (branch / path).is_file()


def test_each_door_that_the_built_site_shows_leads_into_the_branch(built_site, branch):
    hosts = {
        "mybinder.org": "Binder",
        "colab.research.google.com": "Colab",
        "codespaces.new": "Codespaces",
    }
    opened = set()
    for page in built_site.glob("*/*.html"):
        for address in re.findall(r'href="(https://[^"]*)"', page.read_text(encoding="utf-8")):
            service = hosts.get(urlsplit(address).hostname)
            if service:
                path = target(service, address.replace("&amp;", "&"))
                assert (branch / path).exists(), (page.name, path)
                opened.add(path or service)
    made = {path.relative_to(branch).as_posix() for path in branch.rglob("*.ipynb")}
    made.remove("book/index.ipynb")  # the first page has no buttons
    assert opened == {*made, "Codespaces"}


def test_addresses_of_the_services_are_made_in_one_place():
    mark = re.compile(r"mybinder\.org|colab\.research|codespaces\.new|user-redirect")
    files = [tasks.ROOT / "README.md", tasks.ROOT / "_config.yml"]
    for folder in ("book", "homework", "homework_tools", "tools", "website"):
        files += [path for path in (tasks.ROOT / folder).rglob("*") if path.is_file()]
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in files}
    places = {path.relative_to(tasks.ROOT).as_posix() for path in texts if mark.search(texts[path])}
    assert {path for path in places if "__pycache__" not in path} == {
        "_config.yml",
        "website/extensions/head/doors.py",
    }


def test_service_that_the_book_does_not_name_has_no_door():
    url = "https://github.com/ada/fork"
    assert list(doors(url, CHAPTER, {"colab_url": "https://x.org/"})) == ["Colab"]
    assert doors("https://github.com/example/rnaseq-hw", CHAPTER, SERVICES) == {}
    assert doors("https://gitlab.com/ada/fork", CHAPTER, SERVICES) == {}


def test_branch_holds_what_it_needs_and_nothing_else(branch, wheel):
    files = {path.relative_to(branch).as_posix() for path in branch.rglob("*") if path.is_file()}
    assert {path for path in files if not path.endswith(".ipynb")} == {
        ".devcontainer/devcontainer.json",
        "LICENSE",
        "README.md",
        "requirements.txt",
        "runtime.txt",
        wheel.name,
    }
    assert "of an older edition.ipynb" not in files


def test_branch_holds_no_solution_and_no_hidden_test(branch):
    master = read_master()
    secrets = solution_secrets(master) + grading_secrets(master)
    assert leaks_of(secrets, branch) == []
    (notebook,) = (branch / "homework").iterdir()
    assert "# TODO" in notebook.read_text(encoding="utf-8")


def test_binder_takes_the_branch_for_a_python_project(branch, monkeypatch):
    from repo2docker.app import Repo2Docker  # not at the top: each test process would load it
    from repo2docker.buildpacks import PythonBuildPack
    from repo2docker.buildpacks.conda.supported_python_version import SUPPORTED_PYTHON_VERSION

    monkeypatch.chdir(branch)
    pack = PythonBuildPack(Repo2Docker().base_image)
    assert pack.detect()
    assert pack.python_version in {str(version) for version in SUPPORTED_PYTHON_VERSION}
    assert pack.python_version in ("3.11", "3.12", "3.13")  # the gate runs these
    # the wheel is beside the requirements: the whole branch must be there when pip reads them
    assert not pack._should_preassemble_pip


def test_requirements_are_the_wheel_and_a_small_lock_that_agrees_with_the_books(branch, wheel):
    first, _, lock = (branch / "requirements.txt").read_text(encoding="utf-8").partition("\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert first == f"./{wheel.name} --hash=sha256:{digest}"
    small, whole = (dict(re.findall(r"(?m)^([\w.-]+)==([^ ]+)", text)) for text in (lock, _lock()))
    wanted = re.findall(r"(?m)^(\w+)$", (HERE / "requirements.in").read_text(encoding="utf-8"))
    assert set(wanted) <= set(small)
    assert {name for name in small if name in whole and small[name] != whole[name]} == set()
    assert not {"jupyter-book", "sphinx", "pytest", "playwright"} & set(small)


def test_requirements_are_for_every_python_that_the_package_allows():
    project = tomllib.loads((tasks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    lock = (HERE / "requirements.lock").read_text(encoding="utf-8")
    assert f"--python-version {oldest} " in lock
    assert NOTEBOOKS in lock


def test_requirements_name_all_that_pip_asks_for():
    """pip refuses a list with hashes as soon as it lacks one package."""
    lock = (HERE / "requirements.lock").read_text(encoding="utf-8")
    locked = {canonicalize_name(name) for name in re.findall(r"(?m)^([\w.-]+)==", lock)}
    wanted = re.findall(r"(?m)^(\w+)$", (HERE / "requirements.in").read_text(encoding="utf-8"))
    seen, left = set(), [Requirement(name) for name in wanted]
    while left:
        asked = left.pop()
        if asked in seen or not _is_installed(asked.name):
            continue
        seen.add(asked)
        extras = [{"extra": extra} for extra in ("", *asked.extras)]
        for needed in map(Requirement, requires(asked.name) or []):
            if needed.marker is None or any(needed.marker.evaluate(extra) for extra in extras):
                assert canonicalize_name(needed.name) in locked, f"{asked} needs {needed}"
                left.append(needed)
    assert len(seen) > 50


def _is_installed(name):
    return any(distributions(name=name))


def _lock():
    return LOCK.read_text(encoding="utf-8")


def test_container_installs_the_requirements(branch):
    container = json.loads((branch / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"].endswith("-r requirements.txt")
    assert f"python-{container['image'].removeprefix('python:')}" in (
        branch / "runtime.txt"
    ).read_text(encoding="utf-8")


def test_wheel_is_the_package_and_always_the_same(wheel, tmp_path):
    again = write_wheel(tmp_path)
    assert again.read_bytes() == wheel.read_bytes()
    assert wheel.name == f"rnaseq_hw-{importlib.metadata.version('rnaseq-hw')}-py3-none-any.whl"
    code = "import rnaseq_hw as hw; print(hw.__file__); hw.filter_genes"
    env = {**os.environ, "PYTHONPATH": str(wheel)}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=True)
    assert done.stdout.startswith(str(wheel))


def test_first_cell_of_a_chapter_gets_the_package_from_the_site(built_site, branch, wheel):
    notebook = nbformat.read(branch / CHAPTER, as_version=4)
    (address,) = re.findall(r'rnaseq-hw @ (https://[^"]+)"', notebook.cells[1].source)
    assert "%pip install" in notebook.cells[1].source
    path = address.removeprefix("https://ada.github.io/fork/")
    assert (built_site / path).read_bytes() == wheel.read_bytes()


def test_pip_installs_what_the_first_cell_names(built_site, branch, tmp_path):
    notebook = nbformat.read(branch / CHAPTER, as_version=4)
    (named,) = re.findall(r'"(rnaseq-hw @ [^"]+)"', notebook.cells[1].source)
    with served(built_site) as here:
        named = named.replace("https://ada.github.io/fork", here)
        pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
        subprocess.run([*pip, "--target", str(tmp_path), named], check=True)
    assert (tmp_path / "rnaseq_hw" / "filtering.py").is_file()


def test_first_cell_gets_whatever_else_the_chapter_imports(branch):
    notebook = nbformat.read(branch / "book" / "deseq2_edger_limma.ipynb", as_version=4)
    assert re.search(r"pydeseq2==[\d.]+", notebook.cells[1].source)
    assert "'pydeseq2', 'rnaseq_hw'" in notebook.cells[1].source


def test_site_that_was_not_built_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="build the book first"):
        write_branch(tmp_path / "site", tmp_path / "branch")
