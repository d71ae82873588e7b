"""`course.yml`: each setting has a default, and a wrong one is refused with line and remedy."""

import re

import pytest

import tasks
from homework_tools.master.course import Course, MasterError, course_file, read_course
from homework_tools.master.due_date import read_due

FAULTS = {  # name: (the setting, words of the message)
    "unknown": ("titel: x", "unknown setting `titel`: did you mean `title`?"),
    "unknown and far": ("xyz: x", "unknown setting `xyz`: the settings are course, title, "),
    "twice": ("seed: 1\nseed: 2", "`seed` is there twice"),
    "empty": ("title:", "`title` is empty"),
    "null": ("title: ~", "`title` is empty"),
    "colon": ("term: Spring: 2027", "put text with a colon in quotes"),
    "indented": (" term: x\ntitle: y", "begin each setting at the start of its line"),
    "many": ("author: [Ada, Grace]", "`author` is one value, not ['Ada', 'Grace']"),
    "seed": ("seed: x", "whole number from 0 to 4294967295, not 'x'"),
    "large seed": ("seed: 4294967296", "whole number from 0 to"),
    "day that cannot be": (
        "due: 2027-02-30 10:00 +01:00",
        "'2027-02-30 10:00 +01:00' is not a day",
    ),
    "day without a time": ("due: 2 February 2027", "such as 2026-02-02 23:59 +01:00"),
    "solutions": ("solutions: soon", "must be hidden or released, not 'soon'"),
    "language": (
        "language: english",
        "the tag of a language, such as en, de or pt-BR, not 'english'",
    ),
    "repository": ("repository: github.com/ada/x", "must be an address such as https://"),
    "address to clone": ("repository: https://github.com/a/x.git", "must be an address such as"),
    "color without quotes": ("color_light: #005c91", "must be a color in quotes"),
    "color by name": ("color_dark: red", "must be a color in quotes"),
    "pale": ('color_light: "#ff8800"', " on #f8d9a8 has a contrast of 1.8, .*: take a darker one"),
    "dim": ('color_dark: "#333333"', " on #3d3800 has a contrast of 1.1, .*: take a lighter one"),
    "chapters": ("chapters_off: batch", "is a list such as [batch, designs], not 'batch'"),
    "chapters in a list": ("chapters_off: [[batch]]", "is a list such as [batch, designs], not [["),
}


def read(folder, text):
    path = folder / "course.yml"
    path.write_text(text, encoding="utf-8")
    return read_course(path)


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused_with_line_and_remedy(name, tmp_path):
    setting, words = FAULTS[name]
    line = 2 + setting.count("\n")
    pattern = rf"^course\.yml:{line}: .*{re.escape(words).replace(re.escape('.*'), '.*')}"
    with pytest.raises(MasterError, match=pattern):
        read(tmp_path, f"# A course.\n{setting}\n")


def test_file_that_is_not_in_utf_8_is_refused_with_its_line(tmp_path):
    (tmp_path / "course.yml").write_bytes("term: x\ninstitution: Universität\n".encode("cp1252"))
    with pytest.raises(
        MasterError, match=r"course\.yml:2: not in UTF-8; save it so in your editor"
    ):
        read_course(tmp_path / "course.yml")


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(MasterError) as error:
        read(tmp_path, "titel: x\nseed: 1\nseed: 2\nsolutions: soon\ndue: today\n")
    lines = str(error.value).split("\n")
    assert [line.partition(" ")[0] for line in lines] == [f"course.yml:{n}:" for n in (1, 3, 4, 5)]
    assert lines[3].startswith("course.yml:5: `due`: 'today' is not a day")


def test_what_is_no_table_of_settings_is_refused(tmp_path):
    with pytest.raises(MasterError, match=r"course\.yml:1: write one `setting: value` per line"):
        read(tmp_path, "- a\n")


def test_empty_file_and_no_file_give_the_book_as_it_is(tmp_path):
    assert read(tmp_path, "") == read(tmp_path, "# nothing\n") == Course()
    assert read_course(tmp_path / "absent.yml") == Course()


def test_null_is_an_empty_value_and_in_quotes_a_text(tmp_path):
    assert read(tmp_path, "term: ~\ncourse: null\nchapters_off: ~\n") == Course()
    assert read(tmp_path, "term: '~'\n").term == "~"


def test_every_setting_is_read(tmp_path):
    text = """\
course: BIO 312
title: "Genes: a course"
author: Ada L.
institution: Example University
term: 2027
language: no
repository: https://github.com/ada/genes
due: 2027-03-03 12:00 +01:00
seed: 45
solutions: released
color_light: "#7A1F5C"
color_dark: "#F0A0D0"
chapters_off: [batch, designs.md]
"""
    found = read(tmp_path, text)
    assert found == Course(
        course="BIO 312",
        title="Genes: a course",
        author="Ada L.",
        institution="Example University",
        term="2027",
        language="no",
        repository="https://github.com/ada/genes",
        due=read_due("2027-03-03 12:00 +01:00"),
        seed=45,
        solutions="released",
        color_light="#7a1f5c",
        color_dark="#f0a0d0",
        chapters_off=("batch", "designs"),
    )
    assert found.where == ("BIO 312", "Example University", "2027")


def test_the_file_shows_each_setting_with_its_default(tmp_path):
    lines = (tasks.ROOT / "course.yml").read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("# ") for line in lines if re.match(r"(# )?[a-z_]+:( |$)", line)]
    assert [line.partition(":")[0] for line in shown] == list(Course.__dataclass_fields__)[:-2]
    if all(line.startswith("#") for line in lines if line):
        assert read(tmp_path, "\n".join(shown)) == Course()


def test_a_book_without_settings_of_its_own_has_those_of_the_project(tmp_path):
    assert course_file(tmp_path) == tasks.ROOT / "course.yml"
    read(tmp_path, "")
    assert course_file(tmp_path) == tmp_path / "course.yml"
