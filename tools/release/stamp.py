"""Write a version and its date where they are kept: the changelog, and CITATION.cff."""

import re
from pathlib import Path

CHANGELOG, CITATION = "CHANGELOG.md", "CITATION.cff"
UNRELEASED = r"(?i:.*\(unreleased\)|unreleased) *"
VERSION = re.compile(r"^version: .*\n(?:date-released: .*\n)?", re.MULTILINE)


def section(changelog: str, heading: str) -> str | None:
    """Return what the changelog says below a heading, a pattern; None without such a heading."""
    found = re.search(rf"(?m)^## {heading}$", changelog)
    return re.split(r"(?m)^## ", changelog[found.end() :])[0].strip() if found else None


def stamped_changelog(changelog: str, version: str, date: str) -> str:
    """Return the changelog with the next release's section under its version and date."""
    return re.sub(rf"(?m)^## {UNRELEASED}$", f"## {version} ({date})", changelog, count=1)


def stamp(folder: Path, version: str, date: str) -> dict[str, str]:
    """Return the files that a release changes, by name, with their new text."""
    changelog, citation = ((folder / n).read_text(encoding="utf-8") for n in (CHANGELOG, CITATION))
    stamped = f"version: {version}\ndate-released: {date}\n"
    return {
        CHANGELOG: stamped_changelog(changelog, version, date),
        CITATION: VERSION.sub(stamped, citation, count=1),
    }
