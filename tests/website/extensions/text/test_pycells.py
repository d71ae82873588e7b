"""A check on the page is run when the book is built: on the start, and on the solution."""

import pytest

from website.extensions.gate.times import count_words
from website.extensions.text.page import read_page
from website.extensions.text.pycells import pycell_faults, read_exercise

GOOD = """\
Write `double`.

--- code
def double(x):
    ...
--- hint
Two times.
--- hint
`2 * x`.
--- solution
def double(x):
    return 2 * x
--- check
assert double(3) == 6, f"double(3) must be 6, not {double(3)}"
print("Six.")
""".splitlines()


def changed(old, new):
    assert old in GOOD
    return [new if line == old else line for line in GOOD]


def test_parts_are_read():
    found = read_exercise(GOOD)
    assert found.words[1] == ["Write `double`.", ""]
    assert found.code == "def double(x):\n    ..."
    assert found.hints == [(6, ["Two times."]), (8, ["`2 * x`."])]


def test_good_exercise_has_no_fault(capsys):
    assert pycell_faults(GOOD) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (changed("    ...", "    return x + x"), "accepts the code that a reader starts from"),
        (changed("    return 2 * x", "    return 3 * x"), "fails its check"),
        (changed("--- check", "--- hint"), "a pycell with a check needs a solution"),
        ([*GOOD[:2], *GOOD[5:]], "has no code to start from"),
        (GOOD[2:], "says nothing"),
        ([*GOOD, *["--- hint", "More."] * 2], "has 4 hints"),
    ],
)
def test_fault_is_named(lines, words):
    ((_, message),) = pycell_faults(lines)
    assert words in message


def test_cell_to_try_things_in_needs_no_check():
    assert pycell_faults(["Try it.", "--- code", "1 + 1"]) == []


def test_words_and_hints_are_prose_and_code_is_not():
    page = read_page("\n".join([":::{pycell}", *GOOD, ":::"]))
    assert count_words(page) == 3  # Write, Two, times
    last = page.fences[0].blocks[-2]
    assert (last.line, last.token.content) == (10, "`2 * x`.")
