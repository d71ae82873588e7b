"""Write what comes out of grading: scores, feedback, a summary, and the answers to read."""

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from homework_tools.master.master import Master, model_answer, question_text, rubric

Grades = dict[tuple[str, str], tuple[float, str]]
BAR = 40
CODE = re.compile(r"(?<!`)(`[^`\n]+`)(?!`)")
MARKS = re.compile(r"[\\`*\[\]<>&|~$]|(?<!\w)_|_(?!\w)")
# What a terminal obeys, what ends a line, and what turns the direction of the text around it.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def write_reports(
    out: Path, master: Master, records: list[dict], grades: Grades, left_out: Sequence[str] = ()
) -> None:
    """Write every report into a folder.

    Parameters
    ----------
    out : Path
        The folder.
    master : Master
        The homework.
    records : list of dict
        What `grade.HiddenTests.grade` returned for each submission.
    grades : dict
        The grades given by hand, from (student, question) to (points, comment).
    left_out : sequence of str
        What is to be said of other grades given by hand, which nobody here can get.
    """
    made = render_reports(master, records, grades)
    if left_out:
        lines = [
            "",
            "## Grades by hand that were left out",
            "",
            *(f"- {_inert(w)}" for w in left_out),
        ]
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


def points(master: Master, record: dict, grades: Grades) -> dict[str, float | None]:
    """Return the points of each question: None for a text that nobody has read yet."""
    earned: dict[str, float | None] = {}
    written = {cell.question for cell in master.code("answer")}
    for question in master.questions():
        if record["fault"]:
            earned[question] = None
        elif question in written:
            empty = not record["answers"].get(question)
            by_hand = grades.get((record["student"], question))
            earned[question] = by_hand[0] if by_hand else 0 if empty else None
        else:
            tests = [test for test in record["tests"] if test["question"] == question]
            earned[question] = sum(test["points"] for test in tests)
    return earned


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _table(columns: list[str], rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _plain(text: str) -> str:
    """Return text that a spreadsheet takes for text and not for a formula."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])  # spreadsheets read the wide = as =
    return f"'{text}" if first in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def _visible(text: str) -> str:
    """Return text in which nothing can change what a terminal or an editor shows around it."""
    text = re.sub("\r\n?", "\n", text)
    return UNSEEN.sub(lambda unseen: ascii(unseen[0])[1:-1], text)


def _inert(words: str) -> str:
    """Return words that Markdown shows as they are; code between backticks stays code."""
    pieces = CODE.split(words)
    return "".join(p if n % 2 else MARKS.sub(r"\\\g<0>", p) for n, p in enumerate(pieces))


def scores(master: Master, records: list[dict], grades: Grades) -> str:
    """Return the table of scores, one row for each student."""
    rows = []
    for record in records:
        earned = points(master, record, grades)
        unread = [q for q, value in earned.items() if value is None and not record["fault"]]
        flags = [f"not graded: {record['fault']}"] if record["fault"] else []
        flags += [*record["flags"], *record["notes"]]
        flags += [f"free text to read: {' '.join(unread)}"] if unread else []
        total = None if record["fault"] else sum(value or 0 for value in earned.values())
        row: dict[str, str | int] = {
            "student": _plain(record["name"]),
            "total": _number(total),
            "flags": "; ".join(flags),
        }
        row |= {"out_of": master.settings.points, "file": _plain(record["file"])}
        rows.append(row | {question: _number(value) for question, value in earned.items()})
    columns = ["student", *master.questions(), "total", "out_of", "flags", "file"]
    return _table(columns, rows)


def feedback(master: Master, record: dict, grades: Grades) -> str:
    """Return what a student reads: what was lost and what to do about it."""
    lines = [f"# {master.settings.title}: {_inert(record['name'])}", ""]
    if record["fault"]:
        lines += [f"Your submission could not be graded: {_inert(record['fault'])}.", ""]
        return "\n".join(lines)
    earned = points(master, record, grades)
    lines += _score(master, earned)
    if record["flags"]:
        lines += [
            "",
            "Please look at this:",
            "",
            *(f"- {_inert(flag)}" for flag in record["flags"]),
        ]
    for question, value in earned.items():
        shown = "not read yet" if value is None else f"{value:g} of {master.points(question)}"
        lines += ["", f"## Question {question}: {shown}"]
        tests = [test for test in record["tests"] if test["question"] == question]
        words = _tested(tests) if tests else _read(master, record, question, grades)
        lines += ["", *words] if words else []
    return "\n".join(lines) + "\n"


def _score(master: Master, earned: dict) -> list[str]:
    """Say how many points there are; what nobody has read yet is neither earned nor lost."""
    total = sum(value or 0 for value in earned.values())
    unread = [question for question, value in earned.items() if value is None]
    if not unread:
        return [f"**{total:g} of {master.settings.points} points**"]
    rest = sum(map(master.points, unread))
    return [
        f"**{total:g} of {master.settings.points - rest} points so far**; "
        f"{rest} points of free text are still to be read (question {', '.join(unread)})."
    ]


def _tested(tests: list[dict]) -> list[str]:
    """Name what was earned and what was lost; what lost several points is said once."""
    lines = [f"- Earned {t['out_of']}: should {t['title']}" for t in tests if not t["feedback"]]
    faults = defaultdict(list)
    for test in tests:
        if test["feedback"]:
            faults[_inert(test["feedback"])].append(test)
    for words, lost in faults.items():
        titles = [f"should {test['title']}" for test in lost]
        points_lost = sum(test["out_of"] for test in lost)
        first, below = (titles[0], [words]) if len(lost) == 1 else (words, titles)
        lines += [f"- Lost {points_lost}: {first}", *(f"  - {each}" for each in below)]
    return lines


def _read(master: Master, record: dict, question: str, grades: Grades) -> list[str]:
    """Return the reader's comment on a free text and what earns its points."""
    if (record["student"], question) not in grades:
        found = record["answers"].get(question)
        return [] if found else ["No answer was found in the notebook."]
    comment = grades[record["student"], question][1]
    (cell,) = master.code("answer", question)
    items = [f"- {item.points}: {item.what}" for item in rubric(cell)]
    return [*([comment, ""] if comment else []), "What earns points:", "", *items]


# ---- the class -----------------------------------------------------------------------------


def summary(master: Master, records: list[dict], grades: Grades) -> str:
    """Return a page about the class: the scores, the hardest questions, the common mistakes."""
    graded = [record for record in records if not record["fault"]]
    earned = {record["student"]: points(master, record, grades) for record in graded}
    unread = Counter(q for each in earned.values() for q, value in each.items() if value is None)
    counted = [question for question in master.questions() if question not in unread]
    totals = [sum(each[question] or 0 for question in counted) for each in earned.values()]
    most = sum(map(master.points, counted))
    lines = [f"# {master.settings.title}: the class", ""]
    lines.append(f"{len(records)} submissions, {len(records) - len(graded)} of them not graded.")
    if unread:
        waiting = ", ".join(f"{count} × question {question}" for question, count in unread.items())
        lines.append(
            f"Free text still to be read: {waiting}. The scores leave these questions out."
        )
    lines += ["", f"## Scores, out of {most}", "", "```text", *_histogram(totals, most), "```"]
    lines += [
        "",
        "## Questions",
        "",
        "| question | mean | out of | full points |",
        "|---|---|---|---|",
    ]
    lines += _questions(master, list(earned.values()))
    lines += ["", "## Common mistakes", "", *_mistakes(graded)]
    refused = [record for record in records if record["fault"]]
    lines += ["", "## Not graded", ""] if refused else []
    lines += [f"- {_inert(record['name'])}: {_inert(record['fault'])}" for record in refused]
    flagged = [(record, [*record["flags"], *record["notes"]]) for record in records]
    flagged = [(record, flags) for record, flags in flagged if flags]
    lines += ["", "## Flags", ""] if flagged else []
    lines += [
        f"- {_inert(record['name'])}: {_inert('; '.join(flags))}" for record, flags in flagged
    ]
    return "\n".join(lines) + "\n"


def _histogram(totals: list[float], most: int) -> list[str]:
    """Draw how many students have how many points, ten classes at most."""
    width = max(1, -(-(most + 1) // 10))
    counts = Counter(int(total // width) for total in totals)
    largest = max(counts.values(), default=1)
    lines = []
    for place in range(most // width + 1):
        low, high = place * width, min(most, place * width + width - 1)
        bar = "#" * round(BAR * counts[place] / largest)
        lines.append(f"{low:>3}-{high:<3} {counts[place]:>4} {bar}")
    return lines


def _questions(master: Master, earned: list[dict]) -> list[str]:
    """Return a row for each question, the one that failed most first."""
    rows = []
    for question in master.questions():
        values = [each[question] for each in earned if each[question] is not None]
        read, most = len(values) == len(earned) > 0, master.points(question)
        mean = sum(values) / len(values) if read else 0
        full = f"{sum(value == most for value in values)} of {len(values)}" if read else ""
        shown = f"{mean:.2f}" if read else f"{len(earned) - len(values)} not read yet"
        rows.append((mean / most if read else 2, f"| {question} | {shown} | {most} | {full} |"))
    return [text for _, text in sorted(rows, key=lambda row: row[0])]


def _mistakes(records: list[dict]) -> list[str]:
    """Name what went wrong for several students, the most frequent first."""
    who = defaultdict(list)
    for record in records:
        for test in record["tests"]:
            if test["feedback"]:
                words = test["feedback"].partition(" in cell ")[0].rstrip(".")
                who[test["question"], words].append(record["student"])
    ranked = sorted(who.items(), key=lambda item: (-len(set(item[1])), item[0]))
    return [
        f"- {len(set(students))} × question {question}: {_inert(words)}"
        for (question, words), students in ranked[:25]
    ] or ["None."]


# ---- free text -----------------------------------------------------------------------------


def to_read_table(master: Master, records: list[dict], grades: Grades) -> str:
    """Return the answers as a table; with its points filled in it is a file of grades by hand."""
    rows = []
    for cell in master.code("answer"):
        items = "\n".join(f"{item.points}: {item.what}" for item in rubric(cell))
        for record in records:
            text = record["answers"].get(cell.question)
            if text:
                given = grades.get((record["student"], cell.question))
                row: dict[str, str | int] = {"student": _plain(record["name"])}
                row["question"] = cell.question
                row |= {"points": _number(given[0]) if given else "", "out_of": cell.points}
                row |= {"comment": given[1] if given else "", "answer": _plain(_visible(text))}
                rows.append(row | {"rubric": items})
    columns = ["student", "question", "points", "out_of", "comment", "answer", "rubric"]
    return _table(columns, rows)


def to_read_pages(master: Master, records: list[dict], grades: Grades) -> str:
    """Return the answers to read, question by question, below the rubric."""
    lines = [f"# {master.settings.title}: answers to read", ""]
    lines.append("Points go into the column `points` of `to_read.csv`; save it among the ")
    lines[-1] += "submissions as `grades_by_hand.csv` and grade again."
    for cell in master.code("answer"):
        lines += ["", f"## Question {cell.question} ({cell.points} points)", ""]
        asked = re.sub(r"\A#+ .*\n+", "", master.text(question_text(cell)))  # it has that heading
        lines += [asked, "", "**Rubric**", ""]
        lines += [f"- {item.points}: {item.what}" for item in rubric(cell)]
        lines += ["", "**Model answer**", "", master.text(model_answer(cell))]
        for record in records:
            text = record["answers"].get(cell.question)
            if text:
                text = _visible(text)
                given = grades.get((record["student"], cell.question))
                shown = f" ({given[0]:g} points)" if given else ""
                longest = max(map(len, re.findall("~+", text)), default=0)
                fence = "~" * max(3, longest + 1)  # so that no answer can end its own box
                lines += [
                    "",
                    f"### {_inert(record['name'])}{shown}",
                    "",
                    f"{fence}text",
                    text,
                    fence,
                ]
    return "\n".join(lines) + "\n"
