"""Grade one submission, in whichever process this is: each has a sandbox of its own."""

import atexit
import platform
import sys
import tempfile
import threading
import traceback
from dataclasses import dataclass, replace
from functools import lru_cache

from homework_tools.grading.hidden_tests import OF_THE_COMPUTER, HiddenTests
from homework_tools.grading.many.kept_results import code_key
from homework_tools.grading.reports.write import render_reports
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.sandbox.host.sandbox import Limits, Sandbox, hide_memory
from homework_tools.words.translator import gettext, gettext_noop, speak

UNKNOWN = gettext_noop("the grader could not grade it ({error}); please report this")
COMPUTER = gettext_noop(
    "this computer could not grade it ({error}): put that right, then run the command again"
)
# The hidden tests work in the current folder, of which a process with many threads has one.
ONE_AT_A_TIME = threading.Lock()


class NoSandbox(RuntimeError):
    """A worker can't grade as the others do; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Setting:
    """What is the same for all submissions of a run, wherever they are graded."""

    master: Master
    kind: str
    limits: Limits
    code: str  # a hash of the grader's own code
    words: bytes = b""  # the compiled catalogue of the course's language


@dataclass(frozen=True)
class Reply:
    """What came of one submission."""

    record: dict
    again: bool = False  # whether to grade it again next time, since the grader itself failed
    warning: str = ""  # what the sandbox of another process cannot stop a submission from doing


def graded(tests: HiddenTests, submission: Submission, sandbox: Sandbox) -> Reply:
    """Grade a notebook with its cells; if the grader itself fails at it, say so in its row."""
    try:
        record = tests.grade(submission, sandbox)
        # What no report can show would cost everybody theirs.
        render_reports(tests.master, [record])
        return Reply(record)
    except Exception as error:
        sys.stderr.write(f"\n{submission.student}: {traceback.format_exc()}")
        words, why = gettext(UNKNOWN), type(error).__name__
        if isinstance(error, OSError) and error.errno in OF_THE_COMPUTER:
            words, why = gettext(COMPUTER), f"{error.strerror}, {tempfile.gettempdir()}"
        fault = words.format(error=why)
        return Reply(tests.grade(replace(submission, fault=fault), sandbox), again=True)


def grade_one(setting: Setting, submission: Submission) -> Reply:
    """Grade a notebook with its cells in this process, which may be on another machine.

    The reply has the warning of this process's sandbox. A process that has another grader, or
    cannot have the kind of sandbox that is asked for, raises a NoSandbox.
    """
    with ONE_AT_A_TIME:
        tests, sandbox = _prepared(setting)
        reply = graded(tests, submission, sandbox)
    return replace(reply, warning=sandbox.warning())


@lru_cache(maxsize=1)
def _prepared(setting: Setting) -> tuple[HiddenTests, Sandbox]:
    """Return this process's own tests and sandbox, made for its first submission."""
    if code_key() != setting.code:
        raise NoSandbox(
            f"the worker on {platform.node()} has another version of this grader or of Python: "
            "install the same on every worker"
        )
    try:
        sandbox = Sandbox(setting.limits, setting.kind)
    except (RuntimeError, OSError) as error:
        raise NoSandbox(
            f"the worker on {platform.node()} can't have the sandbox {setting.kind!r}: install "
            "bubblewrap on every worker, or choose a weaker kind for all, such as --sandbox limits "
            f"({error})"
        ) from None
    hide_memory()
    speak(setting.words)
    atexit.register(sandbox.close)
    return HiddenTests(setting.master), sandbox
