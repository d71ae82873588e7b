"""What is found in a folder of submissions, and which answers are in it."""

import hashlib
import io
import os
import re
import tracemalloc
import zipfile

import pytest

from homework_tools.grading import collect as collecting
from homework_tools.grading.collect import collect
from homework_tools.grading.submission import MAX_BYTES, read_submission
from tests.homework_tools.submissions import (
    EMPTY,
    code,
    notebook,
    put,
    run,
    zipped,
)

BROKEN = [
    ("a.ipynb", b"", "the file is empty; save the notebook and hand it in again"),
    ("a.ipynb", b" \n", "the file is empty"),
    ("a.ipynb", b"{not json", "not a notebook that can be read .*; open it in Jupyter"),
    ("a.ipynb", b"\xff\xfe\x00", "not a notebook that can be read"),
    ("a.ipynb", b"[" * 100_000, "not a notebook that can be read"),
    ("a.ipynb", b"[]", "a file without cells"),
    ("a.ipynb", b'{"worksheets": []}', "a file without cells"),
    ("a.ipynb", b" " * MAX_BYTES + b"{}", "larger than 20 MB"),
    ("a.docx", b"x", r"not a notebook \(.docx\)"),
    ("a.py", b"x = 1", r"not a notebook \(.py\)"),
    ("a", b"x", r"not a notebook \(no suffix\)"),
    ("a.zip", b"x", r"a broken zip \(BadZipFile\); hand in the .ipynb file"),
    ("a.zip", zipped(), "the zip is empty; hand in the .ipynb file"),
    (
        "a.zip",
        zipped(a_dot_docx="x", b_dot_csv=""),
        "the zip holds no .ipynb file; hand in that file itself",
    ),
    ("a.zip", zipped(a_dot_ipynb=b" " * (3 * MAX_BYTES)), "the file is empty"),
]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    BROKEN,
)
def test_file_that_cannot_be_graded_says_why(tmp_path, name, content, fault):
    put(tmp_path, name, content)
    (found,) = collect(tmp_path)
    assert found.student == "a"
    assert re.search(fault, found.fault)


def test_student_is_named_by_the_file_or_by_the_zip_with_one_notebook(tmp_path):
    put(tmp_path, "alice.ipynb", EMPTY)
    put(tmp_path, "section 2/bob.ipynb", EMPTY)
    put(tmp_path, "carol.zip", zipped(homework_dot_ipynb=EMPTY, ShiftedGenes_dot_csv="gene"))
    put(tmp_path, "class.zip", zipped(x__dan_dot_ipynb=EMPTY, eve_dot_ipynb=EMPTY))
    put(tmp_path, ".ipynb_checkpoints/alice-checkpoint.ipynb", EMPTY)
    put(tmp_path, "__MACOSX/x.ipynb", EMPTY)
    put(tmp_path, "grades_by_hand.csv", b"student,question,points\n")
    found = {each.student: each.fault for each in collect(tmp_path)}
    assert found == dict.fromkeys(["alice", "bob", "carol", "dan", "eve"], "")


def test_name_that_is_a_path_elsewhere_is_taken_for_its_last_part(tmp_path):
    evil = io.BytesIO()
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("../../etc/mallory.ipynb", EMPTY)
        archive.writestr("..\\..\\=cmd|x.ipynb", EMPTY)
        archive.writestr("/con.ipynb", EMPTY)
    put(tmp_path, "class.zip", evil.getvalue())
    found = {each.student for each in collect(tmp_path)}
    assert found == {"mallory", "_cmd_x", "_con"}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("jose\u0301", "jos\u00e9"),  # as macOS writes it
        ("jose\u0300", "jos\u00e8"),
        ("\u092a\u094d\u0930\u093f\u092f\u093e", "\u092a\u094d\u0930\u093f\u092f\u093e"),  # Priya
        ("\U00020000" * 80, "\U00020000" * 30),
    ],
)
def test_name_in_any_script_is_kept_as_far_as_a_disk_takes_it(tmp_path, name, student):
    put(tmp_path, "class.zip", zipped(**{f"{name}.ipynb": EMPTY, "bob.ipynb": EMPTY}))
    assert {each.student for each in collect(tmp_path)} == {student, "bob"}


def test_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    put(tmp_path, "class.zip", zipped(a_dot_ipynb=EMPTY, b_dot_ipynb=EMPTY))
    monkeypatch.setattr(collecting, "MAX_TOGETHER", 2 * len(EMPTY) - 1)
    (found,) = collect(tmp_path)
    assert re.search(r"the zip's notebooks are larger than \d+ MB; unpack it", found.fault)


def test_file_that_breaks_its_way_of_packing_is_refused(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", EMPTY)
    content = bytearray(content.getvalue())
    content[41:60] = b"\xff" * 19
    put(tmp_path, "a.zip", bytes(content))
    assert "broken in the zip" in collect(tmp_path)[0].fault


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_that_python_unpacks_without_a_limit_is_refused(tmp_path, packed):
    """Four kilobytes can hold four gigabytes of one letter; Python makes all of them at once."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packed) as archive:
        archive.writestr("a.ipynb", b" " * (2 * collecting.MAX_BYTES))
    tracemalloc.start()
    (found,) = collect(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "packed in an unusual way" in found.fault
    assert most < collecting.MAX_BYTES


def test_zip_of_many_long_names_does_not_swell_the_tables(tmp_path):
    members = {f"{number:0500}/bob.ipynb": EMPTY for number in range(50)}
    put(tmp_path, "mallory.zip", zipped(**members))
    (bob,) = collect(tmp_path)
    assert bob.fault.startswith("50 files of this student (mallory.zip/000")
    assert bob.fault.endswith(", and 45 more); keep one, or name each after its student")
    put(tmp_path, "bob.ipynb", EMPTY)
    (note,) = collect(tmp_path)[0].notes
    assert note.endswith(", and 45 more")
    assert len(bob.file + bob.fault + note) < 6000


def test_two_files_of_a_student_are_one_row_and_not_graded(tmp_path):
    put(tmp_path, "alice.ipynb", EMPTY)
    put(tmp_path, "late/Alice.ipynb", EMPTY)
    (found,) = collect(tmp_path)
    words = "2 files of this student (alice.ipynb, late/Alice.ipynb); keep one, or name each after"
    assert found.fault == f"{words} its student"


def test_zip_of_several_notebooks_cannot_void_or_replace_a_students_own_file(tmp_path):
    right = notebook([code("x = 1")])
    put(tmp_path, "bob.ipynb", right)
    put(tmp_path, "mallory.zip", zipped(mallory_dot_ipynb=EMPTY, bob_dot_ipynb=EMPTY))
    bob, mallory = collect(tmp_path)
    note = "from mallory.zip, a zip of 2 notebooks: may its owner hand this in?"
    assert (bob.digest, bob.fault, bob.file) == (hashlib.sha256(right).hexdigest(), "", "bob.ipynb")
    passed_over = "passed over, since the student's own file counts: mallory.zip/bob.ipynb"
    assert (bob.notes, mallory.notes) == ((passed_over,), (note,))


def test_two_zips_that_name_one_student_are_both_named_in_that_students_row(tmp_path):
    put(tmp_path, "x.zip", zipped(ann_dot_ipynb=EMPTY, bob_dot_ipynb=EMPTY))
    put(tmp_path, "y.zip", zipped(zoe_dot_ipynb=EMPTY, Bob_dot_ipynb=b"{"))
    found = {each.student.casefold(): each for each in collect(tmp_path)}
    fault = "2 files of this student (x.zip/bob.ipynb, y.zip/Bob.ipynb); keep one, or name each "
    fault += "after its student"
    assert found["bob"].fault == fault
    assert len(found["bob"].notes) == 2
    assert [len(found[name].notes) for name in ("ann", "zoe")] == [1, 1]


def test_rows_from_a_zip_of_several_notebooks_are_flagged_but_not_in_the_feedback(folder):
    put(folder / "in", "class.zip", zipped(eve_dot_ipynb=EMPTY, fay_dot_ipynb=b"{"))
    rows = run(folder)
    for name in ("eve", "fay"):
        assert "from class.zip, a zip of 2 notebooks" in rows[name]["flags"]
        assert "class.zip" not in (folder / "out/feedback" / f"{name}.md").read_text("utf-8")
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert summary.count("from class.zip, a zip of 2 notebooks") == 2


def test_hidden_notebook_gets_a_row_and_what_systems_add_does_not(tmp_path):
    put(tmp_path, ".ada.ipynb", EMPTY)
    put(tmp_path, ".bob.ZIP", zipped(x_dot_ipynb=EMPTY))
    for name in ("._ada.ipynb", ".DS_Store", ".git/x.ipynb", ".gitignore", "x/._ada.zip"):
        put(tmp_path, name, b"x")
    assert [each.student for each in collect(tmp_path)] == ["ada", "bob"]


def test_control_characters_in_a_files_name_are_shown_by_number(tmp_path):
    put(tmp_path, "x.zip", zipped(**{"a\x1b[31m.ipynb": EMPTY, "b\x9b.ipynb": EMPTY}))
    assert {each.file for each in collect(tmp_path)} == {"x.zip/a%1B[31m.ipynb", "x.zip/b%9B.ipynb"}
    put(tmp_path, "x.zip", zipped(**{"a\u202ebpyni.ipynb": EMPTY, "b\u2028c.ipynb": EMPTY}))
    shown = {name for each in collect(tmp_path) for name in (each.file, *each.notes)}
    assert not [name for name in shown if "\u202e" in name or "\u2028" in name]


@pytest.mark.parametrize("name", ["CON", "con.x", "Com1", "LPT\u00b9", "COM\u00b2.old", "conout"])
def test_name_that_windows_keeps_for_itself_is_changed(name):
    assert read_submission(f"{name}.ipynb", EMPTY).student == f"_{name}"


def test_encrypted_zip_is_refused(tmp_path):
    content = bytearray(zipped(a_dot_ipynb=EMPTY))
    content[6] |= 1  # the flags of the local header, and of the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    put(tmp_path, "a.zip", bytes(content))
    assert "encrypted" in collect(tmp_path)[0].fault


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_is_not_followed(tmp_path):
    put(tmp_path, "real/bob.ipynb", EMPTY)
    (tmp_path / "alice.ipynb").symlink_to(tmp_path / "real" / "bob.ipynb")
    (tmp_path / "loop").symlink_to(tmp_path)
    faults = {each.student: each.fault for each in collect(tmp_path)}
    assert faults["bob"] == ""
    assert "a link" in faults["alice"]
    assert "a link" in faults["loop"]


def test_file_whose_name_only_ends_like_that_of_the_hand_grades_gets_a_row(tmp_path):
    put(tmp_path, "ada_grades_by_hand.csv", b"x")
    (found,) = collect(tmp_path)
    assert found.fault.startswith("not a notebook (.csv)")


MOODLE = "Ada L_17_assignsubmission_file"
BLACKBOARD = "HW 1_j_smith_attempt_2026-02-0"


def test_download_of_a_platform_names_students_and_its_own_files_are_no_students(tmp_path):
    put(tmp_path, f"{MOODLE}/hw.ipynb", EMPTY)
    put(tmp_path, f"{MOODLE}/ShiftedGenes.csv", b"gene")
    put(tmp_path, "Bob_18_assignsubmission_file/hw.docx", b"x")
    put(tmp_path, "Ada L_17_assignsubmission_onlinetext/onlinetext.html", b"<p>see file")
    ada, bob = collect(tmp_path)
    assert (ada.student, ada.name, ada.fault) == ("Ada_L-17", "Ada L", "")
    assert ada.owner.id == "17"
    assert (bob.student, bob.platform) == ("Bob-18", "Moodle")
    assert bob.fault == "not a notebook (.docx); hand in the .ipynb file"


def test_two_students_of_one_name_stay_two(tmp_path):
    for number in (17, 18):
        put(tmp_path, f"{'Ada' * 60}_{number}_assignsubmission_file_/hw.ipynb", EMPTY)
    assert [each.student[-3:] for each in collect(tmp_path)] == ["-17", "-18"]


def test_last_attempt_counts_where_the_platform_keeps_all(tmp_path):
    put(tmp_path, f"{BLACKBOARD}1-13-45-10_hw.ipynb", EMPTY)
    put(tmp_path, f"{BLACKBOARD}1-13-45-10.txt", b"Name: J")
    put(tmp_path, f"{BLACKBOARD}3-08-00-00_hw.ipynb", b"")
    (found,) = collect(tmp_path)
    assert found.fault.startswith("the file is empty")
    assert found.owner.submitted.day == 3


def test_two_notebooks_of_one_attempt_are_for_the_instructor_to_decide(tmp_path):
    put(tmp_path, f"{MOODLE}/hw.ipynb", EMPTY)
    put(tmp_path, f"{MOODLE}/old.ipynb", EMPTY)
    (found,) = collect(tmp_path)
    assert "2 files of this student" in found.fault


def test_zip_in_a_download_is_its_students_whatever_names_are_in_it(tmp_path):
    put(tmp_path, "eve_17_301_all.zip", zipped(ada_18_302_hw_dot_ipynb=EMPTY))
    put(tmp_path, "ada_18_302_hw.ipynb", EMPTY)
    assert {each.owner.id: each.fault for each in collect(tmp_path)} == {"17": "", "18": ""}


def test_file_that_the_platform_cannot_have_named_is_flagged(tmp_path):
    put(tmp_path, "ada_18_302_hw.ipynb", EMPTY)
    put(tmp_path, "bob.ipynb", EMPTY)
    notes = {each.student: each.notes for each in collect(tmp_path)}
    assert notes == {"ada-18": (), "bob": ("not named as Canvas names files: whose is it?",)}
