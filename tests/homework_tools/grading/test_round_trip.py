"""From a platform's download to its gradebook: who handed in, when, and what goes back."""

import csv
import errno
import io
import re
import zipfile
from datetime import timedelta

import pytest

from homework_tools.grading.collect import collect, opened
from homework_tools.grading.enrollment import facts_of
from homework_tools.master.due_date import read_due
from homework_tools.master.read import read_master
from tests.homework_tools.roster.test_layouts import DOWNLOADS
from tests.homework_tools.submissions import EMPTY, file_with_cells, put, run, zipped

MASTER = read_master()
COLUMN = f"{MASTER.settings.title} (301)"
COLUMN = f'"{COLUMN}"' if "," in COLUMN else COLUMN  # as Canvas writes it
CANVAS = f"""\
Student,ID,SIS Login ID,Section,{COLUMN},Quiz (302)
    Points Possible,,,,40,10
"Lovelace, Ada",17,ada,A,,9
"Turing, Alan",18,alan,A,,8
"Hopper, Grace",19,grace,B,,7
"Absent, Al",20,al,B,,6
"""
MOODLE = """\
Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)
Participant 17,Ada L,ada@uni.org,,40.00,-
Participant 18,Ada L,other@uni.org,,40.00,-
"""
METADATA = """\
submission_301:
  :submitters:
  - :name: Ada L
    :sid: s017
    :email: ada@uni.org
  :created_at: 2026-02-04 08:00:00.000000000 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
"""


@pytest.fixture(scope="module")
def solved_notebook(master):
    """Return a notebook with every function right and every free text empty: 28 of 40 points."""
    return file_with_cells(master)


@pytest.fixture(scope="module")
def answered_notebook(master):
    return file_with_cells(master, answer="Because of noise.")


def zip_of(folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


def test_canvas_from_its_download_to_its_gradebook(
    tmp_path, solved_notebook, answered_notebook, capsys
):
    put(tmp_path / "in", "lovelaceada_17_301_hw-1.ipynb", solved_notebook)
    put(tmp_path / "in", "turingalan_LATE_18_302_hw.ipynb", answered_notebook)
    put(tmp_path / "in", "hoppergrace_19_303_hw.docx", b"x")
    exported = put(tmp_path, "canvas.csv", CANVAS.encode("utf-8-sig"))
    rows = run(tmp_path, "--class", str(exported), "--gradebook", str(exported))
    assert {name: row["total"] for name, row in rows.items()} == {
        "Hopper, Grace": "", "Lovelace, Ada": "28", "Turing, Alan": "28"}  # fmt: skip
    assert (rows["Lovelace, Ada"]["id"], rows["Lovelace, Ada"]["section"]) == ("17", "A")
    assert [row["days_late"] for row in rows.values()] == ["", "", "late"]
    filled = (tmp_path / "out" / "canvas.csv").read_bytes()
    assert filled == CANVAS.replace("ada,A,,9", "ada,A,28,9").encode("utf-8-sig")
    assert exported.read_bytes() == CANVAS.encode("utf-8-sig")
    said = capsys.readouterr().out
    assert "Submissions from Canvas: 3, not graded: 1." in said
    assert "1 of the class handed in nothing" in said
    assert "Rows left as they are, not graded or with free text to be read: 2\n" in said
    assert f"Gradebook of Canvas: {tmp_path / 'out' / 'canvas.csv'}, rows filled: 1\n" in said
    summary = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert "## Handed in nothing\n\n- Absent, Al" in summary
    with zipfile.ZipFile(tmp_path / "out" / "feedback.zip") as archive:
        assert archive.namelist() == [
            "hoppergrace_19_303_feedback.md",
            "lovelaceada_17_301_feedback.md",
            "turingalan_LATE_18_302_feedback.md",
        ]
        assert b"**28 of 40 points**" in archive.read("lovelaceada_17_301_feedback.md")
    exported.write_bytes(filled.replace(b"A,28,9", b"A,27.00,9"))  # points of an earlier run
    run(tmp_path, "--class", str(exported), "--gradebook", str(exported))
    assert "  other points before: Lovelace, Ada: 27.00 → 28\n" in capsys.readouterr().out


def test_moodle_from_its_zip_to_its_worksheet(tmp_path, solved_notebook):
    put(tmp_path / "in", "Ada L_17_assignsubmission_file/hw.ipynb", solved_notebook)
    put(tmp_path / "in", "Ada L_18_assignsubmission_file/hw.ipynb", b"{")
    put(tmp_path, "in.zip", zip_of(tmp_path / "in"))
    exported = put(tmp_path, "moodle.csv", MOODLE.encode())
    options = ["--class", str(exported), "--gradebook", str(exported)]
    rows = run(tmp_path, *options, download="in.zip")
    assert {name: row["total"] for name, row in rows.items()} == {
        "Ada L (17)": "28",
        "Ada L (18)": "",
    }
    filled = (tmp_path / "out" / "moodle.csv").read_text(encoding="utf-8")
    assert filled == MOODLE.replace("ada@uni.org,,", "ada@uni.org,28,")
    with zipfile.ZipFile(tmp_path / "out" / "feedback.zip") as archive:
        assert "Ada L_17_assignsubmission_file/feedback.md" in archive.namelist()


@pytest.mark.parametrize("example", DOWNLOADS, ids=lambda example: example[0])
def test_each_layout_tells_whose_a_notebook_is_and_when_it_came(tmp_path, example):
    platform, path, owner, added = example
    put(tmp_path, path, EMPTY)
    if added:
        told = METADATA if added.endswith(".yml") else "2026-02-04 08:00:00.0 UTC"
        put(tmp_path, added, told.encode())
    (found,) = collect(tmp_path)
    facts = facts_of(found, read_due("2026-02-02 23:59 +00:00"))
    assert (found.platform, found.fault) == (platform, "")
    assert facts["id"] == ("s017" if platform == "Gradescope" else owner.id)
    if platform in ("Gradescope", "nbgrader", "nbgrader's exchange"):
        assert facts["submitted"][:10] in ("2026-02-04", "2026-02-01")
        assert facts["days_late"] == (2 if facts["submitted"][9] == "4" else 0)


def test_extension_counts_before_the_due_date_and_late_days_are_whole(tmp_path):
    due = MASTER.settings.due
    ada, extended, bob = (due + timedelta(hours=hours) for hours in (10, 36, 48.1))
    for name, sent in (("ada_l", ada), ("bob", bob)):
        put(tmp_path / "in", f"HW 1_{name}_attempt_{sent:%Y-%m-%d-%H-%M}-00_hw.ipynb", b"{")
    listed = f"name,id,extension\nAda,ada_l,{extended.isoformat(' ', 'minutes')}\nBob,bob,\n"
    listed = re.sub(r"(\d)([+-]\d\d:\d\d)", r"\1 \2", listed)
    rows = run(tmp_path, "--class", str(put(tmp_path, "class.csv", listed.encode())))
    late = {row["id"]: (row["submitted"], row["due"], row["days_late"]) for row in rows.values()}
    assert late == {
        "ada_l": (f"{ada:%Y-%m-%d %H:%M}", extended.isoformat(" ", "minutes"), "0"),
        "bob": (f"{bob:%Y-%m-%d %H:%M}", due.isoformat(" ", "minutes"), "3"),
    }


def test_student_found_by_name_alone_gets_no_row_of_the_gradebook(tmp_path, folder, capsys):
    table = put(tmp_path, "class.csv", b"name,id,points\nAlice,17,\nBob,bob,\n")
    rows = run(folder, "--class", str(table), "--gradebook", str(table), "--column", "points")
    assert rows["alice"]["flags"].startswith("found on the class list by the name alone")
    assert rows["carol"]["flags"].endswith("not on the class list")
    assert (folder / "out" / "class.csv").read_bytes() == table.read_bytes()  # bob's text is unread
    assert "graded, but in no row by id: alice" in capsys.readouterr().out


def test_gradebook_that_cannot_be_filled_is_refused_before_anything_is_graded(folder):
    table = put(folder, "class.csv", b"id,points\n17,\n")
    with pytest.raises(SystemExit, match="no column is called 'Points of 3'"):
        run(folder, "--gradebook", str(table), "--column", "Points of 3")
    assert not (folder / "out").exists()


def test_two_files_of_one_student_of_the_class_are_refused(folder, tmp_path):
    table = put(tmp_path, "class.csv", b"name,id,email\nAlice,alice,bob\n")
    with pytest.raises(
        SystemExit, match="alice and bob are both Alice of the class list; keep one"
    ):
        run(folder, "--class", str(table))


@pytest.mark.parametrize(("name", "content"), [("x.zip", b"no"), ("x.txt", b""), ("nothing", None)])
def test_download_that_cannot_be_opened_says_so(tmp_path, name, content):
    if content is not None:
        put(tmp_path, name, content)
    why = r"x\.zip can't be unpacked|neither a folder nor a \.zip"
    with pytest.raises(ValueError, match=why), opened(tmp_path / name):
        pass


def test_name_that_is_too_long_for_the_disk_is_cut_in_the_students_own_part(tmp_path):
    names = [f"Ada_17_assignsubmission_file_/{'作业' * 60}{n}.ipynb" for n in (1, 2)]
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, content in zip(names, (b"{", EMPTY), strict=True):
            archive.writestr(name, content)
    with opened(tmp_path / "x.zip") as folder:
        (found,) = collect(folder)
        assert len(list(folder.rglob("*.ipynb"))) == 2
    assert (found.owner.id, found.fault[:24]) == ("17", "2 files of this student ")


def test_download_for_which_the_disk_has_no_room_says_where(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    put(tmp_path, "x.zip", zipped(a_dot_ipynb=EMPTY))
    monkeypatch.setattr(zipfile.ZipFile, "extract", full)
    with (
        pytest.raises(OSError, match=r"No space left on device: .*download-"),
        opened(tmp_path / "x.zip"),
    ):
        pass


def test_student_cannot_claim_another_by_a_file_of_the_platforms(tmp_path):
    put(tmp_path, "a_export/submission_301/hw.ipynb", EMPTY)
    put(tmp_path, "a_export/submission_301/submission_metadata.yml", METADATA.encode())
    (found,) = collect(tmp_path)
    assert found.owner.id == "301"


def test_broken_metadata_of_gradescope_is_refused(tmp_path):
    put(tmp_path, "a_export/submission_301/hw.ipynb", EMPTY)
    put(tmp_path, "a_export/submission_metadata.yml", b"submission_301: {}\n")
    with pytest.raises(ValueError, match="not as Gradescope writes it"):
        collect(tmp_path)


def test_table_of_scores_has_no_formula_in_a_platforms_facts(tmp_path):
    put(tmp_path / "in", "hw-submissions/hw-=cmd/hw.ipynb", b"{")
    run(tmp_path)
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
