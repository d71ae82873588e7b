"""Write what a student reads: what was earned, what was lost and what to do about it."""

from collections import defaultdict

from homework_tools.grading.causes import Cause, find_causes
from homework_tools.grading.marking.adjustments import Adjustment
from homework_tools.grading.reports.safe_text import inert
from homework_tools.grading.reports.scores import Grades, before_adjustments, points, total
from homework_tools.master.master import Master, rubric


def feedback(master: Master, record: dict, grades: Grades) -> str:
    """Return what a student reads: what was lost and what to do about it."""
    lines = [f"# {master.settings.title}: {inert(record['name'])}", ""]
    earned = points(master, record, grades)
    if record["fault"]:
        lines += [f"Your submission could not be graded: {inert(record['fault'])}.", ""]
    if total(earned, record) is None:
        return "\n".join(lines)
    lines += _score(master, earned)
    causes = find_causes(record["tests"])
    if causes:
        lines += ["", "Fix this first:", "", *map(_cause, causes)]
    said = [test["feedback"] for test in record["tests"]]
    flags = [flag for flag in record["flags"] if not any(flag in words for words in said)]
    if flags:
        lines += ["", "Please look at this:", "", *(f"- {inert(flag)}" for flag in flags)]
    explained = {question for cause in causes for question in cause.questions}
    before = before_adjustments(master, record, grades)
    for question, value in earned.items():
        shown = "not read yet" if value is None else f"{value:g} of {master.points(question)}"
        lines += ["", f"## Question {question}: {shown}"]
        adjustment = record.get("adjusted", {}).get(question)
        tests = [test for test in record["tests"] if test["question"] == question]
        blocks = [[_adjusted(before[question], adjustment)]] if adjustment else []
        if tests:
            blocks.append(_tested(tests, short=question in explained))
        else:
            blocks.append(_read(master, record, question, grades))
        if value is not None and value < master.points(question) and master.section(question):
            blocks.append([f"See {master.section(question)}."])
        for block in filter(None, blocks):
            lines += ["", *block]
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


def _cause(cause: Cause) -> str:
    """Say what explains many lost points, and how many."""
    asked = f"question{'s' * (len(cause.questions) > 1)} {', '.join(cause.questions)}"
    return f"- **{cause.points} points, {asked}:** {_sentence(cause.words)}"


def _tested(tests: list[dict], *, short: bool) -> list[str]:
    """Name what was lost and why, then what was earned; short if the top has said the cause."""
    faults = defaultdict(list)
    for test in tests:
        if test["feedback"]:
            faults[test["feedback"]].append(test)
    lines = []
    for words, lost in faults.items():
        points_lost = sum(test["out_of"] for test in lost)
        if short:
            lines.append(f"- Lost {points_lost}: the cause is at the top.")
        else:
            lines.append(f"- Lost {points_lost}: {_sentence(words)}")
            lines += [f"  - Tested: {test['title']}." for test in lost]
    lines += [f"- Earned {t['out_of']}: {t['title']}." for t in tests if not t["feedback"]]
    return lines


def _sentence(words: str) -> str:
    """Return words of a test as a sentence that Markdown shows as it is."""
    return inert(words if words.endswith((".", "?", "!")) else f"{words}.")


def _adjusted(before: float | None, adjustment: Adjustment) -> str:
    """Say from which points to which a person has set a question, and why."""
    if before is None:
        return f"Set to {adjustment.points:g} by your instructor: {adjustment.reason}"
    return (
        f"Changed from {before:g} to {adjustment.points:g} by your instructor: {adjustment.reason}"
    )


def _read(master: Master, record: dict, question: str, grades: Grades) -> list[str]:
    """Return the marker's comment on a free text and what earns its points."""
    cells = master.code("answer", question)
    given = grades.get((record["student"], question))
    if not given or not cells:
        lost = cells and not record["fault"] and not record["answers"].get(question)
        return ["No answer was found in the notebook."] if lost else []
    items = rubric(cells[0])
    ticked = [item for item in items if item.what in given.earned]
    if ticked:
        lines = [
            f"- {'Earned' if item in ticked else 'Not earned'} {item.points}: {item.what}"
            for item in items
        ]
        rest = given.points - sum(item.points for item in ticked)
        lines += [f"- {'Added' if rest > 0 else 'Taken off'} {abs(rest):g}."] if rest else []
    else:
        lines = ["What earns points:", "", *(f"- {item.points}: {item.what}" for item in items)]
    return [*([given.comment, ""] if given.comment else []), *lines]
