"""What platforms say of students, in files that they add to what the students handed in."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from homework_tools.roster.layouts import Layout

MAX_BYTES = 50 * 2**20


def told_of_folders(
    layout: Layout, folder: Path, names: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return what the platform's own files say of the folders of a download, as fields of `Owner`.

    `names` are the paths of its files, with `/` between folders. Only the files of the download's
    own platform are believed, since students can hand in such files. One of Gradescope's that is
    not what Gradescope writes raises a ValueError.
    """
    told: dict[str, dict[str, Any]] = {}
    for name in names:
        path = PurePosixPath(name)
        if layout.platform == "Gradescope" and path.name == "submission_metadata.yml":
            if not any(re.fullmatch(r"submission_\d+", part) for part in path.parts):
                told |= _gradescope(folder / name, path.parent)
        elif not layout.platform.startswith("nbgrader") or path.name != "timestamp.txt":
            continue
        elif moment := _nbgrader(folder / name):
            told[str(path.parent)] = {"submitted": moment}
    return told


def _gradescope(path: Path, parent: PurePosixPath) -> dict[str, dict[str, Any]]:
    """Read whose each folder is; Gradescope writes Ruby, of which only plain data are read."""
    with path.open("rb") as file:
        text = file.read(MAX_BYTES).decode("utf-8", "replace")
    try:
        found = yaml.safe_load(re.sub(r"!ruby/\S+", "", text))
        return {
            str(parent / name): _submitter(each) for name, each in found.items() if name[:1] != "."
        }
    except (yaml.YAMLError, AttributeError, KeyError, IndexError, TypeError) as error:
        kind = type(error).__name__
        message = f"{path.name}: not as Gradescope writes it ({kind}); export it again"
        raise ValueError(message) from None


def _submitter(found: dict) -> dict[str, Any]:
    people = found[":submitters"]
    ids = [str(person.get(":sid") or person[":email"]) for person in people]
    names = " and ".join(str(person[":name"]) for person in people)  # a group hands in once
    told = {"id": ids[0], "partners": tuple(ids[1:]), "name": names}
    moment = found.get(":created_at")
    if isinstance(moment, datetime):
        told["submitted"] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return told


def _nbgrader(path: Path) -> datetime | None:
    """Return the time in `timestamp.txt`; nbgrader writes its zone as a name, which is UTC."""
    with path.open("rb") as file:
        text = file.read(100).decode("utf-8", "replace").strip()
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=UTC)
    except ValueError:  # another zone: nothing is said of the time
        return None
