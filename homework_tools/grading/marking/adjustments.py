"""Read `adjustments.csv`: points that replace a question's, each with a reason for the student."""

from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from homework_tools.grading.marking.marks import Students, number_up_to
from homework_tools.master.master import Master
from homework_tools.roster.tables import rows_of

COLUMNS = ("student", "question", "new_points", "reason")
HINT = (
    "it needs student, question, new_points and reason; new_points are the question's points from "
    "now on, not a difference"
)


class Adjustment(NamedTuple):
    """What replaces the points of one question."""

    points: float
    reason: str  # why; the student reads it


def read_adjustments(
    path: Path, master: Master, students: Students
) -> dict[str, dict[str, Adjustment]]:
    """Return the adjustments of each student's files, by question.

    The columns are student, question, new_points and reason; a student is written as in
    `scores.csv`, or by an id of the class list. A column or a reason that is absent, a student or a
    question that is unknown, points that can't be, or a question that is adjusted twice raise a
    ValueError that names the line.
    """
    found: dict[str, dict[str, Adjustment]] = {}
    for where, row in rows_of(path, COLUMNS, HINT):
        question = row["question"]
        student = students.find(row["student"], where)
        if student is None:
            raise ValueError(_nobody(where, row["student"], students))
        if question not in master.questions():
            known = ", ".join(master.questions())
            raise ValueError(f"{where}: {question!r} is no question of this homework: {known}")
        points = number_up_to(where, "new_points", row["new_points"], master.points(question))
        if not row["reason"]:
            raise ValueError(f"{where}: no reason; the student reads it, so write one")
        of_student = found.setdefault(student, {})
        if question in of_student:
            what = f"{row['student']}, question {question} is adjusted twice"
            raise ValueError(f"{where}: {what}; keep one row")
        of_student[question] = Adjustment(points, row["reason"])
    return found


def _nobody(where: str, shown: str, students: Students) -> str:
    near = get_close_matches(shown, list(students), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "write the name as in scores.csv, or an id"
    return f"{where}: nobody called {shown!r} has handed in; {hint}"
