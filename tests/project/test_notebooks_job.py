"""The job that pushes the branch `notebooks`, run as GitHub would, against a repository on disk."""

import os
import subprocess

import pytest
import yaml

import tasks
from tools.update import git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the job runs on Linux")
REMOTE = "https://x-access-token:secret@github.com/ada/fork"
CI = tasks.ROOT / ".github" / "workflows" / "ci.yml"


@pytest.fixture
def remote(tmp_path):
    """Return the repository that the job pushes to: a bare one, without any branch."""
    git(tmp_path, "init", "--quiet", "--bare", "remote")
    return tmp_path / "remote"


@pytest.fixture
def push(tmp_path, remote):
    """Return a function that runs the job's script on an edition's files, in a fresh folder."""
    (*_, step) = yaml.safe_load(CI.read_text(encoding="utf-8"))["jobs"]["notebooks"]["steps"]
    variables = {
        "TOKEN": "secret",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "ada/fork",
        "GITHUB_SHA": "0123456",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{remote.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REMOTE,
    }

    def push(number, **files):
        folder = tmp_path / f"edition{number}" / step["working-directory"]
        for name, text in files.items():
            path = folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        env = {**os.environ, **variables}
        return subprocess.run(
            command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=True
        )

    return push


def shown(remote):
    """Return the files of the branch and the number of its commits."""
    files = git(remote, "ls-tree", "-r", "--name-only", "notebooks").split()
    return files, int(git(remote, "rev-list", "--count", "notebooks"))


def test_first_push_makes_the_branch(push, remote):
    push(1, book__a="one", homework__h="two", **{".devcontainer__d": "three"})
    assert shown(remote) == ([".devcontainer/d", "book/a", "homework/h"], 1)
    assert git(remote, "log", "-1", "--format=%s", "notebooks") == "Notebooks of 0123456"


def test_same_notebooks_are_not_pushed_again(push, remote):
    """Binder would build its image again for a new commit."""
    push(1, book__a="one")
    assert "are what they were" in push(2, book__a="one").stdout
    assert shown(remote) == (["book/a"], 1)


def test_next_edition_follows_the_last_and_drops_what_is_gone(push, remote, tmp_path):
    """So nbgitpuller can merge it into what a student has."""
    push(1, book__a="one", book__gone="old")
    git(tmp_path, "clone", "--quiet", "--branch=notebooks", str(remote), "student")
    push(2, book__a="two", book__new="new")
    assert shown(remote) == (["book/a", "book/new"], 2)
    git(tmp_path / "student", "pull", "--quiet", "--ff-only")
    assert sorted(path.name for path in (tmp_path / "student" / "book").iterdir()) == ["a", "new"]


def test_failed_push_turns_the_job_red(push, remote):
    git(remote, "config", "receive.maxInputSize", "1")
    with pytest.raises(subprocess.CalledProcessError):
        push(1, book__a="one")
