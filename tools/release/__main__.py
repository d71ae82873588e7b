"""`python -m tools.release VERSION`, as `make release` calls it. Nothing is pushed."""

import argparse
import difflib
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from homework_tools.master.course import course_file, read_course
from homework_tools.text_files import write_text
from tools.book import SITE
from tools.environment import ROOT, VENV, run
from tools.release.checks import BRANCH, faults, fetch, notes
from tools.release.files import make_files
from tools.release.stamp import CHANGELOG, UNRELEASED, section, stamp
from tools.update import git
from website.extensions.head.edition import ask_git

PRINT = "website.print.print_book"
PLAN = """\
{changes}
`Release {version}` would then be committed on {branch}, every cell run and the site built anew,
the edition's files made in {made}, and the commit tagged v{version}.
Nothing was changed."""
DONE = """\
Version {version} is committed and tagged, and its files are in {made}.
Nothing is pushed. Look at them, then
    git push --atomic origin {branch} v{version}
To take all of it back instead: `git tag -d v{version}`, `git reset --keep HEAD~1`."""
UNDONE = """\
The release failed; the reason is printed above or below. Commit, tag and files are
as they were before. The built site may be that of the release: `make book` builds it anew."""


def release(
    folder: Path, version: str, make: Callable[[Path], None], *, dry_run: bool = False
) -> None:
    """Release a version of the project in a folder; put everything back if something fails.

    `make` builds the site and fills a new folder with the edition's files.
    """
    now = datetime.now(UTC)
    unknown = fetch(folder)
    made = folder / "dist" / "release" / version
    found = faults(folder, version, made, now)
    if found:
        sys.exit(
            "\n- ".join([f"{version} can't be released yet, and nothing was changed:", *found])
        )
    for note in [*unknown, *notes(read_course(course_file(folder)), now)]:
        print(f"Note: {note}")
    whats_new = section((folder / CHANGELOG).read_text(encoding="utf-8"), UNRELEASED)
    changed = stamp(folder, version, now.date().isoformat())
    edition = {"version": version, "made": made.relative_to(folder).as_posix(), "branch": BRANCH}
    if dry_run:
        print(PLAN.format(changes=differences(folder, changed), **edition))
        return
    message = f"Version {version}\n\n{whats_new}\n"
    before = git(folder, "rev-parse", "HEAD")
    making = place_for(made)
    try:
        commit(folder, version, changed)
        make(making)
        git(folder, "tag", "-a", f"v{version}", "--cleanup=verbatim", "-m", message)
        making.rename(made)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)
        take_back(folder, version, before, changed)
        print(UNDONE, file=sys.stderr)
        raise
    print(DONE.format(**edition))


def place_for(made: Path) -> Path:
    """Return a folder beside another, which is not there yet: what is made is moved when whole."""
    making = made.with_name(f".{made.name}")
    shutil.rmtree(making, ignore_errors=True)
    return making


def commit(folder: Path, version: str, changed: dict[str, str]) -> None:
    """Write the files that a release changes, and commit them."""
    for name, text in changed.items():
        write_text(folder / name, text)
    body = "Version and date are in CITATION.cff; the changelog says what is new."
    git(folder, "commit", "-q", "-m", f"Release {version}", "-m", body, "--", *changed)


def take_back(folder: Path, version: str, before: str, changed: dict[str, str]) -> None:
    """Bring the branch back to the commit before; what was edited meanwhile stays."""
    ask_git(folder, "tag", "-d", f"v{version}")
    if ask_git(folder, "rev-parse", "HEAD") == before:  # the commit failed
        git(folder, "checkout", "-q", before, "--", *changed)
    else:
        git(folder, "reset", "-q", "--keep", before)


def differences(folder: Path, changed: dict[str, str]) -> str:
    """Return how files would change, line by line."""
    lines = []
    for name, text in changed.items():
        old = (folder / name).read_text(encoding="utf-8").splitlines()
        lines += difflib.unified_diff(old, text.splitlines(), name, name, n=1, lineterm="")
    return "\n".join(lines)


def build_and_make(folder: Path, *, project: Path = ROOT) -> None:
    """Build the site, every cell anew, and make its edition's files."""
    lock = [] if VENV in Path(sys.executable).parents else ["--no-lock"]
    run(sys.executable, "tasks.py", *lock, "book", "--fresh")
    make_files(project, SITE, folder, partial(run, sys.executable, "-m", PRINT, SITE))


def files_again(folder: Path, version: str, make: Callable[[Path], None]) -> None:
    """Make the files of a release whose tag is checked out."""
    made = folder / "dist" / "release" / version
    if f"v{version}" not in ask_git(folder, "tag", "--points-at", "HEAD").split():
        sys.exit(f"The tag v{version} is not checked out: `git switch --detach v{version}` first.")
    changed = ask_git(folder, "status", "--porcelain")
    if changed:
        sys.exit(f"These files are not those of v{version}:\n{changed}")
    if made.exists():
        sys.exit(f"{made} already exists: move it away.")
    making = place_for(made)
    make(making)
    making.rename(made)
    print(f"The files of {version} are in {made.relative_to(folder).as_posix()}.")


def main(arguments: list[str] | None = None) -> None:
    """Read the command line."""
    reader = argparse.ArgumentParser(prog="tasks.py release")
    reader.add_argument("version", help="three numbers, such as 1.2.0")
    reader.add_argument("--dry-run", action="store_true", help="say what it would do")
    words = "make the files of the tag that is checked out"
    reader.add_argument("--files", action="store_true", help=words)
    options = reader.parse_args(arguments)
    if options.files:
        files_again(ROOT, options.version, build_and_make)
    else:
        release(ROOT, options.version, build_and_make, dry_run=options.dry_run)


if __name__ == "__main__":
    main()
