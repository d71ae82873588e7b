"""All that people give, read before anything is graded, and what they need to give more."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from homework_tools.grading.marking.adjustments import Adjustment, read_adjustments
from homework_tools.grading.marking.codes import student_codes
from homework_tools.grading.marking.hand_grades import (
    ADJUSTMENTS,
    find_hand_grades,
    read_hand_grades,
)
from homework_tools.grading.marking.marks import Mark, Students
from homework_tools.grading.marking.page import PAGE, marking_page
from homework_tools.grading.marking.to_read import TO_READ, to_read_table
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.text_files import write_text


@dataclass(frozen=True)
class Given:
    """What people gave, and to whom."""

    codes: dict[str, str]
    marks: dict[str, dict[str, Mark]] = field(default_factory=dict)  # for free text, by question
    adjusted: dict[str, dict[str, Adjustment]] = field(default_factory=dict)  # by question
    left_out: list[str] = field(default_factory=list)  # what is to be said of the other rows
    files: list[Path] = field(default_factory=list)  # where all that was read


def read_given(
    options: argparse.Namespace, out: Path, master: Master, submissions: list[Submission]
) -> Given:
    """Return what people gave, or raise `ValueError` with the line that can't be."""
    codes = student_codes(out, [each.student for each in submissions])
    students = Students(_labels(submissions, codes))
    files = options.by_hand or find_hand_grades(out)
    marks, left_out = read_hand_grades(files, master, students, chosen=options.prefer)
    adjusted: dict[str, dict[str, Adjustment]] = {}
    path = options.adjustments or out / ADJUSTMENTS
    if options.adjustments or path.is_file():
        adjusted = read_adjustments(path, master, students)
        files = [*files, path]
    return Given(codes, marks, adjusted, left_out, files)


def write_marking(
    out: Path, master: Master, records: list[dict], given: Given, *, anonymous: bool
) -> None:
    """Write the page for marking, and the table for those who prefer a spreadsheet."""
    names = {record["student"]: record["name"] for record in records}
    labels = {student: given.codes[student] for student in names} if anonymous else names
    listed = records
    if anonymous:  # the order of the records is that of the students' names
        places = list(given.codes)
        listed = sorted(records, key=lambda record: places.index(record["student"]))
    write_text(out / TO_READ, "\ufeff" + to_read_table(master, listed, labels))
    page = marking_page(master, records, given.codes, anonymous=anonymous)
    write_text(out / PAGE, page)


def _labels(submissions: list[Submission], codes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every word that means a student, with the name of the student's files."""
    for each in submissions:
        labels = [each.name or each.student, codes[each.student]]
        if each.owner:
            labels += [each.owner.id, *each.owner.partners]
        if each.person and not each.listed:
            labels += [each.person.name, *each.person.ids]
        yield from ((label, each.student) for label in labels)
