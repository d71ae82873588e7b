"""Let the hidden tests call a submission's functions, which live in a worker.

For a test the stand-ins below are plain functions: arguments go over as data, results come back as
data, and so do the small files of the current folder. Nothing that a submission does changes an
argument that a test has in hand; `given` of the stand-in is what has become of the copies.
"""

import json
import sys
import time
from collections import Counter
from typing import Any

from homework_tools.grading.explanations import Explanations, Failed
from homework_tools.grading.submission import Submission
from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.guest.worker import ALARMS, MAX_FILES, read_files, write_files
from homework_tools.sandbox.host.sandbox import Sandbox
from homework_tools.sandbox.host.workers import Died, OutOfTime, Worker
from homework_tools.words.translator import gettext, gettext_noop

MAX_DEATHS = 2
MAX_FAULTS, MAX_NAMES = 5, 1000  # so many are taken over, however many a worker claims
SLOW = gettext_noop("{name} was not called again: it had run out of time before.")
DEADLY = gettext_noop("{name} was not called again: it had ended the process before.")
NEWER = gettext_noop(
    "written with Python {theirs}; Python {ours}, which grades it, may not be able to read all of "
    "it: grade with Python {theirs} or newer"
)
OWN_PYTHON = tuple(sys.version_info[:2])
MAX_CODE_BYTES = codec.MAX_BYTES - 2**16  # the rest of the message that takes the cells over


class StandIn:
    """What a test calls by the name of a student's function."""

    def __init__(self, session: "Session", name: str):
        self._session, self.__name__ = session, name
        self._left: list = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function, with copies of the arguments."""
        result, self._left = self._session.call(self.__name__, args, kwargs)
        return result

    @property
    def given(self) -> list:
        """Return what has become of the copies, in order."""
        return [codec.decode(value) for value in self._left]


class Session:
    """One submission's worker, started again when it dies, within the limits."""

    def __init__(self, sandbox: Sandbox, submission: Submission):
        self._sandbox, self._explain = sandbox, Explanations(submission)
        self._cells, self._left_out = few_cells(submission)
        self._python = submission.python
        self._deadline = time.monotonic() + sandbox.limits.total_s
        self._worker: Worker | None = None
        self._starts = 0
        self._given_up: dict[str, str] = {}  # which functions are not called any more, and why
        self._deaths: Counter[str] = Counter()
        self.defined: set[str] = set()
        self.signatures: dict[str, str] = {}
        self.flags: list[str] = []  # for all to read; the same may be there twice, as in the notes
        self.notes: list[str] = []

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def call(self, name: str, args: tuple, kwargs: dict) -> tuple[Any, list]:
        """Call a function of the submission, or raise `Failed`.

        The result comes with the arguments as the function left them, in order, still encoded.
        """
        if name in self._given_up:
            raise Failed(gettext(self._given_up[name], name=name))
        worker = self._ready()
        if name not in self.defined:
            raise self._explain.undefined(name)
        given = [*args, *kwargs.values()]
        encoded = [codec.encode(value) for value in given]
        request = {
            "do": "call",
            "function": name,
            "args": encoded[: len(args)],
            "kwargs": dict(zip(kwargs, encoded[len(args) :], strict=True)),
            "files": read_files(),
        }
        reply = self._ask(worker, name, request)
        if "fault" in reply:
            raise self._explain.failed(name, sent(reply, "fault", dict))
        try:
            return self._accept(reply, encoded)
        except (codec.CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
            self.notes.append(
                gettext("what came back from its process was not what the worker sends")
            )
            words = gettext("{name} returned something that the grader does not take.", name=name)
            raise Failed(words, str(error)) from None

    def _ask(self, worker: Worker, name: str, request: dict) -> dict:
        limits = self._sandbox.limits
        left = self._deadline - time.monotonic()
        try:
            reply = worker.ask(request, min(limits.call_s, left))
            self._note_alarms(reply)
            return reply
        except OutOfTime:
            self._worker = None
            self._given_up[name] = SLOW  # one loop without end would eat the time of the others
            self.flags.append(gettext("ran out of time"))
            words = gettext(
                "{name} took longer than {seconds} seconds: does a loop never end?",
                name=name,
                seconds=f"{limits.call_s:g}",
            )
            raise Failed(words) from None
        except Died as error:
            self._worker = None
            self._deaths[name] += 1
            if self._deaths[name] == MAX_DEATHS:
                self._given_up[name] = DEADLY
            self.flags.append(gettext("the process ended"))
            words = gettext(
                "{name} ended the whole Python process, or used too much of the machine.", name=name
            )
            raise Failed(words, str(error)) from None

    def _accept(self, reply: dict, encoded: list) -> tuple[Any, list]:
        """Return the result and the copies; write the files that the function wrote."""
        files = reply["files"]
        if not all(isinstance(content, str) for content in files.values()):
            raise codec.CodecError("a file that may not cross")
        if len(files) > MAX_FILES:
            raise codec.CodecError("too many files")
        write_files(files)
        for value in reply["changed"].values():
            codec.decode(value)  # refused now, not when a test looks at it
        left = [reply["changed"].get(str(n), value) for n, value in enumerate(encoded)]
        return codec.decode(reply["value"]), left

    # ---- starting ------------------------------------------------------------------------------

    def _ready(self) -> Worker:
        """Return a worker that has loaded the submission, or raise `Failed`."""
        limits = self._sandbox.limits
        if time.monotonic() > self._deadline:
            self.flags.append(gettext("ran out of time"))
            self.kill()
            seconds = f"{limits.total_s:g}"
            raise Failed(
                gettext(
                    "Not called: the notebook has used up its {seconds} seconds.", seconds=seconds
                )
            )
        if self._worker is not None:
            return self._worker
        if self._starts > limits.restarts:
            raise Failed(
                gettext("Not called: the notebook's functions ended the process again and again.")
            )
        self._starts += 1
        left = self._deadline - time.monotonic()
        request = {"do": "load", "cells": self._cells}
        try:
            self._worker = worker = self._sandbox.start()
            loaded = worker.ask(request, min(2 * limits.call_s, left))
        except (OutOfTime, Died) as error:
            self.kill()
            self._starts = limits.restarts + 1  # it would happen each time
            self.flags.append(gettext("its definitions cannot be loaded"))
            words = gettext("The notebook's definitions and imports could not be run to their end.")
            raise Failed(words, repr(error)) from None
        self._remember(loaded)
        return worker

    def _remember(self, loaded: dict) -> None:
        """Take over what a worker says of its notebook: little of it, since it may be made up.

        What a student may read is taken from the first worker alone: no data of the tests had
        reached the notebook's code by then.
        """
        self._note_alarms(loaded)
        defined, faults = sent(loaded, "defined", list), sent(loaded, "faults", list)
        self.defined = {name for name in defined[:MAX_NAMES] if isinstance(name, str)}
        if self._starts > 1:
            return
        explain = self._explain
        explain.defined = sorted(filter(str.isidentifier, self.defined))
        explain.find_names_set_outside(sent(loaded, "unset", dict))
        few = list(sent(loaded, "signatures", dict).items())[:MAX_NAMES]
        self.signatures = {name: codec.one_line(text, 200) for name, text in few}
        too_large = gettext("a cell that is too large")
        explain.unread = [(words, too_large) for words in self._left_out]
        for each in faults[:MAX_FAULTS]:
            fault = each if isinstance(each, dict) else {}
            explain.unread.append((explain.place(fault), explain.kind(fault)))
        self.flags += [words for words, _ in explain.unread]
        if self._python > OWN_PYTHON and any("SyntaxError" in kind for _, kind in explain.unread):
            theirs, ours = (".".join(map(str, each)) for each in (self._python, OWN_PYTHON))
            self.notes.append(gettext(NEWER, theirs=theirs, ours=ours))
        if len(faults) > MAX_FAULTS:
            self.flags.append(gettext("and {count} more", count=len(faults) - MAX_FAULTS))

    def kill(self) -> None:
        """End the worker; the next call starts another one."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _note_alarms(self, reply: dict) -> None:
        """Note what a worker says that the code tried to do."""
        alarms = sent(reply, "alarms", list)[: len(ALARMS)]
        for words in dict.fromkeys(ALARMS.values()):
            if words in alarms:
                self.notes.append(gettext("look at its code: it {tried}", tried=gettext(words)))


def few_cells(submission: Submission) -> tuple[list[list], list[str]]:
    """Return the code cells that fit into one message, and what is to be said of the others."""
    cells, left_out, room = [], [], MAX_CODE_BYTES
    for number, source in submission.code:
        size = len(json.dumps([number, source])) + 2
        if size <= room:
            cells.append([number, source])
            room -= size
        else:
            words = gettext(
                "{place} is too large to be read: {size} MB of code",
                place=submission.place(number),
                size=f"{size / 2**20:.1f}",
            )
            left_out.append(words)
    return cells, left_out


def sent(reply: dict, name: str, kind: type) -> Any:
    """Return what a worker sent by a name; if that is of another kind, an empty one of this."""
    return reply[name] if isinstance(reply.get(name), kind) else kind()
