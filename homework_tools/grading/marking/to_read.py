"""The answers in free text, as a table to fill in with a spreadsheet."""

import hashlib
import re

from homework_tools.grading.reports.safe_text import number, plain, table, visible
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext

TO_READ = "to_read.csv"
BULLET = re.compile(r"^( *)[-+](?= )", re.MULTILINE)  # of a list; a formula begins so as well
COLUMNS = [
    *("student", "question", "points", "out_of", "comment"),
    *("answer", "rubric", "earned", "version"),
]


def version(text: str) -> str:
    """Return a short name of an answer's text, which no spreadsheet takes for a number."""
    return "v" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def to_read_table(master: Master, records: list[dict], labels: dict[str, str]) -> str:
    """Return the answers as a table; with its points filled in it is a file of hand grades.

    `labels` says what to call each student.
    """
    rows = []
    for cell in master.code("answer"):
        items = "\n".join(f"{item.points}: {item.what}" for item in cell.rubric)
        for record in records:
            text = record["answers"].get(cell.question)
            if not text:
                continue
            given = record.get("marks", {}).get(cell.question)
            points, comment, earned, _ = given or (None, "", (), "")
            rows.append(
                {
                    "student": plain(labels[record["student"]]),
                    "question": cell.question,
                    "points": number(points),
                    "out_of": cell.points,
                    "comment": comment,
                    "answer": plain(BULLET.sub(r"\1•", visible(text))),
                    "rubric": items,
                    "earned": "\n".join(earned),
                    "version": version(text),
                }
            )
    return table(COLUMNS, rows)


def changed_since(records: list[dict]) -> list[str]:
    """Return a warning for each answer that is another one than the marker has read."""
    words = gettext(
        "{name} has changed the answer to question {question} since it was marked: read it again"
    )
    return [
        words.format(name=record["name"], question=question)
        for record in records
        for question, text in record["answers"].items()
        if (given := record.get("marks", {}).get(question))
        and given.version not in ("", version(text))
    ]
