"""One cause of many lost points is found, and said once, at the top of what a student reads."""

import pytest

from homework_tools.grading.causes import blame_signature, find_causes
from homework_tools.grading.reports.feedback import _cause as said_of
from homework_tools.grading.reports.feedback import feedback
from tests.homework_tools.submissions import graded


def outcome(question, feedback="", out_of=1):
    return {"question": question, "feedback": feedback, "out_of": out_of, "title": "works"}


def test_cause_is_what_all_lost_points_of_a_question_share():
    tests = [
        *[outcome("1b", "not defined"), outcome("1b", "not defined", 2)],
        *[outcome("2", "one thing"), outcome("2", "another")],
        *[outcome("3", "only one test"), outcome("3")],
        *[outcome("4", "four", 4), outcome("4", "four", 4), outcome("4")],
    ]
    found = [(cause.words, cause.questions, cause.points) for cause in find_causes(tests)]
    assert found == [("four", ("4",), 8), ("not defined", ("1b",), 3)]


def test_functions_that_were_not_written_are_one_cause():
    tests = [
        outcome(question, f"{name} is still to be written.")
        | {"function": name, "kind": "NotImplementedError"}
        for question, name in [("1b", "a"), ("2", "b")] * 2
    ]
    (cause,) = find_causes(tests)
    assert cause.words == "still to be written: a, b"
    assert (cause.questions, cause.points) == (("1b", "2"), 4)
    assert said_of(cause) == "- **4 points, questions 1b, 2:** still to be written: a, b."


TYPE_ERROR = "top_genes stopped with TypeError (x)."


@pytest.mark.parametrize(
    ("name", "arguments", "failed", "blamed"),
    [
        ("top_genes", "table, k", TYPE_ERROR, True),
        ("top_genes", "results", TYPE_ERROR, True),
        ("filter_genes", "df_expr, max_missing", TYPE_ERROR, True),
        ("top_genes", "results, n=10, *, column", TYPE_ERROR, True),
        ("group_mean_differences", "df_meta, df_expr, group_col='group'", "delta is wrong", True),
        ("top_genes", "table, k", "took the largest", False),
        ("top_genes", "results, n=5", TYPE_ERROR, False),
        ("top_genes", "results, n=10, verbose=False", TYPE_ERROR, False),
        ("top_genes", "*args", TYPE_ERROR, False),
        ("top_genes", "**kwargs", TYPE_ERROR, False),
        ("top_genes", "results, n=10): pass\nimport os\ndef g(", TYPE_ERROR, False),
        ("top_genes", "((", TYPE_ERROR, False),
        ("top_genes", "table, k", "", False),
    ],
)
def test_changed_arguments_are_blamed_for_what_they_cause(name, arguments, failed, blamed):
    kind = "TypeError" if failed == TYPE_ERROR else ""
    test = outcome("4b", failed) | {"detail": "", "kind": kind}
    blame_signature([test], name, arguments, "the arguments were changed")
    assert test["feedback"].startswith("the arguments were changed; the tests call") == blamed
    assert blamed or test["feedback"] == failed


def test_exchanged_arguments_are_the_cause_for_a_function_that_is_not_written_either():
    tests = [
        outcome("4b", "top_genes is still to be written.")
        | {"function": "top_genes", "kind": "NotImplementedError", "detail": ""}
        for _ in range(2)
    ]
    blame_signature(tests, "top_genes", "n=10, results=None", "the arguments were changed")
    (cause,) = find_causes(tests)
    assert cause.words == tests[0]["feedback"]


def test_renamed_argument_is_named_once_with_all_that_it_costs(master, tests, sandbox):
    source = "def group_mean_differences(expr, meta, column='group'):\n    return None"
    record = graded(tests, sandbox, source)
    words = feedback(master, record)
    assert words.count("arguments of group_mean_differences were changed") == 1
    assert (
        "Fix this first:\n\n- **8 points, question 4a:** the arguments of group_mean_differences "
        "were changed to `(expr, meta, column='group')`; the tests call it with those that it had: "
        "make them `(df_expr, df_meta, group_col='group')` again.\n" in words
    )
    assert "## Question 4a: 0 of 8\n\n- Lost 8: the cause is at the top.\n" in words
    assert "Please look at this" not in words
    assert record["flags"][0].startswith("the arguments of group_mean_differences were changed")
