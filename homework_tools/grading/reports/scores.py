"""The points of each question, and the table of the scores.

What people gave is in a record's `marks` and `adjusted`, each by question, where they are known.
"""

from homework_tools.grading.reports.safe_text import number, plain, table
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext

FACTS = ("id", "section", "submitted", "due", "days_late")


def points(master: Master, record: dict) -> dict[str, float | None]:
    """Return the points of each question: None for a text that nobody has read yet.

    What is adjusted comes in place of a question's points, whatever they are.
    """
    adjusted = {question: each.points for question, each in record.get("adjusted", {}).items()}
    return before_adjustments(master, record) | adjusted


def before_adjustments(master: Master, record: dict) -> dict[str, float | None]:
    """Return the points that tests and markers gave for each question."""
    earned: dict[str, float | None] = {}
    written = {cell.question for cell in master.code("answer")}
    for question in master.questions():
        if record["fault"]:
            earned[question] = None
        elif question in written:
            empty = not record["answers"].get(question)
            by_hand = record.get("marks", {}).get(question)
            earned[question] = by_hand.points if by_hand else 0 if empty else None
        else:
            tests = [test for test in record["tests"] if test["question"] == question]
            earned[question] = sum(test["points"] for test in tests)
    return earned


def total(earned: dict[str, float | None], record: dict) -> float | None:
    """Return the sum of what is known; None for a file that can't be graded and that nobody did."""
    known = [value for value in earned.values() if value is not None]
    return None if record["fault"] and len(known) < len(earned) else sum(known)


def is_graded(master: Master, record: dict) -> bool:
    """Say whether a submission has points, by the tests or by hand."""
    return total(points(master, record), record) is not None


def adjustments(master: Master, record: dict) -> list[str]:
    """Say of each adjustment of a student what it changed, and why."""
    before = before_adjustments(master, record)
    words, none = gettext("question {question}: {before} → {now}, {reason}"), gettext("none")
    return [
        words.format(
            question=question,
            before=number(before[question]) or none,
            now=f"{each.points:g}",
            reason=each.reason,
        )
        for question, each in record.get("adjusted", {}).items()
    ]


def scores(master: Master, records: list[dict]) -> str:
    """Return the table of scores, one row for each student."""
    rows = []
    for record in records:
        earned = points(master, record)
        unread = [q for q, value in earned.items() if value is None and not record["fault"]]
        by_hand = is_graded(master, record)
        how = gettext("graded by hand: {why}") if by_hand else gettext("not graded: {why}")
        flags = [how.format(why=record["fault"])] if record["fault"] else []
        flags += [*record["flags"], *record["notes"], *filter(None, [record.get("listed")])]
        if unread:
            flags.append(gettext("free text to read: {questions}", questions=" ".join(unread)))
        rows.append(
            {
                "student": plain(record["name"]),
                **{question: number(value) for question, value in earned.items()},
                "total": number(total(earned, record)),
                "out_of": master.settings.points,
                "adjusted": plain("; ".join(adjustments(master, record))),
                **{fact: plain(str(record.get(fact, ""))) for fact in FACTS},
                "flags": plain("; ".join(dict.fromkeys(flags))),
                "file": plain(record["file"]),
            }
        )
    return table(list(rows[0]), rows)
