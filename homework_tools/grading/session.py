"""Let the hidden tests call a submission's functions, which live in a worker.

For a test the stand-ins below are plain functions: arguments go over as data, results come back as
data, and so do the small files of the current folder. Nothing that a submission does changes an
argument that a test has in hand; `given` of the stand-in is what has become of the copies.
"""

import json
import time
from typing import Any

from homework_tools.grading.explanations import Explanations, Failed
from homework_tools.grading.submission import Submission
from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.guest.worker import ALARMS, MAX_FILES, read_files, write_files
from homework_tools.sandbox.host.sandbox import Sandbox
from homework_tools.sandbox.host.workers import Died, OutOfTime, Worker
from homework_tools.words.translator import gettext

MAX_DEATHS = 2
MAX_FAULTS, MAX_NAMES = 5, 1000  # so many are taken over, however many a worker claims
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
        self._deadline = time.monotonic() + sandbox.limits.total_s
        self._worker: Worker | None = None
        self._starts = 0
        self._slow: set[str] = set()
        self._deaths: dict[str, int] = {}
        self.defined: set[str] = set()
        self.signatures: dict[str, str] = {}
        self.flags: list[str] = []
        self.notes: list[str] = []

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self._kill()

    def function(self, name: str) -> StandIn:
        """Return what a test calls by the name of the student's function."""
        return StandIn(self, name)

    def call(self, name: str, args: tuple, kwargs: dict) -> tuple[Any, list]:
        """Call a function of the submission, or raise `Failed`.

        The result comes with the arguments as the function left them, in order, still encoded.
        """
        if name in self._slow:  # else one loop without end would eat the time of the others
            words = gettext("{name} was not called again: it had run out of time before.")
            raise Failed(words.format(name=name))
        if self._deaths.get(name, 0) >= MAX_DEATHS:
            words = gettext("{name} was not called again: it had ended the process before.")
            raise Failed(words.format(name=name))
        worker = self._ready()
        if name not in self.defined:
            words = gettext("{name} is not defined in the notebook.").format(name=name)
            explain = self._explain
            why, mistake = (explain.undefined(name, f) for f in (explain.faults, explain.kinds[:1]))
            raise Failed(f"{words} {why}".rstrip(), mistake=f"{words} {mistake}".rstrip())
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
            raise self._explain.failed(name, reply["fault"])
        try:
            return self._accept(reply, encoded)
        except (codec.CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
            self._note(gettext("what came back from its process was not what the worker sends"))
            words = gettext("{name} returned something that the grader does not take.")
            raise Failed(words.format(name=name), str(error)) from None

    def _ask(self, worker: Worker, name: str, request: dict) -> dict:
        limits = self._sandbox.limits
        left = self._deadline - time.monotonic()
        try:
            reply = worker.ask(request, min(limits.call_s, left))
            self._note_alarms(reply)
            return reply
        except OutOfTime:
            self._worker = None
            self._slow.add(name)
            self._flag(gettext("ran out of time"))
            words = gettext("{name} took longer than {seconds} seconds: does a loop never end?")
            raise Failed(words.format(name=name, seconds=f"{limits.call_s:g}")) from None
        except Died as error:
            self._worker = None
            self._deaths[name] = self._deaths.get(name, 0) + 1
            self._flag(gettext("the process ended"))
            words = gettext(
                "{name} ended the whole Python process, or used too much of the machine."
            )
            raise Failed(words.format(name=name), str(error)) from None

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
            self._flag(gettext("ran out of time"))
            self._kill()
            words = gettext("Not called: the notebook has used up its {seconds} seconds.")
            raise Failed(words.format(seconds=f"{limits.total_s:g}"))
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
            self._kill()
            self._starts = limits.restarts + 1  # it would happen each time
            self._flag(gettext("its definitions cannot be loaded"))
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
        defined, signatures = loaded.get("defined"), loaded.get("signatures")
        defined = defined if isinstance(defined, list) else []
        self.defined = {name for name in defined[:MAX_NAMES] if isinstance(name, str)}
        if self._starts > 1:
            return
        self._explain.defined = sorted(filter(str.isidentifier, self.defined))
        self._explain.find_names_set_outside(loaded.get("unset"))
        if isinstance(signatures, dict):
            few = list(signatures.items())[:MAX_NAMES]
            self.signatures = {name: codec.one_line(text, 200) for name, text in few}
        faults = loaded.get("faults")
        faults = faults if isinstance(faults, list) else []
        places = [self._explain.place(fault) for fault in faults[:MAX_FAULTS]]
        self._explain.faults = self._left_out + places
        self._explain.kinds = self._left_out + [self._explain.kind(fault) for fault in faults[:1]]
        for words in self._explain.faults:
            self._flag(words)
        if len(faults) > MAX_FAULTS:
            more = gettext("and {count} more errors").format(count=len(faults) - MAX_FAULTS)
            self._flag(more)

    def restart(self) -> None:
        """Let the next call start another worker."""
        self._kill()

    def _kill(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    # ---- words ---------------------------------------------------------------------------------

    def _flag(self, words: str) -> None:
        if words not in self.flags:
            self.flags.append(words)

    def _note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)

    def _note_alarms(self, reply: dict) -> None:
        """Note what a worker says that the code tried to do."""
        alarms = reply.get("alarms")
        for words in dict.fromkeys(ALARMS.values()):
            if isinstance(alarms, list) and words in alarms[: len(ALARMS)]:
                what = gettext("look at its code: it {tried}").format(tried=gettext(words))
                self._note(what)


def few_cells(submission: Submission) -> tuple[list[list], list[str]]:
    """Return the code cells that fit into one message, and what is to be said of the others."""
    cells, left_out, room = [], [], MAX_CODE_BYTES
    for number, source in submission.code:
        size = len(json.dumps([number, source])) + 2
        if size <= room:
            cells.append([number, source])
            room -= size
        else:
            words = gettext("{place} is too large to be read: {size} MB of code")
            place = submission.place(number)
            left_out.append(words.format(place=place, size=f"{size / 2**20:.1f}"))
    return cells, left_out
