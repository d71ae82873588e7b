"""Read the grades that a person gave to the free-text answers."""

import csv
from pathlib import Path

from homework_tools.master.master import Master

COLUMNS = ("student", "question", "points", "comment")


def read_hand_grades(
    path: Path, master: Master, students: set[str]
) -> dict[tuple[str, str], tuple[float, str]]:
    """Return points and comment for each student and question.

    Parameters
    ----------
    path : Path
        A CSV file with the columns student, question, points and comment, such as a filled-in
        `to_read.csv`; other columns are passed over, and so are rows without points.
    master : Master
        The homework.
    students : set of str
        Those who have handed in.

    Returns
    -------
    dict
        From (student, question) to (points, comment).

    Raises
    ------
    ValueError
        If a column is absent, or a row names an unknown student or question, or points that
        cannot be, or what an earlier row has graded, or if the file is not in UTF-8. The message
        names the line.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path.name}:{line}: not in UTF-8; in Excel, save it as the type `CSV UTF-8`"
        raise ValueError(message) from None
    delimiter = ";" if text.partition("\n")[0].count(";") > 1 else ","  # as some Excels save it
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    absent = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or [])]
    if absent:
        raise ValueError(f"{path.name}:1: no column {absent[0]!r}; it needs {', '.join(COLUMNS)}")
    most = {cell.question: cell.points for cell in master.code("answer")}
    grades: dict[tuple[str, str], tuple[float, str]] = {}
    for row in reader:
        where = f"{path.name}:{reader.line_num}"
        student, question = (row["student"] or "").strip(), (row["question"] or "").strip()
        given = (row["points"] or "").strip().replace(",", ".")
        if not given:
            continue
        if student not in students:
            raise ValueError(f"{where}: nobody named {student!r} has handed in")
        if question not in most:
            raise ValueError(f"{where}: {question!r} is no free-text question: {', '.join(most)}")
        if (student, question) in grades:
            raise ValueError(f"{where}: {student}, question {question} is graded twice")
        points = _points(where, given, most[question])
        grades[student, question] = points, (row.get("comment") or "").strip()
    return grades


def _points(where: str, given: str, most: int) -> float:
    try:
        points = float(given)
    except ValueError:
        points = -1
    if not 0 <= points <= most:
        raise ValueError(f"{where}: points must be a number from 0 to {most}, not {given!r}")
    return points
