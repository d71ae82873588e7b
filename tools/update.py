"""Merge a release of the book into a course of one's own, and say what it changes."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.numbers import FILE, moved_table, read_numbers

REMOTE = "upstream"
TAGS = f"refs/remotes/{REMOTE}/tags"  # the book's versions, apart from those of the course
NO_REMOTE = f"""\
This clone does not know where the book comes from. Name it once, then run the command again:
    git remote add {REMOTE} https://github.com/OWNER/NAME"""
NOT_CLEAN = "These files have changes that are not committed. Commit them first:"
CONFLICTS = """\
The update and your course changed the same lines in
{files}
Open each, keep what you want between the lines <<<<<<< and >>>>>>>, and take out those lines.
Then `git add` them, `git commit`, and run this command again: it builds the book and says which
numbers moved. To give up the update: `git merge --abort`."""


def git(folder: Path, *arguments: str) -> str:
    """Return what git says; stop with its message if it fails."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"git {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()


def newest_release(folder: Path) -> str:
    """Return the newest version of the book: its last tag such as v1.2.0, else its branch main."""
    main = f"{REMOTE}/main"
    asked = ["--sort=-v:refname", f"--merged={main}", "--format=%(refname:lstrip=4)"]
    tags = git(folder, "for-each-ref", *asked, f"{TAGS}/v*").split()
    return tags[0] if tags else main


def found(folder: Path, release: str) -> str:
    """Return how git knows a release: the book's, even if a version of the course is called so."""
    return git(folder, "for-each-ref", "--format=%(refname)", f"{TAGS}/{release}") or release


def update(folder: Path, site: Path, build: Callable[[], None], release: str = "") -> None:
    """Merge a release, the newest unless it is named; build; show which numbers moved.

    `site` is the built site's folder, `build` builds it. It stops at a conflict, and goes on from
    there when it is called again.
    """
    if REMOTE not in git(folder, "remote").split():
        sys.exit(NO_REMOTE)
    changed = git(folder, "status", "--porcelain", "--untracked-files=no")
    if changed:
        sys.exit(f"{NOT_CLEAN}\n{changed}")
    branches = f"+refs/heads/*:refs/remotes/{REMOTE}/*"
    git(folder, "fetch", "--no-tags", REMOTE, branches, f"+refs/tags/*:{TAGS}/*")
    release = release or newest_release(folder)
    before = site.parent / f"before-update-{FILE}"
    if not before.is_file() or not is_merged(folder, release):  # else it went on after a conflict
        if not (site / FILE).is_file():
            build()
        shutil.copy(site / FILE, before)
    merge(folder, release)
    build()
    print(moved_table(read_numbers(before), read_numbers(site / FILE)))
    before.unlink()


def is_merged(folder: Path, release: str) -> bool:
    """Say whether a course has all that is in a release."""
    command = ["git", "merge-base", "--is-ancestor", found(folder, release), "HEAD"]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def merge(folder: Path, release: str) -> None:
    """Merge a release; stop with the list of the files that have conflicts."""
    command = ["git", "merge", "--ff", "--no-edit", found(folder, release)]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    files = git(folder, "diff", "--name-only", "--diff-filter=U").splitlines()
    if files:
        sys.exit(CONFLICTS.format(files="\n".join(f"    {name}" for name in files)))
    if done.returncode:
        sys.exit(f"The update {release} could not be merged: {done.stderr.strip()}")
    print(f"Merged {release}.")
