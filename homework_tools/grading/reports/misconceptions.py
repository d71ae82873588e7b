"""What the class believes, by its lost points, and what to say about it."""

from homework_tools.grading.reports.items import head
from homework_tools.grading.reports.safe_text import inert
from homework_tools.master.master import Master
from homework_tools.master.misconceptions import TABLE, Misconception, read_misconceptions
from homework_tools.master.sections import anchor
from homework_tools.words.translator import gettext, ngettext

IN_CLASS = 3


def misconceptions(master: Master, records: list[dict]) -> list[str]:
    """Return the misconceptions that the tests show, and what to say of those that cost most."""
    found = []
    for each in read_misconceptions(master.path.with_name(TABLE)):
        lost = [[t["out_of"] for t in r["tests"] if each.shows_in(t)] for r in records]
        lost = [sum(points) for points in lost if points]
        if lost:
            found.append((sum(lost), len(lost), each))
    found.sort(key=lambda row: (-row[0], -row[1], row[2].name))
    if not found:
        return [gettext("The tests found none.")]
    lines = head(
        gettext("misconception"), gettext("questions"), gettext("students"), gettext("points lost")
    )
    for points, students, each in found:
        questions = ", ".join(each.questions)
        lines.append(f"| {inert(each.name)} | {questions} | {students} | {points} |")
    lines += ["", f"### {gettext('What to say in class')}", ""]
    for number, (points, students, each) in enumerate(found[:IN_CLASS], start=1):
        cost = ngettext("{n} point", "{n} points", points)
        cost += ", " + ngettext("{n} student", "{n} students", students)
        lines += _in_class(master, number, cost, each)
    return lines


def _in_class(master: Master, number: int, cost: str, each: Misconception) -> list[str]:
    """Return what to say about one of them, and where more of it is."""
    guide = gettext("“{heading}” of the guide “Teaching with this homework”")
    guide = guide.format(heading=each.heading)
    if master.book:
        guide = f"[{guide}]({master.book.format('instructors')}#{anchor(each.heading)})"
    chapters = dict.fromkeys(filter(None, map(master.section, each.questions)))
    read = gettext("Read: {sections}.").format(sections="; ".join(chapters))
    said = gettext("You see: {see}. Say: {say}").format(see=each.see, say=each.say)
    return [
        f"{number}. **{each.name[0].upper()}{each.name[1:]}** ({cost}).",
        f"    {said}",
        f"    {gettext('The row is in {place}.').format(place=guide)}",
        *([f"    {read}"] if chapters else []),
    ]
