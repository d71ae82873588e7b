"""Turn the logs of a red week into one issue that names the chapters that broke.

`python -m tools.ci.canary LOGS` reads what the weekly jobs printed, one file per job, and the
results of these jobs from the variable NEEDS. It prints the report; while an issue is open the next
red week adds to it.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tools.environment import ROOT

LABEL = "weekly"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FAULT = re.compile(r"(?:^|[\\/])([\w-]+)\.md:(?P<line>\d+): (?:WARNING|ERROR): (.+)$", re.MULTILINE)
FAILED = re.compile(
    r"^(?:FAILED|ERROR) (tests\S+\.py\S*?|rnaseq_hw\S+?)(?:\[(.*?)\])?(?: - .*)?$", re.M
)
ELSEWHERE = "elsewhere"
MOST = 200  # characters of one message
LONGEST_TITLE, LONGEST_TEXT = 256, 65_536  # characters that GitHub takes
RESULT = {"success": "green", "failure": "red", "cancelled": "stopped", "skipped": "left out"}


def broken(log: str, pages: set[str]) -> dict[str, list[str]]:
    """Return what a log says is wrong, by page; what names no page is "elsewhere".

    Examples
    --------
    >>> broken("/x/book/ttest.md:12: WARNING: broken link: https://a.org (404)", {"ttest"})
    {'ttest': ['line 12: broken link: https://a.org (404)']}
    >>> broken("FAILED tests/test_chapters.py::test_it_runs[ttest] - Error", {"ttest"})
    {'ttest': ['tests/test_chapters.py::test_it_runs']}
    """
    found: dict[str, list[str]] = {}
    text = ANSI.sub("", log)
    for page, line, words in FAULT.findall(text):
        name = page if page in pages else ELSEWHERE
        found.setdefault(name, []).append(f"line {line}: {words[:MOST]}")
    for test, parameter in FAILED.findall(text):
        named = [word for word in re.findall(r"\w+", parameter) if word in pages]
        found.setdefault(named[0] if named else ELSEWHERE, []).append(test)
    return {page: list(dict.fromkeys(words)) for page, words in found.items()}


def title(pages: list[str]) -> str:
    """Return the title of the issue.

    Examples
    --------
    >>> title(["ttest", "volcano", "counts"]), title([])
    ('The weekly run found faults: ttest, volcano, counts', 'The weekly run found faults')
    """
    words = ": ".join(filter(None, ["The weekly run found faults", ", ".join(pages)]))
    return cut(words, LONGEST_TITLE)


def cut(text: str, most: int) -> str:
    """Return a text, or as much of its beginning as fits, with dots at the end."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def report(logs: dict[str, str], results: dict[str, str], pages: set[str]) -> tuple[str, str]:
    """Return title and text of the report.

    `logs` are texts by the name of their job, `results` what GitHub says of each job.
    """
    found = {job: broken(log, pages) for job, log in logs.items()}
    named = sorted({page for faults in found.values() for page in faults} - {ELSEWHERE})
    states = [f"{job} {RESULT.get(result, result)}" for job, result in results.items()]
    lines = [f"Jobs: {', '.join(states)}.", f"Chapters that broke: {', '.join(named) or 'none'}."]
    for job, faults in found.items():
        for page, words in sorted(faults.items()):
            lines.append(f"\n**{page}** ({job})\n")
            lines += [f"- {each}" for each in words]
    return title(named), "\n".join(lines) + "\n"


def gh(*arguments: str) -> str:
    """Return what GitHub's command line says; stop with its own message if it fails."""
    done = subprocess.run(["gh", *arguments], stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        sys.exit(f"gh {arguments[0]} {arguments[1]} failed: see above.")
    return done.stdout.strip()


def tell(heading: str, file: Path) -> None:
    """Open the issue, or add to the one that is open and name it anew."""
    gh("label", "create", LABEL, "--force", "--description", "What the weekly run found")
    numbers = gh("issue", "list", "--label", LABEL, "--state", "open", "--json", "number")
    if found := json.loads(numbers):
        number = str(found[0]["number"])
        gh("issue", "comment", number, "--body-file", str(file))
        gh("issue", "edit", number, "--title", heading)
    else:
        gh("issue", "create", "--title", heading, "--label", LABEL, "--body-file", str(file))


def main(folder: Path) -> None:
    """Print the report of the logs in a folder; tell GitHub if a job is red or was stopped."""
    logs = {path.stem: path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.txt"))}
    results = {job: each["result"] for job, each in json.loads(os.environ["NEEDS"]).items()}
    pages = {path.stem for part in ("book", "local") for path in (ROOT / part).glob("*.md")}
    heading, text = report(logs, results, pages)
    tables = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    run = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}"
    text = "\n\n".join([text, *tables, f"Run: {run.format_map(os.environ)}"])
    print(text)
    if {"failure", "cancelled"} & set(results.values()):  # a job is stopped when its time is over
        file = folder / "report"
        file.write_text(cut(text, LONGEST_TEXT), encoding="utf-8")
        tell(heading, file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
