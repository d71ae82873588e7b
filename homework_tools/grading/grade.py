"""Grade a folder of submissions, and write every report: the command `grade`."""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from homework_tools.grading.collect import collect, opened
from homework_tools.grading.enrollment import NOT_LISTED, facts_of, find_enrolled, shown_names
from homework_tools.grading.many.everyone import grade_class
from homework_tools.grading.marking.given import read_given, write_marking
from homework_tools.grading.marking.hand_grades import unused_hand_grades
from homework_tools.grading.marking.page import PAGE
from homework_tools.grading.marking.to_read import TO_READ, changed_since
from homework_tools.grading.options import grade_options
from homework_tools.grading.reports.changes import report_changes, snapshot
from homework_tools.grading.reports.give_back import (
    filled_gradebook,
    graded_students,
    write_feedback_zip,
    write_gradebook,
)
from homework_tools.grading.reports.scores import is_graded
from homework_tools.grading.reports.write import write_reports
from homework_tools.grading.similar.look import look_for_similar
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.master.read import read_master
from homework_tools.roster.class_list import read_class_list
from homework_tools.roster.names import read_roster
from homework_tools.sandbox.host.sandbox import Limits, Sandbox, hide_memory
from homework_tools.text_files import write_text
from homework_tools.words.catalogues import words_of
from homework_tools.words.translator import gettext, speaking

SIMILAR = "similar.html"  # for the instructor alone


def named(submissions: list[Submission], roster: dict[str, str]) -> Iterator[Submission]:
    """Give submissions the names that the class list has for their files.

    A file that is on no list keeps its own name, and a note says so, unless a platform has said
    whose it is.
    """
    for each in submissions:
        name = roster.get(each.student.casefold(), "")
        if name:
            yield replace(each, name=name)
        elif each.owner:
            yield each
        else:
            other = f"{each.student}.ipynb" if each.student in roster.values() else ""
            yield replace(each, name=other, notes=(*each.notes, gettext(NOT_LISTED)))


def main(arguments: list[str] | None = None, *, executor: Executor | None = None) -> None:
    """Grade a folder, as `python tasks.py grade FOLDER` asks.

    An `executor` grades the submissions in place of this machine's cores, for example Dask's
    ``client.get_executor()`` of a cluster whose workers have the same version of all this.
    """
    options = grade_options(arguments)
    try:
        run(options, executor)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What was graded is kept: the same command goes on from here.")
    except (ValueError, OSError, RuntimeError) as error:
        sys.exit(f"Not graded: {error}")


def run(options: argparse.Namespace, executor: Executor | None) -> None:
    """Grade what the options name, write the reports and say where they are."""
    if options.jobs is not None and (options.jobs < 1 or executor):
        raise ValueError("--jobs must be 1 or more, and an executor has workers of its own")
    master = read_master(options.master, site=options.site)
    words = words_of(master.settings)
    # zsh leaves the ~ of `make grade SUBMISSIONS=~/…` to us
    with opened(options.submissions.expanduser()) as folder, speaking(words):
        _grade_folder(folder, master, options, executor)


def _grade_folder(
    folder: Path, master: Master, options: argparse.Namespace, executor: Executor | None
) -> None:
    out = options.out.resolve()
    found = collect(folder)
    submissions = [s for s in found if out not in (folder / s.file).resolve().parents]
    if not submissions:
        raise ValueError(f"{options.submissions} holds no submission: put the notebooks there")
    used = [*options.by_hand, *filter(None, [options.adjustments])]
    left_out = unused_hand_grades(folder, out, used)
    if options.students:
        submissions = list(named(submissions, read_roster(options.students)))
        print(f"Whose each file is: {options.students}")  # perhaps that of another term
    missing: list[str] = []
    if options.people:
        submissions, missing = find_enrolled(submissions, read_class_list(options.people))
    if options.gradebook:  # what is wrong with it is said before the class is graded
        filled_gradebook(out, options.gradebook, [], master, options.column)
    out.mkdir(parents=True, exist_ok=True)
    given = read_given(options, out, master, submissions)
    for path in given.files:
        print(f"Grades by hand: {path}")
    records = _graded_in_sandbox(submissions, master, options, executor)
    names = shown_names(submissions)
    for submission, record in zip(submissions, records, strict=True):
        record["name"] = names[submission.student]
        record["digest"] = submission.digest or submission.fault
        record |= facts_of(submission, master.settings.due)
        record["marks"] = given.marks.get(submission.student, {})
        record["adjusted"] = given.adjusted.get(submission.student, {})
    left_out = given.left_out + changed_since(records) + left_out
    _look([replace(s, name=names[s.student]) for s in submissions], records, master, out)
    write_reports(out, master, records, left_out, missing)
    write_marking(out, master, records, given, anonymous=options.anonymous)
    for words in left_out:
        print(f"WARNING: {words}", file=sys.stderr)
    refused = sum(not is_graded(master, record) for record in records)
    _say(submissions, refused, missing, out)
    limits = options.sandbox, options.seconds
    for line in report_changes(out, snapshot(master, records, limits)):
        print(line)
    if options.gradebook:
        graded = graded_students(master, records)
        if waiting := len(records) - len(graded):
            print(f"Rows left as they are, not graded or with free text to be read: {waiting}")
        print(*write_gradebook(out, options.gradebook, graded, master, options.column), sep="\n")
    if feedback := write_feedback_zip(out, submissions):
        print(f"All feedback, as {submissions[0].platform} takes it back: {feedback}")


def _look(submissions: list[Submission], records: list[dict], master: Master, out: Path) -> None:
    """Write the page about similar notebooks, and note which are the same."""
    page, pairs, same = look_for_similar(submissions, master)
    write_text(out / SIMILAR, page)
    for record in records:
        record["notes"] = [*record["notes"], *same.get(record["student"], [])]
    if pairs:
        print(f"Pairs of similar notebooks to look at, {pairs} in all: {out / SIMILAR}")


def _graded_in_sandbox(
    submissions: list[Submission],
    master: Master,
    options: argparse.Namespace,
    executor: Executor | None,
) -> list[dict]:
    hide_memory()
    limits = Limits(call_s=options.seconds, total_s=9 * options.seconds)
    with Sandbox(limits, options.sandbox) as sandbox:
        return grade_class(
            submissions,
            master,
            options.out.resolve(),
            sandbox,
            fresh=options.fresh,
            jobs=options.jobs,
            executor=executor,
        )


def _say(submissions: list[Submission], refused: int, missing: list[str], out: Path) -> None:
    """Say on the screen what was found, what is not graded, and where the reports are."""
    platform = next((each.platform for each in submissions if each.platform), "")
    from_where = f" from {platform}" if platform else ""
    print(
        f"Submissions{from_where}: {len(submissions)}, not graded: {refused}. "
        f"Scores: {out / 'scores.csv'}"
    )
    if missing:
        print(f"{len(missing)} of the class handed in nothing: the summary says who.")
    for name in ("feedback", "summary.md", TO_READ, PAGE):
        print(out / name)


if __name__ == "__main__":
    main()
