"""Which numbers moved: the glued values of one build compared with those of another.

Each build writes its own into the site, as `numbers.json`.
"""

import json
import math
import re
import sys
from pathlib import Path

FILE = "numbers.json"
ROUNDING = 1e-9  # a smaller change, as a share of the value, is another order of additions
NUMBER = re.compile(r"(?:np\.\w+\()?([-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan))\)?", re.IGNORECASE)
HEAD = "| Page | Number | Before | After | Change |\n|---|---|---|---|---|"


def read_numbers(path: Path) -> dict[str, str]:
    """Return the values of a build by page and name, such as "book/ttest: n_called"."""
    try:
        pages = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sys.exit(f"{path} is not the {FILE} of a built site: name that file, or build the site")
    return {
        f"{page}: {name}": text for page, found in pages.items() for name, text in found.items()
    }


def change(before: str, after: str) -> str:
    """Return by how much a value changed, "" if it did not.

    Examples
    --------
    >>> change("70", "77"), change("np.float64(0.5)", "0.5"), change("'a'", "'b'")
    ('+10 %', '', 'other text')
    """
    if before == after:
        return ""
    numbers = [NUMBER.fullmatch(text.strip()) for text in (before, after)]
    if not all(numbers):
        return "other text"
    old, new = (float(found[1]) for found in numbers if found)
    if math.isclose(old, new, rel_tol=ROUNDING) or (math.isnan(old) and math.isnan(new)):
        return ""
    if not (math.isfinite(old) and math.isfinite(new)):
        return "other value"
    return f"{100 * (new - old) / abs(old):+.3g} %" if old else f"{new:+.3g}"


def moved(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, ...]]:
    """Return a row for each value that changed, came or went: page, name, before, after, change."""
    rows = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ""), after.get(key, "")
        words = change(old, new) if old and new else "gone" if old else "new"
        if words:
            rows.append((*key.split(": ", 1), old or "–", new or "–", words))
    return rows


def moved_table(before: dict[str, str], after: dict[str, str]) -> str:
    """Return what `moved` says as a table in Markdown, or that nothing moved."""
    rows = moved(before, after)
    if not rows:
        return f"None of the {len(after)} numbers moved."
    cells = [[text.replace("|", "\\|").replace("\n", " ") for text in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([f"{len(rows)} of {len(after)} numbers moved.\n", HEAD, *lines])
