"""The platforms' own tables, filled."""

import pytest

from homework_tools.roster.gradebook import Graded, fill_gradebook

ADA = Graded("Ada", ("17", "ada@uni.org"), 36.5)
BOB = Graded("Bob", ("18",), 0)
CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,RNA-seq (301),Quiz (302),Current Score\n"
    ",,,,,Manual Posting,,(read only)\n"
    "    Points Possible,,,,,40.00,10,(read only)\n"
    '"Lovelace, Ada",17,s017,ada,A,,9,90.0\n'
    '"Turing, Alan",19,s019,alan,A,,8,80.0\n'
    '"Student, Test",99,,x,A,,,\n'
)
MOODLE = (
    '\ufeffIdentifier,"Full name","Email address",Grade,"Maximum grade","Last modified (grade)"\r\n'
    'Participant 17,"Ada Lovelace",Ada@uni.org,,"40,00",-\r\n'
    'Participant 19,"Ada Lovelace",other@uni.org,"12,00","40,00",-\r\n'
)
GRADESCOPE = (
    "First Name,Last Name,SID,Email,RNA-seq,RNA-seq - Max Points\nA,L,17,,,40\nB,T,18,,3,40\n"
)
PLAIN = "id;points\n17;\n18;\n"


@pytest.fixture
def filled(tmp_path):
    def fill(text, *graded, title="RNA-seq", **options):
        path = tmp_path / "grades.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return fill_gradebook(path, list(graded), title=title, out_of=40, **options)

    return fill


def test_canvas_gets_points_in_the_column_of_the_homework(filled):
    book = filled(CANVAS, ADA)
    assert book.platform == "Canvas"
    assert book.text == CANVAS.replace("ada,A,,9", "ada,A,36.5,9")
    assert (book.filled, book.changed, book.no_row) == (("Ada",), (), ())


def test_moodle_gets_points_with_its_own_decimal_mark_and_by_id(filled):
    book = filled(MOODLE, ADA)
    assert book.platform == "Moodle"
    unquoted = MOODLE.replace('"40,00"', "40").replace('"', "").replace("12,00", '"12,00"')
    assert book.text == unquoted.replace(",40,", ',"40,00",').replace("org,,", 'org,"36,5",', 1)


def test_gradescope_and_a_plain_table_are_filled(filled):
    assert filled(GRADESCOPE, ADA).text == GRADESCOPE.replace("17,,,", "17,,36.5,")
    assert filled(PLAIN, ADA, column="points").text == "id;points\n17;36,5\n18;\n"
    excel = "\ufeffsep=;\r\n\r\n" + PLAIN.replace("\n", "\r\n")
    assert filled(excel, ADA, column="points").text == excel.replace("17;", "17;36,5")


def test_points_have_the_decimal_mark_of_most_numbers_in_the_table(filled):
    assert "17;36.5\n" in filled("id;points\n17;\n18;3.5\n", ADA, column="points").text
    assert '17,"36,5"\n' in filled('id,points\n17,\n18,"3,5"\n', ADA, column="points").text


def test_student_who_is_not_graded_keeps_what_was_there_and_zero_is_a_grade(filled):
    book = filled(GRADESCOPE, BOB)
    assert book.text == GRADESCOPE.replace("18,,3,", "18,,0,")
    assert book.changed == ("Bob: 3 → 0",)


@pytest.mark.parametrize(("before", "changed"), [("3.00", ()), ("3,0", ()), ("A", ("Bob: A → 3",))])
def test_points_that_a_platform_writes_otherwise_are_no_change(filled, before, changed):
    text = GRADESCOPE.replace("18,,3,", f'18,,"{before}",')
    assert filled(text, Graded("Bob", ("18",), 3)).changed == changed


def test_graded_student_without_a_row_is_named_and_no_name_is_matched(filled):
    book = filled(MOODLE, Graded("Ada Lovelace", ("20",), 3))
    assert book.no_row == ("Ada Lovelace",)
    assert not book.filled


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (
            CANVAS,
            {"title": "Genes"},
            r"grades.csv:1: no column is called 'Genes'; name .* --column: student, id, ",
        ),
        (CANVAS, {"column": "Current Score"}, "grades.csv:3: the platform computes this column"),
        (
            CANVAS,
            {"column": "Quiz"},
            r"grades.csv:3: this column is out of 10 points, the homework",
        ),
        (
            MOODLE.replace("40,00", "100,00"),
            {},
            "grades.csv:2: this column is out of 100,00 points",
        ),
        (GRADESCOPE, {"column": "r"}, "grades.csv:1: more than one column begins with 'r'"),
        ("", {}, "grades.csv:1: no column"),
    ],
)
def test_table_that_would_show_wrong_grades_is_refused(filled, text, options, message):
    with pytest.raises(ValueError, match=message):
        filled(text, ADA, **options)


def test_id_that_two_graded_students_have_gives_nobody_the_others_points(filled):
    with pytest.raises(ValueError, match=r"grades\.csv:2: the ids of Ada and Eve are both in this"):
        filled(MOODLE, Graded("Ada", ("17",), 3), Graded("Eve", ("17",), 40))


def test_row_with_the_ids_of_two_students_is_refused(filled):
    with pytest.raises(ValueError, match=r"grades\.csv:2: the ids of Ada and Eve are both in this"):
        filled(MOODLE, ADA, Graded("Eve", ("ada@UNI.org",), 40))
