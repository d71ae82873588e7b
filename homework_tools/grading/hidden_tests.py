"""Run the hidden tests here; of a student's code only plain data come back."""

import ast
import contextlib
import errno
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

from homework_tools.grading.causes import blame_signature
from homework_tools.grading.explanations import Failed
from homework_tools.grading.session import Session, StandIn
from homework_tools.grading.submission import Submission, answer, handed_out
from homework_tools.grading.unusual import unusual
from homework_tools.master.master import Master
from homework_tools.master.rules import SIGNATURES
from homework_tools.master.verify import empty_folder
from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.host.sandbox import Sandbox
from homework_tools.words.translator import gettext, gettext_noop

NO_TABLE = gettext_noop(
    "{function} has not returned what the question asks for (another type, or a part is missing)."
)
TOO_LONG = gettext_noop(
    "the tests needed too long to look at what {function} returned: is it far too large?"
)
OF_THE_COMPUTER = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
OWN_SECONDS = 20  # of CPU time for all tests of a submission; they need a fraction of one


class TooLong(BaseException):
    """A test has taken all the time of its own; no test catches this."""


class HiddenTests:
    """The master's hidden tests, ready to run."""

    __test__ = False  # no test case of pytest

    def __init__(self, master: Master):
        self.master = master
        given = [node for cell in master.code("given") for node in ast.parse(cell.source).body]
        imports = [node for node in given if isinstance(node, (ast.Import, ast.ImportFrom))]
        wanted: list[ast.stmt] = [node for node in imports if "matplotlib" not in ast.unparse(node)]
        self._imports = compile(ast.Module(wanted, []), "<imports>", "exec")
        self._setups = [self._compiled(cell) for cell in master.code("hidden-setup")]
        self._tests = [(cell, self._compiled(cell)) for cell in master.code("hidden-test")]
        self._functions = master.question_of
        self._known = handed_out(master)

    @staticmethod
    def _compiled(cell):
        return compile(cell.source, f"<line {cell.line}>", "exec")

    def grade(self, submission: Submission, sandbox: Sandbox) -> dict:
        """Return what one submission gets, as plain data.

        That is `student`, `file`, `fault`, `flags` for all to read, `notes` for the instructor,
        `seconds`, the `tests` with their points and words, and the free-text `answers`.
        """
        started = time.perf_counter()
        record: dict[str, Any] = {"student": submission.student, "file": submission.file}
        record["name"] = submission.name or submission.student
        record |= {"fault": submission.fault, "flags": [], "tests": [], "answers": {}}
        record["notes"] = [*submission.notes, *unusual(submission.code)]
        if not submission.fault:
            with empty_folder(), Session(sandbox, submission) as session:
                record["tests"] = list(self._run(session))
                changed = self._changed_signatures(session)
                record["notes"] += dict.fromkeys(session.notes)
                record["flags"] = [*dict.fromkeys(session.flags), *changed.values()]
            for name, words in changed.items():
                own = [t for t in record["tests"] if t["question"] == self._functions[name]]
                blame_signature(own, name, session.signatures[name], words)
            record["flags"] += self._lost_answers(submission)
            for cell in self.master.code("answer"):
                text = answer(submission, cell.question, self._known)
                record["answers"][cell.question] = text[:20_000]
        return record | {"seconds": round(time.perf_counter() - started, 3)}

    def _run(self, session: Session) -> Iterator[dict]:
        names: dict[str, Any] = {"__name__": "__hidden_tests__"}
        names |= {name: StandIn(session, name) for name in self._functions}
        for code in [self._imports, *self._setups]:
            exec(code, names)
        started = time.process_time()
        for cell, code in self._tests:
            left = OWN_SECONDS - (time.process_time() - started)
            yield self._outcome(cell, code, dict(names), session, left)

    def _outcome(self, cell, code, names: dict, session: Session, seconds: float) -> dict:
        function = gettext(" or ").join(self.master.functions(cell.question))
        said = {"feedback": "", "detail": ""}
        try:
            with no_longer_than(seconds):
                exec(code, names)
        except TooLong:
            session.kill()  # it may have been stopped in the middle of a message
            said["feedback"] = gettext(TOO_LONG, function=function)
        except Failed as error:
            said = vars(error)
        except AssertionError as error:
            said["feedback"] = codec.one_line(error, 1000)
        except Exception as error:  # a result of a form that the test did not think of
            if getattr(error, "errno", None) in OF_THE_COMPUTER:
                raise
            said["feedback"] = gettext(NO_TABLE, function=function)
            said["detail"] = f"{type(error).__name__}: {error}"[:500]
        return {
            "question": cell.question,
            "title": cell.title,
            "out_of": cell.points,
            "points": 0 if said["feedback"] else cell.points,
            **said,
        }

    def _changed_signatures(self, session: Session) -> dict[str, str]:
        words = gettext("the arguments of {name} were changed to `{arguments}`")
        return {
            name: words.format(name=name, arguments=_code(session.signatures[name]))
            for name in self._functions
            if session.signatures.get(name, SIGNATURES[name]) != SIGNATURES[name]
        }

    def _lost_answers(self, submission: Submission) -> list[str]:
        there = {cell["question"] for cell in submission.text}
        lost = [c.question for c in self.master.code("answer") if c.question not in there]
        words = gettext("questions without an answer cell in the notebook: {questions}")
        return [words.format(questions=", ".join(lost))] if lost else []


def _code(arguments: str) -> str:
    """Return a function's arguments as code that no backtick in them can end."""
    return f"({arguments})".replace("`", "'")


@contextlib.contextmanager
def no_longer_than(seconds: float):
    """Stop what takes this process so many CPU seconds; not in a thread, nor on Windows.

    While a test waits for a student's function it takes none.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, max(0.01, seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
