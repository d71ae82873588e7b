"""What the page computes and saves, by its own modules in Node, and what the grader reads of it."""

import json
from pathlib import Path

import pytest

from homework_tools.grading.marking.hand_grades import read_hand_grades
from homework_tools.grading.marking.marks import Mark, Students
from tests.homework_tools.submissions import put
from website.node import run_node


@pytest.fixture(scope="module")
def made():
    return json.loads(run_node(Path(__file__).with_name("saved_file.mjs")))


def test_grader_and_page_read_what_the_page_saves(made, tmp_path, master):
    path = put(tmp_path, "g.csv", made["text"].encode())
    students = Students([('Ada "A", L', "ada"), ("=B", "b")])
    grades, left_out = read_hand_grades([path], master, students)
    mark = Mark(1.5, "two\nlines,\r\n; é", ("a", "b"), "v1")
    assert (grades, left_out) == ({"ada": {"3": mark}}, [])
    first, second = made["back"]
    assert (first["student"], first["comment"]) == ('Ada "A", L', mark.comment)
    assert (second["student"], second["points"], second["saved"]) == ("=B", "", "2026")
    assert 'no column "points"' in made["wrong"]
    assert 'no column "student"' in made["empty"]


def test_points_are_ticks_and_adjustment_within_bounds(made):
    assert made["points"] == [1, 1, 1]
    assert made["twice"] == []
    assert made["bounds"] == [0, 0.3, 2.5, 3]
    given = made["given"]
    assert (given["earned"], given["adjust"], given["marked"]) == (["b"], 1.5, True)


def test_parts_share_the_class_and_files_are_named_by_marker_and_part(made):
    assert made["parts"] == [[1], [2], [1], [2], [1]]
    assert made["names"] == [
        "grades_by_hand-Ann-B-part-1-of-2.csv",
        "grades_by_hand-Zoë.csv",
        "grades_by_hand-marker.csv",
    ]
    assert made["comments"] == ["x", "y"]
