"""Give each student a code that says nothing of them, and keep it from run to run."""

import secrets
from pathlib import Path

from homework_tools.grading.reports.safe_text import table
from homework_tools.roster.tables import read_table
from homework_tools.text_files import write_text

CODES = "codes.csv"
COLUMNS = ["student", "code"]
LETTERS = "BCDFGHJKLMNPQRTVWXZ"  # no vowel, so no word; none that looks like another or a number
LENGTH = 5


def student_codes(out: Path, students: list[str]) -> dict[str, str]:
    """Return the code of each student's files, in the order in which they are marked.

    `codes.csv` in the folder of the grades keeps them; new ones come last, in an order that says
    nothing either. A file that is not such a table raises a ValueError.
    """
    path = out / CODES
    codes = _read(path) if path.is_file() else {}
    new = [student for student in students if student not in codes]
    if new or not path.is_file():
        secrets.SystemRandom().shuffle(new)
        for student in new:
            codes[student] = _unused(set(codes.values()))
        rows = [{"student": student, "code": code} for student, code in codes.items()]
        write_text(path, table(COLUMNS, rows))
    return codes


def _unused(taken: set[str]) -> str:
    code = ""
    while not code or code in taken:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return code


def _read(path: Path) -> dict[str, str]:
    table = read_table(path)
    codes = {row[0]: row[1] for _, row in table.rows if len(row) == 2}
    if table.header != COLUMNS or len(set(codes.values())) != len(table.rows):
        raise ValueError(
            f"{path} is not as the grader wrote it: put an older copy back. Without it, files "
            "saved from an anonymous page can't be matched with students"
        )
    return codes
