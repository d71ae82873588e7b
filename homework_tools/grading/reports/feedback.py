"""Write what a student reads: what was earned, what was lost and what to do about it."""

from collections import defaultdict

from homework_tools.grading.causes import Cause, find_causes
from homework_tools.grading.marking.adjustments import Adjustment
from homework_tools.grading.reports.safe_text import inert, titled
from homework_tools.grading.reports.scores import before_adjustments, points, total
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext


def feedback(master: Master, record: dict) -> str:
    """Return what a student reads: what was lost and what to do about it."""
    title = gettext("{title}: {name}", title=master.settings.title, name=inert(record["name"]))
    lines = [f"# {title}", ""]
    earned = points(master, record)
    if record["fault"]:
        why = inert(record["fault"])
        lines += [gettext("Your submission could not be graded: {why}.", why=why), ""]
    if total(earned, record) is None:
        return "\n".join(lines)
    lines += _score(master, earned)
    causes = find_causes(record["tests"])
    lines += titled(gettext("Fix this first:"), [*map(_cause, causes)])
    said = [test["feedback"] for test in record["tests"]]
    flags = [flag for flag in record["flags"] if not any(flag in words for words in said)]
    lines += titled(gettext("Please look at this:"), [f"- {inert(flag)}" for flag in flags])
    explained = {question for cause in causes for question in cause.questions}
    before = before_adjustments(master, record)
    for question, value in earned.items():
        most, shown = master.points(question), gettext("not read yet")
        if value is not None:
            shown = gettext("{points} of {most}", points=f"{value:g}", most=most)
        title = gettext("Question {question}: {points}", question=question, points=shown)
        lines += ["", f"## {title}"]
        adjustment = record.get("adjusted", {}).get(question)
        tests = [test for test in record["tests"] if test["question"] == question]
        blocks = [[_adjusted(before[question], adjustment)]] if adjustment else []
        if tests:
            blocks.append(_tested(tests, short=question in explained))
        else:
            blocks.append(_read(master, record, question))
        section = master.section(question)
        if value is not None and value < most and section:
            blocks.append([gettext("See {section}.", section=section)])
        for block in filter(None, blocks):
            lines += ["", *block]
    return "\n".join(lines) + "\n"


def _score(master: Master, earned: dict) -> list[str]:
    """Say how many points there are; what nobody has read yet is neither earned nor lost."""
    total = sum(value or 0 for value in earned.values())
    unread = [question for question, value in earned.items() if value is None]
    if not unread:
        words = gettext("**{total} of {most} points**")
        return [words.format(total=f"{total:g}", most=master.settings.points)]
    rest = sum(map(master.points, unread))
    words = gettext(
        "**{total} of {most} points so far**; your free text in {questions} is still to be read, "
        "for up to {rest} more."
    )
    most = master.settings.points - rest
    return [words.format(total=f"{total:g}", most=most, rest=rest, questions=", ".join(unread))]


def _cause(cause: Cause) -> str:
    """Say what explains many lost points, and how many."""
    words = gettext("**{points} points, questions {questions}:** {why}")
    if len(cause.questions) == 1:
        words = gettext("**{points} points, question {questions}:** {why}")
    questions, why = ", ".join(cause.questions), _sentence(cause.words)
    return f"- {words.format(points=cause.points, questions=questions, why=why)}"


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
            words = gettext("Lost {points}: the cause is at the top.").format(points=points_lost)
            lines.append(f"- {words}")
        else:
            why = gettext("Lost {points}: {why}").format(points=points_lost, why=_sentence(words))
            tested = gettext("Tested: {title}.")
            lines.append(f"- {why}")
            lines += [f"  - {tested.format(title=test['title'])}" for test in lost]
    earned = gettext("Earned {points}: {title}.")
    return lines + [
        f"- {earned.format(points=test['out_of'], title=test['title'])}"
        for test in tests
        if not test["feedback"]
    ]


def _sentence(words: str) -> str:
    """Return words of a test as a sentence that Markdown shows as it is."""
    return inert(words if words.endswith((".", "?", "!")) else f"{words}.")


def _adjusted(before: float | None, adjustment: Adjustment) -> str:
    """Say from which points to which a person has set a question, and why."""
    values = {"points": f"{adjustment.points:g}", "reason": adjustment.reason}
    if before is None:
        return gettext("Set to {points} by your instructor: {reason}").format(**values)
    words = gettext("Changed from {before} to {points} by your instructor: {reason}")
    return words.format(before=f"{before:g}", **values)


def _read(master: Master, record: dict, question: str) -> list[str]:
    """Return the marker's comment on a free text and what earns its points."""
    cells = master.code("answer", question)
    given = record.get("marks", {}).get(question)
    if not given:
        lost = cells and not record["fault"] and not record["answers"].get(question)
        return [gettext("No answer was found in the notebook.")] if lost else []
    items = cells[0].rubric
    ticked = [item for item in items if item.what in given.earned]
    if ticked:
        yes, no = gettext("Earned {points}: {what}"), gettext("Not earned {points}: {what}")
        lines = [
            f"- {(yes if item in ticked else no).format(points=item.points, what=item.what)}"
            for item in items
        ]
        rest = given.points - sum(item.points for item in ticked)
        words = gettext("Added {points}.") if rest > 0 else gettext("Taken off {points}.")
        lines += [f"- {words.format(points=f'{abs(rest):g}')}"] if rest else []
    else:
        title = gettext("What earns points:")
        lines = [title, "", *(f"- {item.points}: {item.what}" for item in items)]
    return [*([given.comment, ""] if given.comment else []), *lines]
