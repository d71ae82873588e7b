"""Say on each page which edition it is and when its text was last changed, as git has it.

The dates are those of commits, so the same commit gives the same site. Without git, in a tarball
or a shallow clone, what is not known is not said.
"""

import os
import subprocess
import time
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from homework_tools.words.translator import gettext

DAY = "%cd"
PLAINLY = ["-c", "core.quotepath=false", "-c", "log.showSignature=false"]
PLAINLY += ["-c", "status.showUntrackedFiles=normal"]
STATE = "book/state"  # the page that says more of the edition


def edition(folder: Path) -> str:
    """Return the commit of a folder and its date, such as ``1a2b3c4 (2026-02-02)``.

    It is "" when git can't say.
    """
    return ask_git(folder, "log", "-1", "--date=short", f"--format=%h ({DAY})")


def last_changes(folder: Path) -> dict[str, str]:
    """Return the date of the last commit that changed each file.

    Dates such as ``2026-02-02`` by path; none when git has not the whole history.
    """
    if ask_git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    log = ask_git(folder, "log", "--name-only", "--date=short", f"--format=%x00{DAY}", "--relative")
    dates: dict[str, str] = {}
    for commit in log.split("\0")[1:]:  # newest first
        date, *paths = commit.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates


def edition_time(folder: Path) -> int:
    """Return when the edition was made, in seconds since 1970: by SOURCE_DATE_EPOCH, else by git.

    Where neither says it, it is made now.
    """
    known = os.environ.get("SOURCE_DATE_EPOCH") or ask_git(folder, "log", "-1", "--format=%ct")
    return int(known or time.time())


def ask_git(folder: Path, *arguments: str) -> str:
    """Return what git says, or "" when it is not there or knows nothing."""
    if not (folder / ".git").exists():  # an archive inside of another project's clone
        return ""
    command = ["git", *PLAINLY, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout.rstrip() if done.returncode == 0 else ""


def _read_history(app: Sphinx) -> None:
    top = Path(app.srcdir)
    app.config.html_context |= {"edition": edition(top), "last_changes": last_changes(top)}


def _stamp_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if pagename in app.env.found_docs:
        source = Path(app.env.doc2path(pagename)).relative_to(app.srcdir).as_posix()
        context["last_updated"] = context["last_changes"].get(source)
    version, commit = app.config.version, context["edition"]
    parts = [
        gettext("edition {version}").format(version=version) if version else "",
        gettext("commit {commit}").format(commit=commit) if commit else "",
    ]
    stamp = ", ".join(filter(None, parts))
    found = [f"{stamp[0].upper()}{stamp[1:]}."] if stamp else []
    if STATE in app.env.found_docs:
        words = escape(gettext("State of the book"))
        found.append(f'<a href="{context["pathto"](STATE)}">{words}</a>')
    if found:
        footer = context.get("theme_extra_footer", "")
        context["theme_extra_footer"] = f"{footer} <br>{' '.join(found)}"
