"""Write the page about the class: its scores, its questions, its tests and its mistakes."""

from collections import Counter, defaultdict

from homework_tools.grading.reports.items import (
    discrimination,
    explained,
    head,
    shown,
    spread,
    table_of_tests,
)
from homework_tools.grading.reports.misconceptions import misconceptions
from homework_tools.grading.reports.safe_text import inert, titled
from homework_tools.grading.reports.scores import before_adjustments, is_graded, points
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext

BAR = 40


def summary(master: Master, records: list[dict]) -> str:
    """Return a page about the class: the scores, the hardest questions, the common mistakes."""
    graded = [record for record in records if is_graded(master, record)]
    earned = {record["student"]: points(master, record) for record in graded}
    unread = Counter(q for each in earned.values() for q, value in each.items() if value is None)
    counted = [question for question in master.questions() if question not in unread]
    totals = [sum(each[question] or 0 for question in counted) for each in earned.values()]
    most = sum(map(master.points, counted))
    given = [before_adjustments(master, record) for record in graded]
    tested = [
        sum(next(v for v in (before[q], now[q], 0) if v is not None) for q in counted)
        for before, now in zip(given, earned.values(), strict=True)
    ]
    lines = [f"# {gettext('{title}: the class').format(title=master.settings.title)}", ""]
    words = gettext("Submissions: {count}, not graded: {refused}.")
    lines.append(words.format(count=len(records), refused=len(records) - len(graded)))
    if unread:
        times = gettext("{count} × question {question}")
        waiting = ", ".join(times.format(count=n, question=q) for q, n in unread.items())
        words = gettext(
            "Free text still to be read: {waiting}. The scores leave these questions out."
        )
        lines.append(words.format(waiting=waiting))
    questions = _questions(master, list(earned.values()), totals)
    refused = [(each, [each["fault"]]) for each in records if each["student"] not in earned]
    flagged = [(each, [*each["flags"], *each["notes"]]) for each in records]
    parts = {
        gettext("Scores, out of {most}", most=most): [*_histogram(totals, most), *spread(totals)],
        gettext("Questions"): [*questions, "", *explained(len(graded))],
        gettext("Tests"): table_of_tests(master, graded, tested),
        gettext("Misconceptions"): misconceptions(master, graded),
        gettext("Common mistakes"): _mistakes(graded),
        gettext("Not graded"): _said_of(refused),
        gettext("Flags"): _said_of(flagged),
    }
    for title, part in parts.items():
        lines += titled(f"## {title}", part)
    return "\n".join(lines) + "\n"


def _said_of(records: list[tuple[dict, list[str]]]) -> list[str]:
    return [f"- {inert(r['name'])}: {inert('; '.join(said))}" for r, said in records if said]


def _histogram(totals: list[float], most: int) -> list[str]:
    """Draw in Markdown how many students have how many points, ten classes at most."""
    width = -(-(most + 1) // 10)
    counts = Counter(int(total // width) for total in totals)
    largest = max(counts.values(), default=1)
    lines = ["```text"]
    for place in range(most // width + 1):
        low, high = place * width, min(most, place * width + width - 1)
        bar = "#" * round(BAR * counts[place] / largest)
        lines.append(f"{low:>3}-{high:<3} {counts[place]:>4} {bar}")
    return [*lines, "```"]


def _questions(master: Master, earned: list[dict], totals: list[float]) -> list[str]:
    """Return a table with a row for each question, the one that failed most first."""
    rows = []
    for question in master.questions():
        values = [each[question] for each in earned if each[question] is not None]
        most, students = master.points(question), len(earned)
        if len(values) == students > 0:
            mean, full = sum(values) / students, sum(value == most for value in values)
            full = gettext("{full} of {students}", full=full, students=students)
            tells = shown(discrimination(values, totals))
            rows.append((mean / most, f"| {question} | {mean:.2f} | {most} | {full} | {tells} |"))
        else:
            unread = gettext("{count} not read yet", count=students - len(values))
            rows.append((2, f"| {question} | {unread} | {most} |  | {shown(None)} |"))
    titles = gettext("question"), gettext("mean"), gettext("out of"), gettext("full points")
    ranked = sorted(rows, key=lambda row: row[0])
    return [*head(*titles, gettext("discrimination")), *(text for _, text in ranked)]


def _mistakes(records: list[dict]) -> list[str]:
    """Name what went wrong for several students, the most frequent first."""
    who = defaultdict(list)
    for record in records:
        for test in record["tests"]:
            if test["feedback"]:
                words = (test.get("mistake") or test["feedback"]).rstrip(".")
                who[test["question"], words].append(record["student"])
    ranked = sorted(who.items(), key=lambda item: (-len(set(item[1])), item[0]))
    times = gettext("{count} × question {question}: {mistake}")
    return [
        "- " + times.format(count=len(set(students)), question=question, mistake=inert(words))
        for (question, words), students in ranked[:25]
    ] or [gettext("None.")]
