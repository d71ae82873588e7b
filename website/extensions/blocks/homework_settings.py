"""Let pages write {{ due_date }}, {{ seed }} and the totals of the chapters' times."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.master.master import MasterError
from homework_tools.master.read import read_settings
from website.extensions.course.contents import chapters_of, read_toc
from website.extensions.gate.times import stated_minutes, total_hours


def master_path(app: Sphinx) -> Path:
    """Return the homework's master."""
    return Path(app.srcdir, "homework", "homework.md")


def _set_substitutions(app: Sphinx, config) -> None:
    try:
        settings = read_settings(master_path(app))
    except (MasterError, FileNotFoundError) as error:
        raise ConfigError(str(error)) from error
    if settings.due < datetime.now(UTC):  # said beside Sphinx, for which a warning is an error
        print(
            f"The homework was due on {settings.due_date}, and the pages say so: set `due` in "
            f"{settings.path} if you give it again.",
            file=sys.stderr,
        )
    config.myst_substitutions = {
        **(config.myst_substitutions or {}),
        "title": settings.title,
        "due_date": settings.due_date,
        "seed": str(settings.seed),
        **_total_times(app),
    }


def _parts(app: Sphinx, path: str) -> dict[str, list[Path]]:
    """Return the chapters' files of each part of a table of contents, by its caption."""
    return {
        part.get("caption", ""): [
            Path(app.srcdir, f"{name}.md") for name in chapters_of({"parts": [part]})
        ]
        for part in read_toc(Path(app.srcdir, path)).get("parts", [])
    }


def _total_times(app: Sphinx) -> dict[str, str]:
    """Return the hours of each part of the book, from the times that its chapters state.

    With them are the minutes of the first chapter.
    """
    chapters: dict[str, list[Path]] = {name: [] for name in _parts(app, "_toc.yml")}
    chapters |= _parts(app, app.config.external_toc_path)  # a part may be off, whole
    times = {
        "hours_" + caption.removeprefix("The ").lower().replace(" ", "_"): total_hours(paths)
        for caption, paths in chapters.items()
        if caption
    }
    for first in next(iter(chapters.values()), [])[:1]:
        times["minutes_first"] = str(stated_minutes(first.read_text(encoding="utf-8")))
    return times
