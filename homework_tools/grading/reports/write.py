"""Write what comes out of grading: scores, feedback and a summary."""

from collections.abc import Sequence
from pathlib import Path

from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.reports.safe_text import inert, titled
from homework_tools.grading.reports.scores import adjustments, scores
from homework_tools.grading.reports.summary import summary
from homework_tools.master.master import Master
from homework_tools.text_files import write_text
from homework_tools.words.translator import gettext


def write_reports(
    out: Path,
    master: Master,
    records: list[dict],
    left_out: Sequence[str] = (),
    missing: Sequence[str] = (),
) -> None:
    """Write every report into a folder.

    `left_out` is what to say of grades by hand that nobody here can get, or that are old; `missing`
    are the students of the class who handed in nothing.
    """
    made = render_reports(master, records)
    adjusted = [
        f"{record['name']}, {words}" for record in records for words in adjustments(master, record)
    ]
    for title, names in {
        gettext("Adjusted"): adjusted,
        gettext("Grades by hand to look at"): left_out,
        gettext("Handed in nothing"): missing,
    }.items():
        lines = titled(f"## {title}", [f"- {inert(each)}" for each in names])
        made["summary.md"] += "".join(f"{line}\n" for line in lines)
    folder = out / "feedback"
    for name, text in made.items():
        write_text(out / name, text)
    for path in folder.glob("*.md"):
        if f"feedback/{path.name}" not in made:
            path.unlink()


def render_reports(master: Master, records: list[dict]) -> dict[str, str]:
    """Return every report, by its path: all are there before one is written."""
    made = {
        "scores.csv": scores(master, records),
        "summary.md": summary(master, records),
    }
    pages = {f"feedback/{each['student']}.md": feedback(master, each) for each in records}
    return made | pages
