"""Read the grades that a person gave to the free-text answers."""

import csv
from pathlib import Path

from homework_tools.grading.reports.safe_text import visible
from homework_tools.master.master import Master
from homework_tools.roster.names import utf8_text

HAND_GRADES = "grades_by_hand.csv"
COLUMNS = ("student", "question", "points", "comment")


def find_hand_grades(named: Path | None, out: Path) -> Path | None:
    """Return the file of grades given by hand: the one that was named, or that of the grades.

    A file among the submissions is never taken by itself, since a student can hand one in.
    """
    path = named or out / HAND_GRADES
    if named and not path.is_file():
        raise ValueError(f"{path} is not there: name the file with the grades given by hand")
    return path if path.is_file() else None


def unused_hand_grades(submissions: Path, out: Path, used: Path | None) -> list[str]:
    """Return a warning for each file among the submissions that looks like hand grades."""
    files = (path for path in sorted(submissions.rglob("*")) if path.is_file())
    return [
        f"{visible(str(path))} was NOT used: a student may have handed it in. If the grades in it "
        f"are yours, move it to {out / HAND_GRADES}, or name it with --by-hand"
        for path in files
        if path.name.casefold() == HAND_GRADES
        and out not in path.resolve().parents
        and not (used and path.samefile(used))
    ]


def read_hand_grades(
    path: Path, master: Master, students: dict[str, str]
) -> tuple[dict[tuple[str, str], tuple[float, str]], list[str]]:
    """Return points and comment for each student and question, and what was left out.

    Parameters
    ----------
    path : Path
        A CSV file with the columns student, question, points and comment, such as a filled-in
        `to_read.csv`; other columns are passed over, and so are rows without points.
    master : Master
        The homework.
    students : dict
        Those who have handed in: from the name in the tables to that of the file.

    Returns
    -------
    grades : dict
        From (student, question) to (points, comment).
    left_out : list of str
        A line for each row of a student who has handed in nothing: a file can go, and a name
        can be mistyped.

    Raises
    ------
    ValueError
        If a column is absent, or a row names an unknown question, or points that cannot be, or
        what an earlier row has graded, or if the file is not in UTF-8. The message names the line.
    """
    text = utf8_text(path)
    delimiter = ";" if text.partition("\n")[0].count(";") > 1 else ","  # as some Excels save it
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    absent = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or [])]
    if absent:
        raise ValueError(f"{path.name}:1: no column {absent[0]!r}; it needs {', '.join(COLUMNS)}")
    most = {cell.question: cell.points for cell in master.code("answer")}
    grades: dict[tuple[str, str], tuple[float, str]] = {}
    left_out: list[str] = []
    for row in reader:
        where = f"{path.name}:{reader.line_num}"
        shown, question = (row["student"] or "").strip(), (row["question"] or "").strip()
        student = students.get(shown) or students.get(shown.removeprefix("'"), shown)
        given = (row["points"] or "").strip().replace(",", ".")
        if not given:
            continue
        if question not in most:
            raise ValueError(f"{where}: {question!r} is no free-text question: {', '.join(most)}")
        if (student, question) in grades:
            raise ValueError(f"{where}: {shown}, question {question} is graded twice")
        points = _points(where, given, most[question])
        grades[student, question] = points, (row.get("comment") or "").strip()
        if student not in students.values():
            left_out.append(f"{where}: nobody named {shown!r} has handed in; left out")
    return {key: grade for key, grade in grades.items() if key[0] in students.values()}, left_out


def _points(where: str, given: str, most: int) -> float:
    try:
        points = float(given)
    except ValueError:
        points = -1
    if not 0 <= points <= most:
        raise ValueError(f"{where}: points must be a number from 0 to {most}, not {given!r}")
    return points
