"""Write what comes out of grading: scores, feedback, a summary, and the answers to read."""

from collections.abc import Sequence
from pathlib import Path

from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.reports.safe_text import inert
from homework_tools.grading.reports.scores import Grades, scores
from homework_tools.grading.reports.summary import summary
from homework_tools.grading.reports.to_read import to_read_pages, to_read_table
from homework_tools.master.master import Master


def write_reports(
    out: Path,
    master: Master,
    records: list[dict],
    grades: Grades,
    left_out: Sequence[str] = (),
    missing: Sequence[str] = (),
) -> None:
    """Write every report into a folder.

    `left_out` is what to say of other grades given by hand, which nobody here can get; `missing`
    are the students of the class who handed in nothing.
    """
    made = render_reports(master, records, grades)
    for title, names in {
        "Grades by hand that were left out": left_out,
        "Handed in nothing": missing,
    }.items():
        if names:
            lines = ["", f"## {title}", "", *(f"- {inert(each)}" for each in names)]
            made["summary.md"] += "\n".join(lines) + "\n"
    folder = out / "feedback"
    folder.mkdir(exist_ok=True)
    for name, text in made.items():
        write_text(out / name, text)
    for path in folder.glob("*.md"):
        if f"feedback/{path.name}" not in made:
            path.unlink()


def render_reports(master: Master, records: list[dict], grades: Grades) -> dict[str, str]:
    """Return every report, by its path: all are there before one is written."""
    made = {
        "scores.csv": scores(master, records, grades),
        "summary.md": summary(master, records, grades),
        "to_read.csv": "\ufeff" + to_read_table(master, records, grades),
        "to_read.md": to_read_pages(master, records, grades),
    }
    pages = {f"feedback/{each['student']}.md": feedback(master, each, grades) for each in records}
    return made | pages


def write_text(path: Path, text: str) -> None:
    """Write a file with the same line ends on every system; half a character by its number."""
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
