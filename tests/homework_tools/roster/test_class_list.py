"""Class lists: one's own, and what the platforms export."""

import pytest

from homework_tools.roster.class_list import Person, by_id, by_name, read_class_list

ADA = Person("Ada Lovelace", ("17", "ada@uni.org"), "ada@uni.org", "A", "2026-02-09 23:59 +01:00")
OWN = "name,id,email,section,extension\nAda Lovelace,17,ada@uni.org,A,2026-02-09 23:59 +01:00\n"
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework (301)
,,,,,Manual Posting
    Points Possible,,,,,40
"Lovelace, Ada",17,s017,ada,A,
"Student, Test",99,,x,A,
"""
MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade)
Participant 17,Ada Lovelace,ada@uni.org,Submitted,,40.00,-
"""
GRADESCOPE = "First Name,Last Name,SID,Email,Sections\nAda,Lovelace,17,ada@uni.org,A\n"
GITHUB = "identifier,github_username,github_id,name\ns017,ada-l,5,Ada Lovelace\n"

GITHUB_GRADES = (
    "assignment_name,github_username,roster_identifier,points_awarded\nhw,ada-l,s017,0\n"
)


@pytest.fixture
def class_of(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "class.csv"
        path.write_text(text, encoding=encoding)
        return read_class_list(path)

    return read


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (OWN, ADA),
        (OWN.replace(",", ";"), ADA),
        (OWN.replace(",", "\t"), ADA),
        ('id;"notes, if any"\n17;x\n', Person("17", ("17",))),
        ("sep=;\r\nname;id\r\nAda, 1;17\r\n", Person("Ada, 1", ("17",))),
        ("\n;;\nname;id;\nAda;17;\n", Person("Ada", ("17",))),
        ("name\nAda Lovelace\n\n", Person("Ada Lovelace")),
        ("id\n17\n", Person("17", ("17",))),
        (CANVAS, Person("Lovelace, Ada", ("17", "s017", "ada"), section="A")),
        (MOODLE, Person("Ada Lovelace", ("17", "ada@uni.org"), "ada@uni.org")),
        (GRADESCOPE, Person("Ada Lovelace", ("17", "ada@uni.org"), "ada@uni.org", "A")),
        (GITHUB, Person("Ada Lovelace", ("s017", "ada-l"))),
        (GITHUB_GRADES, Person("ada-l", ("ada-l", "s017"))),
    ],
)
def test_student_of_the_list_is_read(class_of, text, person):
    assert class_of(text) == [person]
    assert class_of(text, "utf-8-sig") == [person]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"class.csv:1: no column says who a student is; name one of them: name, student, id"),
        ("points\n3\n", "class.csv:1: no column"),
        ("name,id,section\nAda,1,A\n,,B\n", "class.csv:3: a row with neither a name nor an id"),
        ("name,id\nAda,1\nBob,1\n", "class.csv: '1' is there twice"),
        ("name,email\nAda,a@b.org\nBob,A@B.org\n", "class.csv: 'a@b.org' is there twice"),
        ("name,extension\nAda,Friday\n", "class.csv:2: the extension: 'Friday' is not a day, a t"),
        ("name,id\n\n", "class.csv: no student below the header; write one per line"),
        ("name\nAda\nAda\n", "class.csv: 'ada' is there twice"),
        ("name\nLovelace, Ada\n", "class.csv:2: more cells than the header has; put text that ho"),
        ("sep=;\n\nname;id\nL;A;1\n", "class.csv:4: more cells .* holds ';' into quotation m"),
        ('name,id\nAda,1\n"Bob,2\nCy,3\n', "class.csv:3: the quotation marks from here on are"),
        (f'name,id\n"Ada,{"1" * 200_000}\n', "class.csv:2: the quotation marks from here on"),
    ],
)
def test_list_that_cannot_be_used_says_why(class_of, text, message):
    with pytest.raises(ValueError, match=message):
        class_of(text)


def test_two_students_may_share_a_name_if_their_ids_differ(class_of):
    people = class_of("name,id\nAda,1\nAda,2\nBob,3\n")
    assert by_id(people) == dict(zip("123", people, strict=True))
    assert by_name(people) == {"bob": people[2]}


def test_student_is_known_by_ids_and_address_in_any_case_and_a_name_is_no_id():
    bob = Person("17", ("Participant 18",))
    assert by_id([ADA, bob]) == {"17": ADA, "ada@uni.org": ADA, "18": bob}
    assert by_name([ADA, bob]) == {"ada lovelace": ADA, "ada_lovelace": ADA, "17": bob}
