"""The hidden tests accept every right solution and find the fault of every wrong one."""

import functools
import itertools
from collections import Counter, defaultdict

import pytest

from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.sandbox.host.sandbox import Limits, Sandbox
from tests.homework_tools.submissions import answers, earned, with_cells


@pytest.fixture(scope="module")
def grade(master):
    """Return a function that grades the solved notebook with other cells."""
    tests = HiddenTests(master)
    calls = itertools.count()

    @functools.cache
    def grade(*cells):
        if sandbox.kind == "subprocess" and next(calls) % 4:
            pytest.skip("Linux does them all; here each takes seconds, so one in four is done")
        return tests.grade(with_cells(master, *cells), sandbox)

    with Sandbox(Limits(call_s=60, total_s=300)) as sandbox:
        yield grade


@functools.cache
def full_points(master):
    return {cell.question: master.points(cell.question) for cell in master.code("hidden-test")}


def lost(master, record):
    """Return the questions that lost points, with what was said."""
    points = earned(master, record)
    return {
        question: [test["feedback"] for test in record["tests"] if test["question"] == question]
        for question, full in full_points(master).items()
        if points[question] < full
    }


@functools.cache
def notebooks(kind):
    """Return the cells of few notebooks by question: each holds one answer to each at most."""
    made, filled = defaultdict(dict), Counter()
    for question, _, code in answers(kind):
        made[filled[question]][question] = code
        filled[question] += 1
    return list(made.values())


def among_others(kind, code):
    """Return the notebook that holds an answer."""
    return next(cells for cells in notebooks(kind) if code in cells.values())


@pytest.mark.parametrize(
    ("question", "name", "code"),
    [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in answers("mutants")],
)
def test_wrong_solution_loses_points_on_its_question(master, grade, question, name, code):
    cells = among_others("mutants", code)
    record = grade(*cells.values())
    assert list(lost(master, record)) == list(cells)
    assert record["flags"] == []


@pytest.mark.parametrize("question", notebooks("mutants")[0])
def test_wrong_solution_loses_points_on_no_other_question(master, grade, question):
    record = grade(notebooks("mutants")[0][question])
    assert list(lost(master, record)) == [question]


@pytest.mark.parametrize(
    ("question", "name", "code"),
    [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in answers("alternatives")],
)
def test_right_solution_of_another_kind_gets_full_points(master, grade, question, name, code):
    assert lost(master, grade(*among_others("alternatives", code).values())) == {}


@pytest.mark.filterwarnings("ignore:Boolean Series key will be reindexed:UserWarning")
@pytest.mark.parametrize(
    ("question", "name", "code"),
    [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in answers("alternatives")],
)
def test_right_solution_of_another_kind_passes_every_check_that_students_see(
    master, solved_names, tmp_path, monkeypatch, question, name, code
):
    monkeypatch.chdir(tmp_path)
    names = dict(solved_names)
    exec(code, names)
    for cell in master.code("check"):
        exec(cell.source, names)


STUDENT = ["t_stat is not Student's t", "p_value is not the two-sided p-value of Student's test"]
WELCH = ["t_stat is Welch's t; Student's has one variance", "p_value is that of Welch's test"]
KEPT, DROPPED = "kept a gene that is missing too often", "dropped a gene that is not missing too"
SIGN = "delta has the wrong sign: it is Treatment - Control"
NONE = "count_true_genes returned None; is there a return?"


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("2", "drops a gene at the maximum", ["use <=, not <"]),
        (
            "2",
            "has the maximum written into the code",
            [KEPT, KEPT, "True for a gene that is miss"],
        ),
        ("2", "gives missingness in percent", ["in percent; it must be from 0 to 1"]),
        ("1b", "sorts upward", ["raises the least: the wrong end"] * 3),
        ("4a", "flips the sign", [SIGN, "t_stat has the wrong sign", SIGN, SIGN, SIGN]),
        ("4a", "rounds its results", [" is rounded"] * 7),
        ("4a", "does Welch's test", WELCH),
        ("4b", "takes the largest p-values", ["took the largest p-values: the wrong end"] * 2),
        ("4d", "counts the rows of top", ["counts too many", "without a path: not the number"]),
        ("4a", "does a rank test", STUDENT),
        ("4a", "does a one-sided test", ["p_value is one-sided"]),
        ("4d", "prints the count", [NONE, NONE]),
        ("4d", "returns the rows", ["must return how many, a number"] * 2),
        (
            "4e",
            "exchanges the false positives and the false negatives",
            ["fp and fn are exchanged: fp are called and not shifted"],
        ),
        ("4e", "ignores alpha", ["fp is too large: it counts the genes that are not shifted"]),
        ("4e", "divides by the genes that are called", ["you divided by the called genes"]),
    ],
)
def test_feedback_says_what_is_wrong_and_nothing_that_is_right(
    master, grade, question, name, words
):
    (code,) = [code for q, n, code in answers("mutants") if (q, n) == (question, name)]
    record = grade(*among_others("mutants", code).values())
    said = [words for words in lost(master, record)[question] if words]
    assert len(said) == len(words)
    for found, expected in zip(said, words, strict=True):
        assert expected in found


def test_solutions_of_the_master_get_full_points(master, grade):
    record = grade()
    assert earned(master, record) == full_points(master)
    assert record["flags"] == []


def test_there_are_enough_tests_and_wrong_and_right_solutions(master):
    assert len(master.code("hidden-test")) >= 16
    assert len(answers("mutants")) >= 40
    assert len(answers("alternatives")) >= 10


def test_untouched_functions_earn_nothing(master, grade):
    names = list(master.question_of)
    stubs = "\n".join(f"def {name}(*args, **kwargs): raise NotImplementedError()" for name in names)
    record = grade(stubs)
    assert sum(test["points"] for test in record["tests"]) == 0
    assert all("is still to be written" in test["feedback"] for test in record["tests"])


@pytest.mark.parametrize(
    "value", ["None", "True", "0", "3", "float('nan')", "args[0]", "[]", "args"]
)
def test_function_that_returns_the_same_whatever_is_asked_earns_next_to_nothing(
    master, grade, value
):
    names = list(master.question_of)
    code = "\n".join(f"def {name}(*args, **kwargs): return {value}" for name in names)
    assert sum(test["points"] for test in grade(code)["tests"]) == 0
