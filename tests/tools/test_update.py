"""An update merges a release, says which numbers moved, and stops kindly where it must."""

import json
import subprocess

import pytest

from tools.numbers import change, moved, moved_table, read_numbers
from tools.update import git, update

OLD = {"book/a": {"n": "70", "p": "0.5", "same": "1", "went": "2", "word": "'x'"}}
NEW = {"book/a": {"n": "77", "p": "0.5000000000000001", "same": "1", "word": "'y|z'"}}
NEW["book/b"] = {"came": "3"}


def numbers(folder, name, values):
    (folder / name).write_text(json.dumps(values), encoding="utf-8")
    return read_numbers(folder / name)


def test_numbers_that_moved_came_or_went_are_listed(tmp_path):
    before, after = numbers(tmp_path, "a", OLD), numbers(tmp_path, "b", NEW)
    assert moved(before, after) == [
        ("book/a", "n", "70", "77", "+10 %"),
        ("book/a", "went", "2", "–", "gone"),
        ("book/a", "word", "'x'", "'y|z'", "other text"),
        ("book/b", "came", "–", "3", "new"),
    ]
    table = moved_table(before, after)
    assert table.startswith("4 of 5 numbers moved.\n\n| Page | Number | Before | After | Change |")
    assert "| book/a | word | 'x' | 'y\\|z' | other text |" in table
    assert moved_table(before, before) == "None of the 5 numbers moved."


@pytest.mark.parametrize("name", ["missing.json", "index.html"])
def test_file_that_holds_no_numbers_is_refused(tmp_path, name):
    (tmp_path / "index.html").write_text("<!DOCTYPE html>", encoding="utf-8")
    with pytest.raises(SystemExit, match=rf"{name} is not the numbers\.json of a built site"):
        read_numbers(tmp_path / name)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("8.48e-106", "8.5e-106", "+0.236 %"),
        ("-2", "-1", "+50 %"),
        ("0", "0.25", "+0.25"),
        ("np.int64(3)", "3", ""),
        ("nan", "1", "other value"),
        ("inf", "5", "other value"),
        ("5", "inf", "other value"),
        ("-inf", "np.float64(-inf)", ""),
    ],
)
def test_change_of_a_number_is_a_share_of_it(before, after, words):
    assert change(before, after) == words


def commit(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    git(folder, "add", name)
    git(folder, "-c", "user.name=A", "-c", "user.email=a@x.org", "commit", "-qm", name)


@pytest.fixture
def fork(tmp_path, monkeypatch):
    """Return a clone of a book, whose upstream has a newer release."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@x.org")
    book, fork = tmp_path / "book", tmp_path / "fork"
    book.mkdir()
    git(book, "init", "-q", "-b", "main")
    commit(book, "page.md", "one\n")
    subprocess.run(["git", "clone", "-q", "-o", "upstream", book, fork], check=True)
    commit(book, "page.md", "two\n")
    git(book, "tag", "v1.10.0")
    git(book, "tag", "v1.9.0", "HEAD~1")
    commit(book, "page.md", "not released\n")
    return fork


def builder(folder):
    """Return what builds: its numbers are the page's words."""

    def build():
        site = folder / "_build" / "html"
        site.mkdir(parents=True, exist_ok=True)
        values = {"book/page": {"words": (folder / "page.md").read_text(encoding="utf-8").strip()}}
        (site / "numbers.json").write_text(json.dumps(values), encoding="utf-8")

    return build


def run(fork, **options):
    update(fork, fork / "_build" / "html", builder(fork), **options)


def test_the_newest_release_is_merged_and_its_numbers_shown(fork, capsys):
    run(fork)
    said = capsys.readouterr().out
    assert "Merged v1.10.0." in said
    assert "| book/page | words | one | two | other text |" in said
    assert not list((fork / "_build").glob("before*"))
    run(fork)
    assert "None of the 1 numbers moved." in capsys.readouterr().out
    run(fork, release="upstream/main")
    assert "| book/page | words | two | not released | other text |" in capsys.readouterr().out


def test_version_of_the_course_is_not_taken_for_one_of_the_book(fork, capsys):
    git(fork, "tag", "v1.9.0")
    git(fork, "tag", "v1.10.0")
    run(fork, release="v1.10.0")
    assert "| book/page | words | one | two | other text |" in capsys.readouterr().out
    assert git(fork, "rev-parse", "v1.10.0") == git(fork, "rev-parse", "v1.9.0")


def test_conflicts_are_listed_and_the_next_run_goes_on(fork, capsys):
    commit(fork, "page.md", "ours\n")
    with pytest.raises(SystemExit, match=r"(?s)same lines in\n    page\.md\n.*git merge --abort"):
        run(fork)
    with pytest.raises(SystemExit, match="Commit them first"):
        run(fork)
    commit(fork, "page.md", "ours and two\n")
    run(fork)
    assert "| book/page | words | ours | ours and two |" in capsys.readouterr().out


def test_update_after_one_that_was_given_up_starts_from_the_new_numbers(fork, capsys):
    commit(fork, "page.md", "ours\n")
    with pytest.raises(SystemExit, match="git merge --abort"):
        run(fork)
    git(fork, "merge", "--abort")
    commit(fork, "page.md", "one\n")
    builder(fork)()
    run(fork)
    assert "| book/page | words | one | two | other text |" in capsys.readouterr().out


def test_changes_that_are_not_committed_stop_it(fork):
    (fork / "page.md").write_text("mine\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"(?s)Commit them first.*page\.md"):
        run(fork)


def test_a_clone_without_upstream_says_how_to_name_it(fork):
    git(fork, "remote", "rename", "upstream", "origin")
    with pytest.raises(SystemExit, match="git remote add upstream https"):
        run(fork)
