"""The house keeps its rules: arrows point down, and only the guest's folder enters the sandbox."""

import ast
import doctest
import importlib
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

import tasks
from homework_tools.sandbox.host.sandbox import Sandbox

OURS = {"rnaseq_hw", "homework_tools", "website", "tools", "tasks", "tests"}
MAY_USE = {
    "rnaseq_hw": set(),
    "homework_tools": set(),
    "homework_tools/sandbox/guest": set(),
    "website": {"homework_tools", "rnaseq_hw"},
}
MACHINERY = ("website", "homework_tools", "tools", "tests")
CODE = {".py", ".mjs", ".js", ".css", ".R"}
MAX_FILES, MAX_LINES = 14, 300
GUEST = tasks.ROOT / "homework_tools" / "sandbox" / "guest"


def imported(path: Path) -> set[str]:
    """Return what a module imports: "homework_tools.master", or ".codec" from its own folder."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def wrong_imports(folder: str, root: Path = tasks.ROOT) -> list[str]:
    """Return the imports by which a folder uses a part of the project that it may not use."""
    forbidden = OURS - {folder} - MAY_USE[folder]  # the guest may not even name its own package
    return [
        f"{path.relative_to(root).as_posix()} imports {name}"
        for path in sorted((root / folder).rglob("*.py"))
        for name in sorted(imported(path))
        if name.partition(".")[0] in forbidden or name.startswith("..")
    ]


@pytest.mark.parametrize("folder", MAY_USE)
def test_a_folder_uses_what_lies_below_it_only(folder):
    assert list((tasks.ROOT / folder).rglob("*.py"))
    assert wrong_imports(folder) == []


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("rnaseq_hw", "import homework_tools"),
        ("homework_tools", "from website.extensions import gate"),
        ("homework_tools", "import rnaseq_hw as hw"),
        ("homework_tools/sandbox/guest", "def f():\n    from homework_tools.master import master"),
        ("homework_tools/sandbox/guest", "from ..host import sandbox"),
        ("website", "import tasks"),
    ],
)
def test_an_arrow_that_points_up_is_seen(folder, code, tmp_path):
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "module.py").write_text(code, encoding="utf-8")
    assert len(wrong_imports(folder, tmp_path)) == 1


def test_the_sandbox_holds_the_guest_and_nothing_else(tmp_path):
    sandbox = Sandbox.__new__(Sandbox)  # as it is before anything is started
    sandbox._folder = SimpleNamespace(name=tmp_path)
    sandbox._copy_tools()
    copied = tmp_path / "tools"
    files = [path.relative_to(copied).as_posix() for path in copied.rglob("*.*")]
    assert sorted(files) == sorted(f"guest/{path.name}" for path in GUEST.glob("*.py"))


def test_the_engine_of_the_lab_knows_no_page():
    for path in (tasks.ROOT / "website" / "lab" / "engine").glob("*.mjs"):
        text = path.read_text(encoding="utf-8")
        assert all(name.startswith("./") for name in re.findall(r'from "([^"]+)"', text)), path
        assert not re.search(r"\b(document|window)\b", re.sub(r"//.*", "", text)), path


def test_every_folder_of_code_says_what_lives_there():
    for top in ("website", "homework_tools", "tools"):
        for folder in {path.parent for path in (tasks.ROOT / top).rglob("*.py")}:
            text = (folder / "__init__.py").read_text(encoding="utf-8")
            assert len(ast.get_docstring(ast.parse(text)) or "") > 20, folder


def crowded_folders(root: Path = tasks.ROOT) -> list[str]:
    """Return the folders of code with more files than one can look over, but the package's."""
    counts = Counter(path.parent for path in code_files(root))
    del counts[root / "tests"]  # mirrors the package
    return [f"{folder.relative_to(root)}: {n}" for folder, n in counts.items() if n > MAX_FILES]


def long_modules(root: Path = tasks.ROOT) -> list[str]:
    """Return the modules with more lines than one idea takes."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in code_files(root)}
    return [f"{path.relative_to(root)}: {n}" for path, n in sizes.items() if n > MAX_LINES]


def code_files(root: Path) -> list[Path]:
    """Return the files of code outside of the package; answers of made-up students are data."""
    found = [path for top in MACHINERY for path in (root / top).rglob("*") if path.suffix in CODE]
    data = {"mutants", "alternatives"}
    return [path for path in found if not data & set(path.relative_to(root).parts)]


WITH_EXAMPLES = [
    path.relative_to(tasks.ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in code_files(tasks.ROOT)
    if path.suffix == ".py" and re.search(r"(?m)^ +>>> ", path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_are_true(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert failed == 0 < tried


def test_a_folder_can_be_looked_over_and_a_module_holds_one_idea():
    assert len(code_files(tasks.ROOT)) > 200
    assert crowded_folders() == []
    assert long_modules() == []


def test_a_folder_or_a_module_that_grew_is_seen(tmp_path):
    full, long = tmp_path / "website" / "full", tmp_path / "tools" / "long.py"
    for folder in (full, long.parent):
        folder.mkdir(parents=True)
    for number in range(MAX_FILES):
        (full / f"{number}.mjs").touch()
    long.write_text("\n" * MAX_LINES, encoding="utf-8")
    assert crowded_folders(tmp_path) == long_modules(tmp_path) == []
    (full / "one_more.css").touch()
    long.write_text("\n" * (MAX_LINES + 1), encoding="utf-8")
    assert crowded_folders(tmp_path) == [f"{Path('website/full')}: {MAX_FILES + 1}"]
    assert long_modules(tmp_path) == [f"{Path('tools/long.py')}: {MAX_LINES + 1}"]
