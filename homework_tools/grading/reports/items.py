"""How hard each question and each test was, and how well it tells strong work from weak."""

import statistics

from homework_tools.grading.reports.safe_text import inert
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext

FEW = 10  # students; the correlation of fewer is mostly chance
UNKNOWN = "–"


def discrimination(item: list[float], total: list[float]) -> float | None:
    """Return the correlation of an item's points with the same students' points on all the rest.

    That is Pearson's, of `item` with `total` - `item`; for an item that is passed or failed it is
    also called the corrected point-biserial one. There is none for fewer than ten students, or if
    all have the same points on the item, or on the rest.
    """
    # Rounded, so that rests that are the same do not differ by the last digit of a sum.
    rest = [round(every - points, 6) for points, every in zip(item, total, strict=True)]
    if len(item) < FEW or min(len(set(item)), len(set(rest))) < 2:
        return None
    return statistics.correlation(item, rest)


def shown(value: float | None) -> str:
    """Return a discrimination as the tables show it."""
    return UNKNOWN if value is None else f"{value:.2f}".replace("-", "−")


def explained(students: int) -> list[str]:
    """Return what the page says of discrimination, and of its precision in this class."""
    words = gettext(
        "**Discrimination** is the correlation between what students earned on a question, or on a "
        "test, and what they earned on everything else (Pearson's; for a test it is also called "
        "the corrected point-biserial correlation). Near 0, the item says little about the rest. "
        "Below 0, students who did well elsewhere lost points here: read that item first. "
        "“{unknown}” is shown where fewer than {few} students are graded, or where all of them "
        "have the same points on the item or on the rest."
    ).format(unknown=UNKNOWN, few=FEW)
    if students < FEW:
        return [words]
    error = 1 / (students - 1) ** 0.5
    chance = gettext("With {students} students, chance alone moves it by about {error}.")
    return [f"{words} {chance.format(students=students, error=f'{error:.2f}')}"]


def spread(totals: list[float]) -> list[str]:
    """Return the class's scores in one sentence."""
    if len(totals) < 2:
        return []
    low, middle, high = statistics.quantiles(totals, n=4, method="inclusive")
    values = {"mean": f"{statistics.fmean(totals):.1f}", "median": f"{middle:g}"}
    words = gettext(
        "Mean {mean}, median {median}; the middle half of the class is between {low} and {high}."
    )
    return ["", words.format(**values, low=f"{low:g}", high=f"{high:g}")]


def table_of_tests(master: Master, records: list[dict], totals: list[float]) -> list[str]:
    """Return a row for each hidden test, in the order of the homework, as lines of Markdown.

    `totals` are the points of each of the graded submissions, in questions with tests those that
    the tests gave: a change by hand to the item's own question is no part of the rest.
    """
    cells = master.code("hidden-test")
    tested = [n for n, record in enumerate(records) if len(record["tests"]) == len(cells)]
    totals = [totals[n] for n in tested]
    lines, students = [], len(tested)
    for place, cell in enumerate(cells if tested else ()):
        points = [records[n]["tests"][place]["points"] for n in tested]
        passed = sum(map(bool, points))
        share = gettext("{passed} of {students} ({percent} %)").format(
            passed=passed, students=students, percent=f"{100 * passed / students:.0f}"
        )
        tells = shown(discrimination(points, totals))
        lines.append(f"| {cell.question} | {inert(cell.title)} | {share} | {tells} |")
    titles = (gettext("question"), gettext("test"), gettext("passed"), gettext("discrimination"))
    return [*head(*titles), *lines] if lines else [gettext("No submission was graded.")]


def head(*titles: str) -> list[str]:
    """Return the first two lines of a table of Markdown."""
    return [f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)]
