"""Let the hidden tests call a submission's functions, which live in a worker.

For a test the stand-ins below are plain functions: arguments go over as data, results come back as
data, and so do the small files of the current folder. Nothing that a submission does changes an
argument that a test has in hand; `given` of the stand-in is what has become of the copies.
"""

import builtins
import difflib
import json
import re
import time
from typing import Any

import numpy as np
import pandas as pd

from homework_tools.grading.collect import Submission
from homework_tools.master.rules import SIGNATURES
from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.guest.worker import ALARMS, MAX_FILES, read_files, write_files
from homework_tools.sandbox.host.sandbox import Died, OutOfTime, Sandbox, Worker

HINTS = {
    "AssertionError": "an assert of the notebook's own does not hold",
    "AttributeError": "a value is of another type than the code expects",
    "ImportError": "only numpy, pandas, scipy and matplotlib are there",
    "IndexError": "a position that is not there; the data of the test has another size",
    "KeyError": "a label that is not there; is a name typed that an argument should give?",
    "MemoryError": "it needs far too much memory",
    "ModuleNotFoundError": "only numpy, pandas, scipy and matplotlib are there",
    "NameError": "a name that is not known; of a notebook only imports, functions and plain values "
    "are taken for grading, so pass what the function needs as an argument",
    "OSError": "a file that is not there, or a way to it that is closed",
    "RecursionError": "it calls itself without end",
    "ResultTooLarge": "what it returns is far too large",
    "SystemExit": "exit or quit ends the program",
    "TypeError": "an argument or a value of the wrong type; are the arguments still those given?",
    "UnboundLocalError": "a variable of the function is used before it has a value",
    "ValueError": "values that do not fit, perhaps because shapes or labels differ",
    "ZeroDivisionError": "a division by zero",
}
KNOWN_KINDS = {
    name
    for module in (builtins, np.exceptions, np.linalg, pd.errors)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
MAX_DEATHS = 2
MAX_FAULTS, MAX_NAMES = 5, 1000  # so many are taken over, however many a worker claims
MAX_CODE_BYTES = codec.MAX_BYTES - 2**16  # the rest of the message that takes the cells over


OUTSIDE = (
    "{name} is set in {place}, by a line that does not run for grading: only imports, functions "
    "and plain values do; use the function's arguments, or write that line inside the function"
)


class Failed(Exception):
    """A call gave no result: `feedback` is for the student, `detail` for the instructor."""

    def __init__(self, feedback: str, detail: str = ""):
        super().__init__(feedback)
        self.feedback, self.detail = feedback, detail


class Session:
    """One submission's worker, started again when it dies, within the limits.

    Parameters
    ----------
    sandbox : Sandbox
        Starts the workers.
    submission : Submission
        Whose code they run.
    """

    def __init__(self, sandbox: Sandbox, submission: Submission):
        self._sandbox, self._submission = sandbox, submission
        self._lines = {cell: source.split("\n") for cell, source in submission.code}
        self._cells, self._left_out = few_cells(submission)
        self._deadline = time.monotonic() + sandbox.limits.total_s
        self._worker: Worker | None = None
        self._starts = 0
        self._slow: set[str] = set()
        self._deaths: dict[str, int] = {}
        self.defined: set[str] = set()
        self.signatures: dict[str, str] = {}
        self.faults: list[str] = []
        self.flags: list[str] = []
        self.notes: list[str] = []
        self._first_defined: list[str] = []
        self._set_outside: dict[str, list[str]] = {}

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self._kill()

    def function(self, name: str):
        """Return what a test calls by the name of the student's function."""

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            result, given = self.call(name, args, kwargs)
            stand_in.given = given  # ty: ignore[missing-attribute]
            return result

        stand_in.__name__ = name
        return stand_in

    def call(self, name: str, args: tuple, kwargs: dict) -> tuple[Any, list]:
        """Call a function of the submission, or raise `Failed`.

        Returns
        -------
        tuple of (object, list)
            The result, and the copies of the arguments, in order, as the function left them.
        """
        if name in self._slow:  # else one loop without end would eat the time of the others
            raise Failed(f"{name} was not called again: it had run out of time before.")
        if self._deaths.get(name, 0) >= MAX_DEATHS:
            raise Failed(f"{name} was not called again: it had ended the process before.")
        worker = self._ready()
        if name not in self.defined:
            raise Failed(f"{name} is not defined in the notebook." + self._why_undefined(name))
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
            raise self._failed(name, reply["fault"])
        try:
            return self._accept(reply, encoded)
        except (codec.CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
            self._note("what came back from its process was not what the worker sends")
            message = f"{name} returned something that the grader does not take."
            raise Failed(message, str(error)) from None

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
            self._flag("ran out of time")
            message = f"{name} took longer than {limits.call_s:g} seconds: does a loop never end?"
            raise Failed(message) from None
        except Died as error:
            self._worker = None
            self._deaths[name] = self._deaths.get(name, 0) + 1
            self._flag("the process ended")
            message = f"{name} ended the whole Python process, or used too much of the machine."
            raise Failed(message, str(error)) from None

    def _accept(self, reply: dict, encoded: list) -> tuple[Any, list]:
        """Return the result and the copies; write the files that the function wrote."""
        files = reply["files"]
        if not all(isinstance(content, str) for content in files.values()):
            raise codec.CodecError("a file that may not cross")
        if len(files) > MAX_FILES:
            raise codec.CodecError("too many files")
        write_files(files)
        left = [reply["changed"].get(str(n), value) for n, value in enumerate(encoded)]
        return codec.decode(reply["value"]), [codec.decode(value) for value in left]

    # ---- starting ------------------------------------------------------------------------------

    def _ready(self) -> Worker:
        """Return a worker that has loaded the submission, or raise `Failed`."""
        limits = self._sandbox.limits
        if time.monotonic() > self._deadline:
            self._flag("ran out of time")
            self._kill()
            raise Failed(f"Not called: the notebook has used up its {limits.total_s:g} seconds.")
        if self._worker is not None:
            return self._worker
        if self._starts > limits.restarts:
            raise Failed("Not called: the notebook's functions ended the process again and again.")
        self._starts += 1
        left = self._deadline - time.monotonic()
        request = {"do": "load", "cells": self._cells}
        try:
            self._worker = worker = self._sandbox.start()
            loaded = worker.ask(request, min(2 * limits.call_s, left))
        except (OutOfTime, Died) as error:
            self._kill()
            self._starts = limits.restarts + 1  # it would happen each time
            self._flag("its definitions cannot be loaded")
            message = "The notebook's definitions and imports could not be run to their end."
            raise Failed(message, repr(error)) from None
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
        self._first_defined = sorted(filter(str.isidentifier, self.defined))
        self._find_names_set_outside(loaded.get("unset"))
        if isinstance(signatures, dict):
            few = list(signatures.items())[:MAX_NAMES]
            self.signatures = {name: codec.one_line(text, 200) for name, text in few}
        faults = loaded.get("faults")
        faults = faults if isinstance(faults, list) else []
        self.faults = self._left_out + [self._place(fault) for fault in faults[:MAX_FAULTS]]
        for words in self.faults:
            self._flag(words)
        if len(faults) > MAX_FAULTS:
            self._flag(f"and {len(faults) - MAX_FAULTS} more errors")

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
                self._note(f"look at its code: it {words}")

    def _why_undefined(self, name: str) -> str:
        """Say what there is in place of a function: nearly its name, or its text elsewhere."""
        for cell in self._submission.text:
            if re.search(rf"^[ \t]*def[ \t]+{name}[ \t]*\(", cell["source"], re.MULTILINE):
                return (
                    f" Cell {cell['number']} holds it, but is a {cell['kind']} cell: make it a "
                    "code cell again."
                )
        if similar := most_similar(name, self._first_defined):
            return f" There is a function `{similar}`: give it the name {name} again."
        return (
            f" Not everything could be read: {'; '.join(self.faults[:3])}." if self.faults else ""
        )

    def _failed(self, name: str, fault: object) -> Failed:
        """Return what a student reads of an error: its kind, but never where it arose.

        A submission can choose by the data of the tests in which of its lines it fails, and so
        write them into the feedback. The place and the message are for the instructor.
        """
        fault = fault if isinstance(fault, dict) else {}
        kinds = fault.get("kinds")
        kinds = [str(fault.get("kind")), *(kinds[:10] if isinstance(kinds, list) else [])]
        message = str(fault.get("message", ""))[:500]
        detail = f"{kinds[0][:60]}: {message} ({self._place(fault)})"
        if kinds[0] == "NotImplementedError":
            return Failed(f"{name} is still to be written.", detail)
        kind = next((kind for kind in kinds if isinstance(kind, str) and kind in HINTS), "")
        hint = kind == "NameError" and "; ".join(self._set_outside.get(name, []))
        hint = f"{kind} ({hint or HINTS[kind]})" if kind else "an error of another kind"
        return Failed(f"{name} stopped with {hint}.", detail)

    def _find_names_set_outside(self, unset: object) -> None:
        """Find where the student sets the names that a function misses, outside of functions."""
        unset = unset if isinstance(unset, dict) else {}
        unset = {name: unset.get(name) for name in SIGNATURES}
        unset = {n: needed[:20] for n, needed in unset.items() if isinstance(needed, list)}
        wanted = {str(name)[:60] for needed in unset.values() for name in needed}
        places: dict[str, str] = {}
        for cell, lines in self._lines.items():
            for number, line in enumerate(lines, start=1):
                if "=" in line:
                    there = wanted.intersection(re.findall(r"\w+", line.partition("=")[0]))
                    for name in there - places.keys():
                        if sets(line, name):
                            places[name] = f"cell {cell}, line {number}"
        for function, needed in unset.items():
            self._set_outside[function] = [
                OUTSIDE.format(name=name, place=places[name]) for name in needed if name in places
            ][:1]

    def _place(self, fault: object) -> str:
        """Say where an error arose, by the student's own line; never by the error's message.

        Nor by a class of the student's making, whose name could hold data of the tests.
        """
        fault = fault if isinstance(fault, dict) else {}
        kind = str(fault.get("kind"))
        kind = kind if kind in KNOWN_KINDS else "an error of its own kind"
        cell, line = fault.get("cell"), fault.get("line")
        lines = self._lines.get(cell) if type(cell) is int else None
        if lines is None:
            return kind
        if type(line) is not int or not 0 < line <= len(lines):
            return f"{kind} in cell {cell}"
        code = codec.one_line(lines[line - 1].strip().replace("`", "'"), 100)
        return f"{kind} in cell {cell}, line {line}: `{code}`"


def few_cells(submission: Submission) -> tuple[list[list], list[str]]:
    """Return the code cells that fit into one message, and what is to be said of the others."""
    cells, left_out, room = [], [], MAX_CODE_BYTES
    for number, source in submission.code:
        size = len(json.dumps([number, source])) + 2
        if size <= room:
            cells.append([number, source])
            room -= size
        else:
            words = f"cell {number} is too large to be read: {size / 2**20:.1f} MB of code"
            left_out.append(words)
    return cells, left_out


def most_similar(name: str, others: list[str]) -> str:
    """Return the one of the other names that is nearly this one, "" if there is none."""

    def bare(name: str) -> str:
        return name.replace("_", "").casefold()[:60]

    found = {bare(other): other for other in others if other not in SIGNATURES}
    close = difflib.get_close_matches(bare(name), found, 1, 0.7)
    close += [other for other in found if bare(name) in other]
    return found[close[0]][:60] if close else ""


def sets(line: str, name: str) -> bool:
    """Say whether a line outside of functions sets a name; in linear time, however long it is."""
    left, equals, right = line.partition("=")
    if not equals or right.startswith("=") or line[0].isspace() or name not in left:
        return False
    target = left.strip().removeprefix("(").removesuffix(")")
    plain = re.fullmatch(r"[\w\s,*:.\[\]]*", target)
    return bool(plain) and name in re.findall(r"\w+", target)
