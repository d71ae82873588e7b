"""Match submissions with the class list: who handed in, who did not, and how late."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from homework_tools.grading.submission import Submission
from homework_tools.master.due_date import days_late, read_due
from homework_tools.roster.class_list import Person, by_id, by_name, plain_id
from homework_tools.words.translator import gettext, gettext_noop

NOT_LISTED = gettext_noop("not on the class list")
BY_NAME = gettext_noop("found on the class list by the name alone: is it the same person?")
BY_PART = gettext_noop(
    "found on the class list by the end of the user name alone: is it the same person?"
)

LEAST_LISTED = 2  # so many users in the class say what the homework is called


def find_enrolled(
    submissions: list[Submission], people: list[Person]
) -> tuple[list[Submission], list[str]]:
    """Return the submissions, each with its person of the class, and who handed in nothing.

    Two submissions of one person raise a ValueError, for nobody can say which of them counts.
    """
    whose: dict[Person, str] = {}
    enrolled, partners = [], []
    known, called = by_id(people), by_name(people)
    ids, by_part = _ids(submissions, known)
    for each in submissions:
        person = next(_people(known, ids[each.student]), None)
        listed = gettext(BY_PART) if by_part else ""
        if person is None:
            person = called.get(plain_id(each.name or each.student))
            listed = gettext(BY_NAME if person else NOT_LISTED)
        if person in whose:
            both = f"{whose[person]} and {each.student}"
            raise ValueError(f"{both} are both {person.name} of the class list; keep one")
        if person:
            whose[person] = each.student
        enrolled.append(replace(each, person=person, listed=listed))
        others = each.owner.partners if each.owner else ()
        partners += _people(known, others)
    for person in partners:
        if person in whose:
            where = f"in a group and in {whose[person]} as well"
            raise ValueError(f"{person.name} of the class list is {where}; keep one")
    there = {*whose, *partners}
    return enrolled, [person.name for person in people if person not in there]


def shown_names(submissions: list[Submission]) -> dict[str, str]:
    """Return how tables and feedback call each student, by the name of the student's files.

    Canvas writes `lovelaceada` in its files. Where a platform names them, whoever is in the class
    by an id is called as the list has it, but for a group, and where two would have one name.
    """
    names = {each.student: each.name or each.student for each in submissions}
    listed = {}
    for each in submissions:
        alone, person = each.owner and not each.owner.partners, each.person
        if alone and person and not each.listed and person.name not in person.ids:
            listed[each.student] = person.name
    often = Counter((names | listed).values())
    return names | {student: name for student, name in listed.items() if often[name] == 1}


def facts_of(submission: Submission, due: datetime) -> dict:
    """Return what the table of scores says of a student, apart from the points.

    Those are `id`, `section`, `submitted`, `due` and `days_late`, each "" if it is not known, the
    note `listed` on the way in which the student was found in the class, and all `ids` that are
    sure: one that was found by a name alone is not. A person's extension takes the place of `due`.
    """
    owner, person, listed = submission.owner, submission.person, submission.listed
    submitted = owner.submitted if owner else None
    if person and person.extension:
        due = read_due(person.extension)
    partners = owner.partners if owner else ()
    ids = [owner.id, *partners] if owner else []
    own = next(iter(person.ids), "") if person else "".join(ids[:1])
    late: str | int = gettext("late") if owner and owner.late else ""
    return {
        "id": " ".join([own, *partners]),
        "ids": [*ids, *(person.ids if person and not listed else ())],
        "section": person.section if person else "",
        "submitted": submitted.isoformat(" ", "minutes") if submitted else "",
        "due": due.isoformat(" ", "minutes"),
        "days_late": days_late(submitted, due) if submitted else late,
        "listed": listed,
    }


def _people(known: dict[str, Person], ids: Iterable[str]) -> Iterator[Person]:
    return (known[each] for each in map(plain_id, ids) if each in known)


def _ids(
    submissions: list[Submission], known: dict[str, Person]
) -> tuple[dict[str, list[str]], bool]:
    """Return what may be each student's id, and whether only a part of it speaks for a match.

    A plain file is named by its student, perhaps by an id. Blackboard writes `homework_ada_l`,
    where the homework's name and the user's may both have a `_`. The homework's name is the same in
    all files; of those that it may be, it is the one with which most users are in the class, and
    the shortest of several. So the file of `j_smith`, who is not in the class, is not `smith`'s.
    """
    ids = {
        each.student: [each.owner.id] if each.owner else [each.student, each.name]
        for each in submissions
    }
    users = {e.student: e.owner.id.split("_") for e in submissions if e.owner}
    if "Blackboard" not in {each.platform for each in submissions}:
        return ids, False
    together = zip(*(parts[:-1] for parts in users.values()), strict=False)
    shared = list(takewhile(lambda parts: len(set(parts)) == 1, together))
    listed = {
        size: sum(plain_id("_".join(parts[size:])) in known for parts in users.values())
        for size in range(1, len(shared) + 1)
    }
    size = max(listed, key=lambda size: listed[size], default=0)
    ids |= {student: ["_".join(parts[size:])] for student, parts in users.items()}
    return ids, size > 1 and listed[size] < LEAST_LISTED
