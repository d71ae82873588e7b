"""Write what a student reads: what was earned, what was lost and what to do about it."""

from collections import defaultdict

from homework_tools.grading.reports.safe_text import inert
from homework_tools.grading.reports.scores import Grades, points
from homework_tools.master.master import Master, rubric


def feedback(master: Master, record: dict, grades: Grades) -> str:
    """Return what a student reads: what was lost and what to do about it."""
    lines = [f"# {master.settings.title}: {inert(record['name'])}", ""]
    if record["fault"]:
        lines += [f"Your submission could not be graded: {inert(record['fault'])}.", ""]
        return "\n".join(lines)
    earned = points(master, record, grades)
    lines += _score(master, earned)
    if record["flags"]:
        lines += [
            "",
            "Please look at this:",
            "",
            *(f"- {inert(flag)}" for flag in record["flags"]),
        ]
    for question, value in earned.items():
        shown = "not read yet" if value is None else f"{value:g} of {master.points(question)}"
        lines += ["", f"## Question {question}: {shown}"]
        tests = [test for test in record["tests"] if test["question"] == question]
        words = _tested(tests) if tests else _read(master, record, question, grades)
        if value is not None and value < master.points(question) and master.section(question):
            words += ["", f"See {master.section(question)}."]
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
            faults[inert(test["feedback"])].append(test)
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
