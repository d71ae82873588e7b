"""The page for marking holds what it must and nothing that acts; codes stay as they are."""

import base64
import csv
import hashlib
import io
import json
import re

import pytest

from homework_tools.grading.marking.codes import LETTERS, student_codes
from homework_tools.grading.marking.given import Given, write_marking
from homework_tools.grading.marking.marks import Mark
from homework_tools.grading.marking.page import marking_page
from homework_tools.grading.marking.to_read import TO_READ, to_read_table

HOSTILE = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ]]> \u2028\u202e"
RECORDS = [
    {"student": "Ada_L-17", "name": "Ada L", "answers": {"3": HOSTILE, "5": ""}},
    {"student": "Bob-18", "name": "Bob", "answers": {"3": "Mine.", "5": "Yours."}},
]


def data_of(page):
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(text)


@pytest.fixture
def codes(tmp_path):
    return student_codes(tmp_path, ["Ada_L-17", "Bob-18"])


def test_students_words_are_data_in_which_no_markup_is_left(master, codes):
    marked = [RECORDS[0], RECORDS[1] | {"marks": {"3": Mark(2, "Good")}}]
    page = marking_page(master, marked, codes)
    assert page.lower().count("<script") == page.lower().count("</script") == 2
    assert "onerror" not in page.replace("onerror=alert(2)\\u003e", "")
    by_question = {each["question"]: each for each in data_of(page)["questions"]}
    texts = {answer["label"]: answer for answer in by_question["3"]["answers"]}
    assert texts["Ada L"]["text"] == HOSTILE.replace("\u2028\u202e", r"\u2028\u202e")
    assert (texts["Ada L"]["given"], texts["Bob"]["given"]["points"]) == (None, 2)
    assert [answer["label"] for answer in by_question["5"]["answers"]] == ["Bob"]
    assert [line["points"] for line in by_question["3"]["rubric"]] == [1, 1, 1]
    assert not by_question["3"]["asked"].startswith("#")
    assert (by_question["3"]["title"], by_question["5"]["title"]) == (
        "3: 3 points, 2 answers",
        "5: 3 points, 1 answer",
    )


def test_page_lets_its_own_script_and_style_act_and_asks_no_host(master, codes):
    page = marking_page(master, RECORDS, codes)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; ")
    for tag, attribute in (("script", ' type="module"'), ("style", "")):
        (text,) = re.findall(rf"<{tag}{attribute}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
        assert not re.search(r"^(import|export) ", text, re.M)
    assert not re.search(r"https?://|(src|href)=\"(?!data:,)", page)


def test_anonymous_page_and_table_hold_neither_name_nor_id(master, codes):
    page = marking_page(master, RECORDS, codes, anonymous=True)
    table = to_read_table(master, RECORDS, codes)
    for word in ("Ada", "Bob", "17", "18"):
        assert not re.search(rf"(?<![\w+/]){word}(?![\w+/=])", json.dumps(data_of(page)))
        assert word not in [line.split(",")[0] for line in table.splitlines()]
    labels = [each["label"] for each in data_of(page)["questions"][1]["answers"]]
    assert labels == list(codes.values())


@pytest.mark.parametrize("students", [["Ada_L-17", "Bob-18"], ["Bob-18", "Ada_L-17"]])
def test_anonymous_table_is_in_the_order_of_the_codes(master, tmp_path, students):
    codes = dict(zip(students, ["XXXXX", "BBBBB"], strict=True))
    write_marking(tmp_path, master, RECORDS, Given(codes), anonymous=True)
    text = (tmp_path / TO_READ).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["student"] for row in rows if row["question"] == "3"] == ["XXXXX", "BBBBB"]


def test_codes_stay_and_new_students_come_last(tmp_path):
    first = student_codes(tmp_path, ["a", "b", "c"])
    later = student_codes(tmp_path, ["0", "c", "a"])
    assert list(later) == [*first, "0"]
    assert {student: later[student] for student in first} == first
    assert len(set(later.values())) == 4
    assert all(re.fullmatch("[A-Z]{5}", code) for code in later.values())


def test_order_of_the_codes_says_nothing_and_no_two_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("homework_tools.grading.marking.codes.LENGTH", 1)
    students = [f"s{n:02}" for n in range(len(LETTERS))]
    found = student_codes(tmp_path, students)
    assert sorted(found) == students != list(found)
    assert set(found.values()) == set(LETTERS)


@pytest.mark.parametrize("text", ["", "student,code\na,X\nb,X\n", "a,b,c\n", "student,code\na\n"])
def test_codes_that_were_spoilt_are_refused(tmp_path, text):
    (tmp_path / "codes.csv").write_text(text)
    with pytest.raises(ValueError, match="put an older copy back"):
        student_codes(tmp_path, ["a"])
