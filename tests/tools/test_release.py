"""A release stamps an edition and makes its files, or leaves the project as it was."""

import hashlib
import json
import os
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

import tasks
from tools.release import __main__ as command
from tools.release import checks
from tools.release.files import make_files, zenodo
from tools.release.stamp import CHANGELOG, CITATION, UNRELEASED, section, stamped_changelog
from tools.update import TAGS, git
from website.print.offline import pack_site

LOG = "# Changelog\n\n## Unreleased\n\n- A **new** chapter.\n\n## 1.0.0 (2026-01-01)\n\n- Old.\n"
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"
FILES = {"CITATION.cff", "NOTES.md", "SHA256SUMS", "citation.bib", "homework.ipynb"}
FILES |= {"numbers.json", "rnaseq-hw-1.1.0-site.zip", "rnaseq-hw-1.1.0.pdf", "zenodo.json"}
FILES |= {"rnaseq_hw-1.1.0-py3-none-any.whl"}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a small project of which version 1.0.0 was released."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@x.org")
    monkeypatch.setattr(checks, "find_chromium", lambda: "chromium")
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / ".gitignore").write_text("/dist/\n", encoding="utf-8")
    (folder / "course.yml").write_text("due: 2026-02-02 23:59 +00:00\n", encoding="utf-8")
    (folder / CHANGELOG).write_text(LOG, encoding="utf-8", newline="\n")
    ours = (tasks.ROOT / CITATION).read_text(encoding="utf-8")
    (folder / CITATION).write_text(ours, encoding="utf-8", newline="\n")
    save(folder)
    git(folder, "tag", "v1.0.0")
    return folder


def save(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "Save")


def state(folder):
    """Return all that a release must not change when it fails."""
    names = (CHANGELOG, CITATION)
    texts = [(folder / name).read_text(encoding="utf-8") for name in names]
    made = sorted((folder / "dist").rglob("*")) if (folder / "dist").is_dir() else []
    files = [path.name for path in made if path.is_file()]
    said = [git(folder, *words) for words in (["rev-parse", "HEAD"], ["tag"], ["status", "-s"])]
    return texts, files, said


def maker(project, tmp_path):
    """Return what makes an edition's files from a small site."""
    site = tmp_path / "site"
    (site / "_downloads" / "homework").mkdir(parents=True)
    for name in ("numbers.json", "index.html", "_downloads/homework/homework.ipynb"):
        (site / name).write_text(name, encoding="utf-8")
    (site / "_downloads" / "rnaseq_hw-1.1.0-py3-none-any.whl").write_bytes(b"wheel")
    return lambda folder: make_files(project, site, folder, lambda pdf: pdf.write_bytes(b"%PDF"))


def test_release_is_committed_tagged_and_has_its_files(project, tmp_path, capsys):
    command.release(project, "1.1.0", maker(project, tmp_path))
    changelog = (project / CHANGELOG).read_text(encoding="utf-8")
    assert changelog == LOG.replace("Unreleased", f"1.1.0 ({TODAY})")
    assert git(project, "log", "-1", "--format=%s") == "Release 1.1.0"
    assert git(project, "status", "--short") == ""
    assert git(project, "cat-file", "-t", "v1.1.0") == "tag"  # not a lightweight one
    assert "- A **new** chapter." in git(project, "tag", "-l", "--format=%(contents)", "v1.1.0")
    assert "git push --atomic origin main v1.1.0" in capsys.readouterr().out
    made = project / "dist" / "release" / "1.1.0"
    assert {path.name for path in made.iterdir()} == FILES
    lines = (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    found = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert found.keys() == FILES - {"SHA256SUMS"}
    assert all(
        hashlib.sha256((made / name).read_bytes()).hexdigest() == digest
        for name, digest in found.items()
    )
    citation = yaml.safe_load((made / CITATION).read_text(encoding="utf-8"))
    assert (citation["version"], str(citation["date-released"])) == ("1.1.0", TODAY)
    assert (made / "NOTES.md").read_text(encoding="utf-8") == "- A **new** chapter.\n"
    with zipfile.ZipFile(made / "rnaseq-hw-1.1.0-site.zip") as packed:
        assert "rnaseq-hw-1.1.0/index.html" in packed.namelist()
    with pytest.raises(SystemExit, match=r"(?s)1\.1\.0 is not newer.*says nothing under"):
        command.release(project, "1.1.0", maker)


def test_dry_run_says_what_would_change_and_changes_nothing(project, capsys):
    before = state(project)
    command.release(project, "1.1.0", make=None, dry_run=True)
    said = capsys.readouterr().out
    assert f"-## Unreleased\n+## 1.1.0 ({TODAY})" in said
    assert f"+version: 1.1.0\n+date-released: {TODAY}" in said
    assert "dist/release/1.1.0" in said
    assert "Note: The due date in course.yml has passed: 2 February 2026" in said
    assert state(project) == before
    git(project, "tag", "-d", "v1.0.0")
    command.release(project, "0.1.0", make=None, dry_run=True)  # the first of all


def fails(folder):
    """Stand for a build that fails when some files are made."""
    folder.mkdir(parents=True)
    (folder / "numbers.json").write_text("{}", encoding="utf-8")
    raise SystemExit(1)


def test_release_that_fails_leaves_the_project_as_it_was(project, capsys):
    before = state(project)
    with pytest.raises(SystemExit):
        command.release(project, "1.1.0", fails)
    assert state(project) == before
    assert "Commit, tag and files are\nas they were before" in capsys.readouterr().err


def test_work_begun_during_a_release_that_fails_is_kept(project):
    def edit_and_fail(folder):
        (project / "page.md").write_text("mine", encoding="utf-8")
        raise KeyboardInterrupt

    before = git(project, "rev-parse", "HEAD")
    with pytest.raises(KeyboardInterrupt):
        command.release(project, "1.1.0", edit_and_fail)
    assert (project / "page.md").read_text(encoding="utf-8") == "mine"
    assert git(project, "rev-parse", "HEAD") == before


def test_commit_that_a_hook_refuses_is_taken_back(project):
    hook = project / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    before = state(project)
    with pytest.raises(SystemExit):
        command.release(project, "1.1.0", make=None)
    assert state(project) == before


def edited(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def fork(project, tmp_path):
    """Return a clone of a course that has fetched version 3.0.0 of the book."""
    git(tmp_path, "clone", "-q", str(project), "fork")
    fork = tmp_path / "fork"
    for place in (f"{TAGS}/v3.0.0", "refs/tags/v3.0.0"):  # as `git fetch --tags` did before
        git(fork, "update-ref", place, "HEAD")
    return fork


def test_versions_of_the_book_are_not_those_of_the_course(fork, capsys):
    command.release(fork, "1.1.0", make=None, dry_run=True)
    assert "Release 1.1.0" in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"3\.0\.0 is a version of the book"):
        command.release(fork, "3.0.0", make=None)


def test_release_asks_what_others_have_pushed(fork, project, capsys):
    git(project, "commit", "-q", "-m", "Another's", "--allow-empty")
    with pytest.raises(SystemExit, match="Others have pushed"):
        command.release(fork, "1.1.0", make=None)
    git(fork, "reset", "-q", "--hard", "origin/main")
    git(fork, "remote", "set-url", "origin", "nowhere")
    command.release(fork, "1.1.0", make=None, dry_run=True)
    assert re.search(r"Note: origin can't be reached \(.*'nowhere'", capsys.readouterr().out)


@pytest.mark.skipif(os.name == "nt", reason="its ssh is a command of a shell")
def test_release_does_not_wait_for_a_remote_that_does_not_answer(fork, monkeypatch, capsys):
    monkeypatch.setattr(checks, "PATIENCE", 0.2)
    monkeypatch.setenv("GIT_SSH_COMMAND", "sleep 5 #")
    git(fork, "remote", "set-url", "origin", "ssh://host.invalid/x")
    command.release(fork, "1.1.0", make=None, dry_run=True)
    assert "Note: origin can't be reached (no answer in 0.2 s)" in capsys.readouterr().out


FAULTS = {
    "three numbers": ("1.1", lambda folder: None),
    "not newer than 1.0.0": ("0.9.0", lambda folder: None),
    r"not committed.*\?\? new": ("1.1.0", lambda f: (git(f, *UNLISTED), edited(f, "new", "x"))),
    "`git switch main` first": ("1.1.0", lambda folder: git(folder, "switch", "-qc", "other")),
    "says nothing under": ("1.1.0", lambda folder: edited(folder, CHANGELOG, "# Changelog\n")),
    "shows the solutions": (
        "1.1.0",
        lambda folder: edited(
            folder, "course.yml", "solutions: released\ndue: 2999-01-01 12:00 +00:00\n"
        ),
    ),
    r"course\.yml:1: unknown": ("1.1.0", lambda folder: edited(folder, "course.yml", "x: 1")),
    "already exists": ("1.1.0", lambda folder: (folder / MADE).mkdir(parents=True)),
    "not know who you are": ("1.1.0", lambda folder: os.environ.update(GIT_COMMITTER_NAME=".")),
    "reset --keep": ("1.1.0", lambda folder: git(folder, "commit", "-qm", "Release 1.1.0", *EMPTY)),
}  # fmt: skip
EMPTY = ["--allow-empty"]
UNLISTED = ["config", "status.showUntrackedFiles", "no"]  # as some have it for speed
MADE = "dist/release/1.1.0"


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_stops_a_release_and_says_what_to_do(project, fault):
    version, spoil = FAULTS[fault]
    spoil(project)
    before = state(project)
    with pytest.raises(SystemExit) as stop:
        command.release(project, version, make=None)
    assert re.search(fault, str(stop.value), re.DOTALL), stop.value
    assert state(project) == before


def test_files_are_made_again_from_the_tag_alone(project, tmp_path):
    make = maker(project, tmp_path)
    command.release(project, "1.1.0", make)
    made = project / "dist" / "release" / "1.1.0"
    first = {path.name: path.read_bytes() for path in made.iterdir()}
    made.rename(tmp_path / "elsewhere")
    with pytest.raises(SystemExit):
        command.files_again(project, "1.1.0", fails)
    assert not made.exists()
    command.files_again(project, "1.1.0", make)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == first
    with pytest.raises(SystemExit, match=r"v1\.0\.0 is not checked out"):
        command.files_again(project, "1.0.0", make)
    edited(project, "page.md", "x")
    with pytest.raises(SystemExit, match=r"(?s)not those of v1\.1\.0:.*page\.md"):
        command.files_again(project, "1.1.0", make)


def test_changelog_of_this_project_can_be_released():
    text = (tasks.ROOT / CHANGELOG).read_text(encoding="utf-8")
    if section(text, UNRELEASED) is None:
        text = text.replace("\n## ", "\n## Unreleased\n\n- New.\n\n## ", 1)
    assert section(text, UNRELEASED).startswith("- ")
    assert re.search(
        r"(?m)^## 9\.0\.0 \(2027-01-01\)$", stamped_changelog(text, "9.0.0", "2027-01-01")
    )


# What Zenodo's help on .zenodo.json and its REST API document of the fields that are used here.
UPLOAD_TYPES = {"publication", "poster", "presentation", "dataset", "image", "video", "software",
                "lesson", "physicalobject", "other"}  # fmt: skip
ACCESS_RIGHTS = {"open", "embargoed", "restricted", "closed"}
REQUIRED = {"upload_type", "publication_date", "title", "creators", "description", "access_right"}
TEXTS = {"title", "description", "version", "license", "notes", "language"}


@pytest.mark.parametrize(("language", "code"), [("en", "eng"), ("en-GB", "eng"), ("de", None)])
def test_metadata_are_what_zenodo_documents(language, code):
    citation = yaml.safe_load((tasks.ROOT / CITATION).read_text(encoding="utf-8"))
    people = [{"name": "The class"}, {"given-names": "Ada", "family-names": "Byron"}]
    found = zenodo(citation | {"date-released": "2027-01-01", "authors": people}, language)
    assert found.keys() >= REQUIRED
    assert found.keys() <= REQUIRED | TEXTS | {"keywords"}  # and no DOI: Zenodo gives it
    assert found["upload_type"] in UPLOAD_TYPES
    assert found["access_right"] in ACCESS_RIGHTS
    assert found["license"].upper() in citation["license"]  # open access needs one, by SPDX
    assert datetime.strptime(found["publication_date"], "%Y-%m-%d")
    assert found["creators"] == [{"name": "The class"}, {"name": "Byron, Ada"}]
    assert all(isinstance(found[name], str) and found[name] for name in TEXTS & found.keys())
    assert found.get("language") == code  # of ISO 639-3
    assert json.loads(json.dumps(found)) == found


def test_course_of_its_own_is_cited_by_its_name_and_names_the_book(project, tmp_path):
    edited(project, "course.yml", "title: Genes\nauthor: Ada Byron\n")
    save(project)
    command.release(project, "1.1.0", maker(project, tmp_path))
    made = project / "dist" / "release" / "1.1.0"
    citation = yaml.safe_load((made / CITATION).read_text(encoding="utf-8"))
    assert (citation["title"], citation["authors"]) == ("Genes", [{"name": "Ada Byron"}])
    assert citation["references"][0]["title"].startswith("RNA-seq Expression Homework")
    metadata = json.loads((made / "zenodo.json").read_text(encoding="utf-8"))
    assert metadata["creators"] == [{"name": "Ada Byron"}]


def test_packed_site_does_not_know_where_and_when_it_was_made(tmp_path):
    for name in ("one", "another/place"):
        site = tmp_path / name / "site"
        site.mkdir(parents=True)
        for page in sorted(["b.html", "a.html"], reverse=name == "one"):
            (site / page).write_text(page, encoding="utf-8")
            (site / page).chmod(0o600 if name == "one" else 0o644)
        pack_site(site, tmp_path / f"{Path(name).name}.zip", "x")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "place.zip").read_bytes()
