"""Downloads of learning platforms, by the names of their files."""

from datetime import UTC, datetime

import pytest

from homework_tools.roster.layouts import LAYOUTS, PLAIN, Owner, recognize

BLACKBOARD = "HW 1_j_smith_attempt_2026-02-01-13-45-10"
EXCHANGE = "ada+hw+2026-02-01 12:30:00.250000 UTC"
DOWNLOADS = [  # platform, a student's file, whose it is, and a file that the platform adds
    ("Moodle", "Ada L_17_assignsubmission_file_/hw.ipynb", Owner("17", "Ada L"),
     "Ada L_17_assignsubmission_onlinetext_/onlinetext.html"),
    ("Moodle", "Ada L_17_assignsubmission_file/a/hw.ipynb", Owner("17", "Ada L"),
     "Ada L_17_assignsubmission_onlinetext.html"),
    ("Moodle", "Ada L_17_assignsubmission_file_my_hw.ipynb", Owner("17", "Ada L"), ""),
    ("Canvas", "lovelaceada_17_301_hw-1.ipynb", Owner("17", "lovelaceada"),
     "turingalan_18_text.html"),
    ("Canvas", "de_la_cruz_LATE_17_301_my_9_8_hw.ipynb", Owner("17", "de_la_cruz", late=True), ""),
    ("Canvas, anonymous", "anon_aB3_301_hw.ipynb", Owner("aB3"), "anon_aB3_link.html"),
    ("Gradescope", "assignment_5_export/submission_301/hw.ipynb", Owner("301"),
     "assignment_5_export/submission_metadata.yml"),
    ("Blackboard", f"{BLACKBOARD}_hw.ipynb",
     Owner("HW 1_j_smith", "", "2026-02-01-13-45-10", datetime(2026, 2, 1, 13, 45, 10)),
     f"{BLACKBOARD}.txt"),
    ("GitHub Classroom", "hw-submissions/hw-ada-l/hw.ipynb", Owner("ada-l"),
     "hw-submissions/hw-ada-l/README.md"),
    ("nbgrader", "course/submitted/ada/hw/hw.ipynb", Owner("ada"),
     "course/submitted/ada/hw/timestamp.txt"),
    ("nbgrader's exchange", f"{EXCHANGE}+c2F/hw.ipynb",
     Owner("ada", "", "2026-02-01 12:30:00.250000 UTC",
           datetime(2026, 2, 1, 12, 30, 0, 250000, UTC)),
     f"{EXCHANGE}+c2F/timestamp.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "path", "owner", "added"), DOWNLOADS)
def test_layout_is_recognized_and_says_whose_a_file_is(platform, path, owner, added):
    layout = recognize([path, added])
    assert layout.platform == platform
    assert layout.owner(path) == owner
    assert not layout.adds(path)
    assert not added or layout.adds(added)


def test_each_platform_has_an_example():
    assert {each.platform for each in LAYOUTS} == {platform for platform, *_ in DOWNLOADS}


@pytest.mark.parametrize("path", ["ada.ipynb", "section 2/ada_l.ipynb", "ada.zip", "a_1.ipynb"])
def test_files_that_students_are_named_by_are_plain(path):
    assert recognize([path]) is PLAIN


def test_some_files_of_another_platform_do_not_decide():
    mine = ["ada.ipynb", "bob.ipynb", "carol.ipynb"]
    assert recognize([*mine, "x_1_2_hw.ipynb"]) is PLAIN
    assert recognize(["x_1_2_hw.ipynb", "y_2_3_hw.ipynb", "ada.ipynb"]).platform == "Canvas"


def test_nothing_at_all_is_plain():
    assert recognize([]) is PLAIN


def test_student_cannot_become_another_by_the_name_of_a_file():
    (canvas,) = {recognize([f"eve_17_301_{name}"]) for name in ["_18_302_hw.ipynb", "x_18_1_.zip"]}
    assert canvas.owner("eve_17_301__18_302_hw.ipynb").id == "17"
    moodle = recognize(["Eve_17_assignsubmission_file_Ada_18_assignsubmission_file_hw.ipynb"])
    path = "Eve_17_assignsubmission_file/Ada_18_assignsubmission_file_hw.ipynb"
    assert moodle.owner(path).id == "17"
    blackboard = recognize([f"{BLACKBOARD}_hw.ipynb"])
    owner = blackboard.owner(f"{BLACKBOARD}_HW 1_ada_attempt_2027-01-01-00-00-00_hw.ipynb")
    assert (owner.id, owner.attempt) == ("HW 1_j_smith", "2026-02-01-13-45-10")
    for folder in ("course/submitted/ada/hw", f"{EXCHANGE}+c2F"):
        nbgrader = recognize([f"{folder}/hw.ipynb"])
        inner = folder.removeprefix("course/").replace("ada", "bob")
        assert nbgrader.owner(f"{folder}/{inner}/hw.ipynb") is None


def test_name_of_a_students_file_neither_hides_it_nor_stops_the_class():
    file = "Ada_17_assignsubmission_file_/my_1_assignsubmission_hw.ipynb"
    assert not recognize([file]).adds(file)
    for no_time in ("x_attempt_2026-99-99-99-99-99_", "x+hw+2026-99-99 99:99 UTC/"):
        assert recognize([f"{no_time}hw.ipynb"]).owner(f"{no_time}hw.ipynb").submitted is None
