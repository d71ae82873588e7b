"""Match submissions with the class list: who handed in, who did not, and how late."""

from dataclasses import dataclass
from datetime import datetime

from homework_tools.grading.submission import Submission
from homework_tools.master.due_date import days_late, read_due
from homework_tools.roster.class_list import Person, find_by_id, find_by_name

NOT_LISTED = "not on the class list"
BY_NAME = "found on the class list by the name alone: is it the same person?"


@dataclass(frozen=True)
class Enrollment:
    """The class and its submissions, matched."""

    people: dict[str, Person]
    """From the name of a submission's student to the person of the class."""
    by_name: frozenset[str]
    """Those of them that were found by a name, which another person may share."""
    missing: tuple[Person, ...]
    """The students of the class without a submission."""

    def note(self, student: str) -> str:
        """Return what is to be said of a submission, "" if its student was found by an id."""
        if student not in self.people:
            return NOT_LISTED
        return BY_NAME if student in self.by_name else ""


def find_enrolled(submissions: list[Submission], people: list[Person]) -> Enrollment:
    """Return which student of the class handed in each submission, and who handed in nothing.

    Parameters
    ----------
    submissions : list of Submission
        What was found.
    people : list of Person
        The class.

    Returns
    -------
    Enrollment
        The matches.

    Raises
    ------
    ValueError
        If two submissions are of one person, for nobody can say which of them counts.
    """
    enrolled: dict[str, Person] = {}
    by_name = set()
    for each in submissions:
        person = find_by_id(people, *_ids(each))
        if person is None and (person := find_by_name(people, each.name or each.student)):
            by_name.add(each.student)
        if person and person in enrolled.values():
            other = next(name for name, found in enrolled.items() if found == person)
            raise ValueError(
                f"{other} and {each.student} are both {person.name} of the class list; keep one"
            )
        if person:
            enrolled[each.student] = person
    missing = tuple(person for person in people if person not in enrolled.values())
    return Enrollment(enrolled, frozenset(by_name), missing)


def facts_of(submission: Submission, enrollment: Enrollment | None, due: datetime) -> dict:
    """Return what the table of scores says of a student, apart from the points.

    Parameters
    ----------
    submission : Submission
        What was handed in.
    enrollment : Enrollment or None
        The class, if there is a list of it.
    due : datetime
        When the homework was due; a person's extension takes its place.

    Returns
    -------
    dict
        `id`, `section`, `submitted`, `due` and `days_late`, each "" if it is not known, and the
        note `listed` on the way in which the student was found in the class.
    """
    owner = submission.owner
    submitted = owner.submitted if owner else None
    person = enrollment.people.get(submission.student) if enrollment else None
    if person and person.extension:
        due = read_due(person.extension)
    late: str | int = "late" if owner and owner.late else ""
    return {
        "id": next(iter(person.ids), "") if person else owner.id if owner else "",
        "section": person.section if person else "",
        "submitted": submitted.isoformat(" ", "minutes") if submitted else "",
        "due": due.isoformat(" ", "minutes"),
        "days_late": days_late(submitted, due) if submitted else late,
        "listed": enrollment.note(submission.student) if enrollment else "",
    }


def _ids(submission: Submission) -> list[str]:
    """Return what may be the student's id, the longest first.

    Blackboard writes `homework_ada_l`, where the homework's name and the user's may both have a
    `_`. A plain file is named by its student, perhaps by an id.
    """
    if submission.owner is None:
        return [submission.student, submission.name]
    parts = submission.owner.id.split("_") if submission.platform == "Blackboard" else []
    return [submission.owner.id, *("_".join(parts[start:]) for start in range(1, len(parts)))]
