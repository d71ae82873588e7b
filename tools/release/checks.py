"""What must be so before an edition is stamped; each fault says what to do."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

from packaging.version import Version

from homework_tools.master.course import Course, MasterError, course_file, read_course
from homework_tools.master.due_date import in_words
from tools.release.stamp import CHANGELOG, UNRELEASED, section
from tools.update import TAGS
from website.extensions.head.doors import is_open
from website.extensions.head.edition import ask_git
from website.print.chromium import MISSING, find_chromium

NUMBER = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
BRANCH = "main"
PATIENCE = 60  # seconds for the remote repository


def fetch(folder: Path) -> list[str]:
    """Learn what others have pushed; return a note if that can't be known now."""
    remote = ask_git(folder, "config", f"branch.{BRANCH}.remote")
    if not remote:
        return []
    command = ["git", "fetch", "-q", remote]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
        if done.returncode == 0:
            return []
        why = done.stderr.strip().partition("\n")[0]
    except subprocess.TimeoutExpired:
        why = f"no answer in {PATIENCE} s"
    return [f"{remote} can't be reached ({why}). If others have pushed, your push will fail."]


def faults(folder: Path, version: str, made: Path, now: datetime) -> list[str]:
    """Return all that keeps a version from being released.

    Its files will be in the folder `made`.
    """
    found = [*_faults_of_version(folder, version), *_faults_of_tree(folder, version)]
    if made.exists():
        found.append(f"{made} already exists: move it away.")
    if not section((folder / CHANGELOG).read_text(encoding="utf-8"), UNRELEASED):
        found.append(f"{CHANGELOG} says nothing under `## Unreleased`: write what is new there.")
    if find_chromium() is None:
        found.append(f"The PDF is printed by a browser. {MISSING}")
    try:
        course = read_course(course_file(folder))
    except MasterError as error:
        return [*found, str(error)]
    if course.solutions == "released" and now < course.due:
        found.append(
            f"course.yml shows the solutions, and the homework is due on {in_words(course.due)}:"
            " write `solutions: hidden`."
        )
    return found


def notes(course: Course, now: datetime) -> list[str]:
    """Return what is worth a look before a release, and does not keep from it."""
    found = []
    if course.due < now:
        found.append(f"The due date in course.yml has passed: {in_words(course.due)}.")
    if not is_open(course.repository):
        found.append("course.yml has no `repository` yet: pages have no buttons that lead there.")
    return found


def _faults_of_version(folder: Path, version: str) -> list[str]:
    if not NUMBER.fullmatch(version):
        return [f"{version!r} is not a version such as 1.2.0: three numbers with points between."]
    known = _tags(folder, "refs/tags")
    own = [name[1:] for name, _ in known - _tags(folder, TAGS) if NUMBER.fullmatch(name[1:])]
    newest = max(own, key=Version, default=None)
    if newest and Version(version) <= Version(newest):
        return [f"{version} is not newer than {newest}, which has a tag: take a higher one."]
    if f"v{version}" in dict(known):
        return [f"{version} is a version of the book, with a tag in this clone: take another."]
    return []


def _tags(folder: Path, place: str) -> set[tuple[str, ...]]:
    """Return the versions that have a tag in a place, each with what it is a tag of."""
    shown = f"--format=%(refname:lstrip={place.count('/') + 1}) %(objectname)"
    return {
        tuple(line.split())
        for line in ask_git(folder, "for-each-ref", shown, f"{place}/v*").splitlines()
    }


def _faults_of_tree(folder: Path, version: str) -> list[str]:
    branch = ask_git(folder, "branch", "--show-current")
    if branch != BRANCH:
        return [f"This is {branch or 'not a branch'}: `git switch {BRANCH}` first."]
    found = []
    changed = ask_git(folder, "status", "--porcelain")
    if changed:
        found.append(f"These files are not committed; commit them, or move them away:\n{changed}")
    if int(ask_git(folder, "rev-list", "--count", "HEAD..@{upstream}") or 0):
        found.append("Others have pushed what you don't have: `git pull` first.")
    if not ask_git(folder, "var", "GIT_COMMITTER_IDENT"):
        found.append("git does not know who you are: `git config user.name` and `user.email`.")
    if ask_git(folder, "log", "-1", "--format=%s") == f"Release {version}":
        found.append(
            "The last commit is this release, without its tag: an earlier run was cut off. Take the"
            " commit back with `git reset --keep HEAD~1`."
        )
    return found
