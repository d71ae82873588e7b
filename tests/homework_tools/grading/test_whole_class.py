"""The command that grades a simulated class works; it is run on a few of its submissions here."""

import pytest

from tests.homework_tools.whole_class import grade_class, lost, main, submissions, write_class


@pytest.fixture(scope="module")
def graded():
    return grade_class(every=15)


def test_class_is_large_and_of_every_kind(master, tmp_path):
    written = write_class(master, tmp_path / "in")
    assert len(written) >= 120
    assert {kind for kind, _ in written.values()} == set(EXPECTED)
    assert len(list((tmp_path / "in").iterdir())) == len(list(submissions(master)))


EXPECTED = {
    "right": lambda name, lost, row: lost == [],
    "mutant": lambda name, lost, row: lost == [name.partition(":")[0]],
    "hostile": lambda name, lost, row: lost == ["2"],
    "forged": lambda name, lost, row: row["total"] == "0",
    "broken": lambda name, lost, row: row["flags"].startswith("not graded: "),
}


def test_each_loses_points_where_it_should(master, graded):
    written, rows, _ = graded
    assert set(rows) == set(written)
    wrong = {
        student: rows[student]
        for student, (kind, name) in written.items()
        if not EXPECTED[kind](name, list(lost(master, rows[student])), rows[student])
    }
    assert wrong == {}


def test_table_has_a_line_for_each_and_the_time(capsys):
    main(["--every", "100"])
    *table, wall = capsys.readouterr().out.splitlines()
    lines = [line for line in table if line.startswith("| ")]
    assert lines[0].startswith("| right | ")
    assert lines[0].endswith(" | nothing |")
    assert wall.startswith(f"{len(lines)} submissions in ")
