"""Whose a file is, where the platform's own words leave a doubt."""

import pytest

from homework_tools.grading.collect import collect
from homework_tools.grading.enrollment import (
    BY_NAME,
    BY_PART,
    NOT_LISTED,
    facts_of,
    find_enrolled,
    shown_names,
)
from homework_tools.grading.marking.adjustments import Adjustment
from homework_tools.grading.reports.give_back import graded_students
from homework_tools.master.due_date import read_due
from homework_tools.roster.class_list import Person
from tests.homework_tools.submissions import EMPTY, put

GROUP = """\
submission_301:
  :submitters:
  - :name: Ada L
    :sid: s017
  - :name: Bob B
    :sid: s018
"""


def people(*ids):
    return [Person(name=each.title(), ids=(each,)) for each in ids]


def blackboard(folder, *users):
    for user in users:
        put(folder, f"{user}_attempt_2026-02-01-13-45-10_hw.ipynb", EMPTY)
    return collect(folder)


def notes(submissions):
    return {each.owner.id: each.listed for each in submissions}


def test_user_who_is_not_in_the_class_is_not_the_one_with_the_end_of_the_name(tmp_path):
    found = blackboard(tmp_path, "HW_j_smith", "HW_ada")
    enrolled, missing = find_enrolled(found, people("smith", "ada"))
    assert notes(enrolled) == {"HW_j_smith": NOT_LISTED, "HW_ada": ""}
    assert missing == ["Smith"]


def test_name_of_the_homework_is_the_one_that_fits_most_users(tmp_path):
    found = blackboard(tmp_path, "HW_1_j_smith", "HW_1_ada", "HW_1_smith")
    enrolled, _ = find_enrolled(found, people("smith", "ada", "j_smith"))
    assert set(notes(enrolled).values()) == {""}
    assert len({each.person.name for each in enrolled}) == 3


def test_one_file_alone_that_fits_by_its_end_only_is_in_doubt(tmp_path):
    found = blackboard(tmp_path, "HW_j_smith")
    assert notes(find_enrolled(found, people("smith"))[0]) == {"HW_j_smith": BY_PART}
    assert notes(find_enrolled(found, people("smith", "j_smith"))[0]) == {"HW_j_smith": ""}


def test_users_whose_names_begin_alike_are_whole_where_no_homework_is_written_before(tmp_path):
    for user in ("bio_ada", "bio_bob"):
        put(tmp_path, f"hw-submissions/hw-{user}/hw.ipynb", EMPTY)
    enrolled, missing = find_enrolled(collect(tmp_path), people("bio_ada", "bio_bob"))
    assert notes(enrolled) == {"bio_ada": "", "bio_bob": ""}
    assert missing == []


def test_student_whom_the_list_has_by_another_id_is_found_by_the_platforms_name(tmp_path):
    put(tmp_path, "Ada L_17_assignsubmission_file_/hw.ipynb", EMPTY)
    ((found,), missing) = find_enrolled(collect(tmp_path), [Person("Ada L", ("s017",))])
    assert (found.person.ids, found.listed, missing) == (("s017",), BY_NAME, [])


@pytest.fixture
def group(tmp_path):
    put(tmp_path, "a_export/submission_301/hw.ipynb", b"{")
    put(tmp_path, "a_export/submission_metadata.yml", GROUP.encode())
    return tmp_path


def test_each_member_of_a_group_is_there_and_gets_the_points(group, master):
    found, missing = find_enrolled(collect(group), people("s017", "s018", "s019"))
    assert missing == ["S019"]
    facts = facts_of(found[0], read_due("2026-02-02 23:59 +00:00"))
    assert facts["id"] == "s017 s018"
    adjusted = {question: Adjustment(1.0, "by mail") for question in master.questions()}
    record = {"student": found[0].student, "name": found[0].name, "fault": "x", "answers": {}}
    (graded,) = graded_students(master, [record | facts | {"adjusted": adjusted}])
    assert (graded.name, graded.ids) == ("Ada L and Bob B", ("s017", "s018", "s017"))


def test_name_that_a_student_chose_cannot_steer_a_terminal(group):
    text = GROUP.replace("Ada L", r'"Ada\e[2J\n# L"')
    put(group, "a_export/submission_metadata.yml", text.encode())
    (found,) = collect(group)
    assert found.name == "Ada%1B[2J%0A# L and Bob B"


def test_member_of_a_group_who_has_a_file_as_well_is_refused(group):
    text = GROUP + "submission_302:\n  :submitters:\n  - :name: Bob B\n    :sid: s018\n"
    put(group, "a_export/submission_302/hw.ipynb", b"{")
    put(group, "a_export/submission_metadata.yml", text.encode())
    with pytest.raises(ValueError, match=r"S018 .* is in a group and in Bob_B-s018 as well; keep"):
        find_enrolled(collect(group), people("s017", "s018"))


def test_file_that_its_student_has_named_is_found_by_a_name_of_several_words(tmp_path):
    put(tmp_path, "O'Brien, Zoe\u0308.ipynb", EMPTY)
    (found,), missing = find_enrolled(collect(tmp_path), [Person("O'Brien, Zoë", ("17",))])
    assert (found.person.ids, found.listed, missing) == (("17",), BY_NAME, [])


def test_students_are_called_as_the_class_list_has_it_where_it_is_sure(tmp_path):
    for file in ("lovelaceada_17_1_hw", "lovelaceada2_18_2_hw", "li_19_3_hw", "ng_20_4_hw"):
        put(tmp_path, f"{file}.ipynb", EMPTY)
    found = collect(tmp_path)
    two = [Person("Lovelace, Ada", ("17",)), Person("Lovelace, Ada", ("18",))]
    enrolled, _ = find_enrolled(found, [*two, Person("Li, Fay", ("19",)), Person("li", ("li",))])
    assert set(shown_names(enrolled).values()) == {
        "lovelaceada", "lovelaceada2", "Li, Fay", "ng"}  # fmt: skip
    assert "li" in shown_names(found).values()
