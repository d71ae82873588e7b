"""Say which scores have changed since the last run, and why."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from homework_tools.grading.many.kept_results import code_key
from homework_tools.grading.reports.safe_text import few, number, plain, table, visible
from homework_tools.grading.reports.scores import before_adjustments, points, total
from homework_tools.master.master import Master
from homework_tools.text_files import write_text
from homework_tools.words.translator import gettext, gettext_noop

CHANGES, LAST_RUN = "changes.csv", "last_run.json"
COLUMNS = ["when", "student", "what", "before", "now", "total", "why"]
FACTS = ("due", "days_late", "listed")
MAX_SAID = 10
HOMEWORK, BY_HAND = gettext_noop("new version of the homework"), gettext_noop("hand grade")


def snapshot(master: Master, records: list[dict], limits: object = None) -> dict:
    """Return all scores of a run, with what each depends on, as plain data.

    `limits` is what else decides on a score: how long a call may take, and the sandbox.
    """
    students = {}
    for record in records:
        earned = points(master, record)
        adjusted = record.get("adjusted", {})
        students[record["student"]] = {
            "name": record["name"],
            "file": hashlib.sha256(record["digest"].encode()).hexdigest(),
            "given": before_adjustments(master, record),
            "marked": list(record.get("marks", {})),
            "adjusted": {question: list(each) for question, each in adjusted.items()},
            "points": earned,
            "total": total(earned, record),
            "facts": {fact: str(record.get(fact, "")) for fact in FACTS},
        }
    return {
        "homework": hashlib.sha256(master.path.read_bytes()).hexdigest(),
        "grader": code_key(),
        "limits": repr(limits),
        "students": students,
    }


def find_changes(before: dict, now: dict) -> list[dict[str, str]]:
    """Return a row for each score and each fact that differs between two snapshots."""
    rows, old, new = [], before["students"], now["students"]
    said = {
        "homework": gettext(HOMEWORK),
        "grader": gettext("new version of the grader"),
        "limits": gettext("another sandbox or time limit"),
    }
    runs = [words for name, words in said.items() if before[name] != now[name]]
    for student in sorted({*old, *new}):
        was, has = old.get(student), new.get(student)
        if was and has:
            rows += _of_student(was, has, runs)
        elif has:
            rows.append(_row(has, "total", "", number(has["total"]), gettext("new submission")))
        else:
            gone = {**was, "total": None}
            rows.append(_row(gone, "total", number(was["total"]), "", gettext("no file any more")))
    return rows


def _of_student(was: dict, has: dict, runs: list[str]) -> Iterator[dict[str, str]]:
    file = [gettext("new file")] if was["file"] != has["file"] else []
    for question, value in has["points"].items():
        if value != (before := was["points"].get(question)):
            what = gettext("question {question}", question=question)
            why = _why(question, was, has, file + runs)
            yield _row(has, what, number(before), number(value), why)
    for fact, value in has["facts"].items():
        if value != was["facts"].get(fact):
            why = [*file, *(run for run in runs if run == gettext(HOMEWORK))]
            why = why or [gettext("class list or due date")]
            yield _row(has, fact, was["facts"].get(fact, ""), value, "; ".join(why))


def _why(question: str, was: dict, has: dict, others: list[str]) -> str:
    """Return what has changed the points of a question."""
    causes = []
    old, new = was["adjusted"].get(question), has["adjusted"].get(question)
    if old != new:
        taken_back = gettext("adjustment taken back")
        causes.append(gettext("adjustment: {reason}", reason=new[1]) if new else taken_back)
    if not new and was["given"].get(question) != has["given"][question]:
        by_hand = question in was["marked"] or question in has["marked"]
        unknown = gettext("not known: perhaps a time limit")
        causes += [gettext(BY_HAND)] if by_hand else others or [unknown]
    return "; ".join(causes)


def _row(student: dict, what: str, before: str, now: str, why: str) -> dict[str, str]:
    row = {"student": student["name"], "what": what, "before": before, "now": now}
    return row | {"total": number(student["total"]), "why": why}


def report_changes(out: Path, now: dict) -> list[str]:
    """Add what has changed to `changes.csv`, keep the scores for the next run, and say it.

    `now` is the snapshot of this run. On the first run, or if nothing has changed, there are no
    lines for the screen.
    """
    last, path = out / LAST_RUN, out / CHANGES
    try:
        before = json.loads(last.read_text(encoding="utf-8"))
        rows = find_changes(before, now)
    except (OSError, ValueError, KeyError, TypeError):  # no last run, or that of another version
        rows = []
    if rows:
        when = datetime.now().astimezone().isoformat(" ", "minutes")
        shown = [{k: plain(visible(v)) for k, v in row.items()} | {"when": when} for row in rows]
        header, _, lines = table(COLUMNS, shown).partition("\n")
        known = path.read_text(encoding="utf-8") if path.is_file() else header + "\n"
        write_text(path, known + lines)
    write_text(last, json.dumps(now, indent=1, ensure_ascii=True))
    return _said(rows, path)


def _said(rows: list[dict[str, str]], path: Path) -> list[str]:
    """Return the lines for the screen: marks of what nobody had read before are counted only."""
    if not rows:
        return []
    first = [row for row in rows if row["why"] == gettext(BY_HAND) and not row["before"]]
    others = [row for row in rows if row not in first]
    lines = [f"answers marked for the first time: {len(first)}"] if first else []
    lines += [
        visible(f"{row['student']}, {row['what']}: {row['before']} → {row['now']} ({row['why']})")
        for row in others
    ]
    said = [f"  {line}" for line in few(lines, MAX_SAID, str.format)]
    return [f"Changed since the last run, all in {path}:", *said]
