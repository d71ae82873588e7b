"""Make what goes back to a learning platform: its gradebook, filled, and its students' feedback."""

import io
import re
import zipfile
from pathlib import Path

from homework_tools.grading.reports.safe_text import visible
from homework_tools.grading.reports.scores import points
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.roster.gradebook import NO_PLATFORM, Gradebook, Graded, fill_gradebook
from homework_tools.roster.layouts import LAYOUTS
from homework_tools.text_files import write_whole
from homework_tools.zips import undated

FEEDBACK_ZIP = "feedback.zip"


def graded_students(master: Master, records: list[dict]) -> list[Graded]:
    """Return the students whose every question is graded."""
    found = []
    for record in records:
        earned = points(master, record)
        values = [value for value in earned.values() if value is not None]
        if len(values) == len(earned):
            found.append(Graded(record["name"], tuple(record["ids"]), sum(values)))
    return found


def filled_gradebook(
    out: Path, exported: Path, graded: list[Graded], master: Master, column: str
) -> Gradebook:
    """Return a platform's gradebook with the points in it, or raise `ValueError` if it can't be.

    `column` is the title of the column to fill, "" to find it.
    """
    to = out / exported.name
    if to.exists() and to.samefile(exported):
        raise ValueError(f"{exported} is in the folder of the grades: keep the export elsewhere")
    settings = master.settings
    return fill_gradebook(
        exported, graded, title=settings.title, out_of=settings.points, column=column
    )


def write_gradebook(
    out: Path, exported: Path, graded: list[Graded], master: Master, column: str
) -> list[str]:
    """Write a platform's gradebook with the points in it, and return what is to be said of it.

    The exported file is left as it is; the one in the folder of the grades has its name.
    """
    book = filled_gradebook(out, exported, graded, master, column)
    to = out / exported.name
    write_whole(to, book.text.encode())
    whose = f" of {book.platform}" if book.platform != NO_PLATFORM else ""
    lines = [f"Gradebook{whose}: {to}, rows filled: {len(book.filled)}"]
    lines += [f"  other points before: {each}" for each in book.changed]
    lines += [f"  graded, but in no row by id: {each}" for each in book.no_row]
    return [visible(line) for line in lines]


def write_feedback_zip(out: Path, submissions: list[Submission]) -> Path | None:
    """Write one zip of all feedback, named as the submissions' platform takes it back.

    There is none if files named by their students came from no platform.
    """
    content, layouts = io.BytesIO(), {each.platform: each for each in LAYOUTS}
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in submissions:
            page = out / "feedback" / f"{each.student}.md"
            if each.platform and page.is_file():
                handed_in = re.sub(r"(\.zip)/.*", r"\1", each.file, flags=re.IGNORECASE)
                name = layouts[each.platform].answer(handed_in, "feedback.md")
                archive.writestr(undated(name), page.read_bytes())
        made = archive.namelist()
    path = out / FEEDBACK_ZIP
    if not made:
        path.unlink(missing_ok=True)
        return None
    return write_whole(path, content.getvalue())
