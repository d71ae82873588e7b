"""Find the one cause of many lost points: a function that cannot be called as the tests call it."""

import ast
from collections import defaultdict
from dataclasses import dataclass

from homework_tools.master.rules import SIGNATURES
from homework_tools.words.translator import gettext, gettext_noop

UNWRITTEN = "NotImplementedError"  # how a function stops that was not written
CALLED = gettext_noop(
    "{changed}; the tests call it with those that it had: make them `({wanted})` again"
)


@dataclass(frozen=True)
class Cause:
    """Why a question lost points, in the words of the tests that lost them."""

    words: str
    questions: tuple[str, ...]
    points: int  # the points that it cost


def find_causes(tests: list[dict]) -> list[Cause]:
    """Return what alone explains all that a question lost in two tests or more, the worst first.

    There is one cause for each question, but one for all functions that were not written.
    """
    lost = defaultdict(list)
    for test in tests:
        if test["feedback"]:
            lost[test["question"]].append(test)
    causes, unwritten = [], []
    for question, failed in lost.items():
        words, points = {test["feedback"] for test in failed}, sum(t["out_of"] for t in failed)
        functions = [test["function"] for test in failed if test.get("kind") == UNWRITTEN]
        if len(words) > 1 or len(failed) < 2:
            continue
        if functions:
            unwritten.append((functions[0], question, points))
        else:
            causes.append(Cause(words.pop(), (question,), points))
    if unwritten:
        functions, questions, points = zip(*unwritten, strict=True)
        words = gettext("still to be written: {functions}").format(functions=", ".join(functions))
        causes.append(Cause(words, questions, sum(points)))
    return sorted(causes, key=lambda cause: -cause.points)


def blame_signature(tests: list[dict], name: str, found: str, words: str) -> None:
    """Say of a function's tests that failed because its arguments were changed that this is why.

    `found` are the arguments as the student has them, `words` what is said of the change;
    `feedback` and `detail` of some tests are replaced.
    """
    wanted = SIGNATURES[name]
    have, want = _arguments(found), _arguments(wanted)
    if not have or not want or have.vararg or have.kwarg:
        return
    names, right = ([each.arg for each in part.args] for part in (have, want))
    required, given = (len(part.args) - len(part.defaults) for part in (have, want))
    if names[: len(right)] == right and required <= given and None not in have.kw_defaults:
        return  # it can be called as the tests call it
    exchanged = sorted(names) == sorted(right) and names != right
    for test in tests:
        if test["feedback"] and (exchanged or test.get("kind") == "TypeError"):
            test["detail"] = f"{test['feedback']} {test['detail']}".strip()
            test["feedback"] = gettext(CALLED).format(changed=words, wanted=wanted)
            test["mistake"] = test["kind"] = ""


def _arguments(text: str) -> ast.arguments | None:
    """Return a function's arguments, None if the text, which may be anyone's, has none."""
    try:
        (function,) = ast.parse(f"def f({text}): pass").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return function.args if isinstance(function, ast.FunctionDef) else None
