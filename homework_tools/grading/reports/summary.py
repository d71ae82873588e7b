"""Write the page about the class: its scores, its questions, its tests and its mistakes."""

import re
from collections import Counter, defaultdict

from homework_tools.grading.reports.items import (
    discrimination,
    explained,
    shown,
    spread,
    table_of_tests,
)
from homework_tools.grading.reports.misconceptions import misconceptions
from homework_tools.grading.reports.safe_text import inert
from homework_tools.grading.reports.scores import (
    Grades,
    before_adjustments,
    is_graded,
    points,
)
from homework_tools.master.master import Master

BAR = 40


def summary(master: Master, records: list[dict], grades: Grades) -> str:
    """Return a page about the class: the scores, the hardest questions, the common mistakes."""
    graded = [record for record in records if is_graded(master, record, grades)]
    earned = {record["student"]: points(master, record, grades) for record in graded}
    unread = Counter(q for each in earned.values() for q, value in each.items() if value is None)
    counted = [question for question in master.questions() if question not in unread]
    totals = [sum(each[question] or 0 for question in counted) for each in earned.values()]
    most = sum(map(master.points, counted))
    by_tests = [earned[record["student"]] | _given(master, record, grades) for record in graded]
    tested = [sum(each[question] or 0 for question in counted) for each in by_tests]
    lines = [f"# {master.settings.title}: the class", ""]
    lines.append(f"{len(records)} submissions, {len(records) - len(graded)} of them not graded.")
    if unread:
        waiting = ", ".join(f"{count} × question {question}" for question, count in unread.items())
        lines.append(
            f"Free text still to be read: {waiting}. The scores leave these questions out."
        )
    lines += ["", f"## Scores, out of {most}", "", "```text", *_histogram(totals, most), "```"]
    lines += spread(totals)
    lines += ["", "## Questions", "", "| question | mean | out of | full points | discrimination |"]
    lines += ["|---|---|---|---|---|", *_questions(master, list(earned.values()), totals)]
    lines += ["", *explained(len(graded))]
    lines += ["", "## Tests", "", *table_of_tests(master, graded, tested)]
    lines += ["", "## Misconceptions", "", *misconceptions(master, graded)]
    lines += ["", "## Common mistakes", "", *_mistakes(graded)]
    refused = [record for record in records if record["student"] not in earned]
    lines += ["", "## Not graded", ""] if refused else []
    lines += [f"- {inert(record['name'])}: {inert(record['fault'])}" for record in refused]
    flagged = [(record, [*record["flags"], *record["notes"]]) for record in records]
    flagged = [(record, flags) for record, flags in flagged if flags]
    lines += ["", "## Flags", ""] if flagged else []
    lines += [f"- {inert(record['name'])}: {inert('; '.join(flags))}" for record, flags in flagged]
    return "\n".join(lines) + "\n"


def _given(master: Master, record: dict, grades: Grades) -> dict[str, float]:
    """Return the points that tests and markers gave, where they did."""
    given = before_adjustments(master, record, grades)
    return {question: value for question, value in given.items() if value is not None}


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


def _questions(master: Master, earned: list[dict], totals: list[float]) -> list[str]:
    """Return a row for each question, the one that failed most first."""
    rows = []
    for question in master.questions():
        values = [each[question] for each in earned if each[question] is not None]
        read, most = len(values) == len(earned) > 0, master.points(question)
        mean = sum(values) / len(values) if read else 0
        full = f"{sum(value == most for value in values)} of {len(values)}" if read else ""
        mean_shown = f"{mean:.2f}" if read else f"{len(earned) - len(values)} not read yet"
        tells = shown(discrimination(values, totals) if read else None)
        row = f"| {question} | {mean_shown} | {most} | {full} | {tells} |"
        rows.append((mean / most if read else 2, row))
    return [text for _, text in sorted(rows, key=lambda row: row[0])]


def _mistakes(records: list[dict]) -> list[str]:
    """Name what went wrong for several students, the most frequent first."""
    who = defaultdict(list)
    for record in records:
        for test in record["tests"]:
            if test["feedback"]:
                words = re.split(" in (?:your )?cell ", test["feedback"])[0].rstrip(".")
                who[test["question"], words].append(record["student"])
    ranked = sorted(who.items(), key=lambda item: (-len(set(item[1])), item[0]))
    return [
        f"- {len(set(students))} × question {question}: {inert(words)}"
        for (question, words), students in ranked[:25]
    ] or ["None."]
