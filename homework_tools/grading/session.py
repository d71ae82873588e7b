"""Let the hidden tests call a submission's functions, which live in a worker.

For a test the stand-ins below are plain functions: arguments go over as data, results come back as
data, and so do the small files of the current folder. Nothing that a submission does changes an
argument that a test has in hand; `given` of the stand-in is what has become of the copies.
"""

import builtins
import re
import time
from typing import Any

import numpy as np
import pandas as pd

from homework_tools.grading.collect import Submission
from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.guest.worker import MAX_FILES, read_files, write_files
from homework_tools.sandbox.host.sandbox import Died, OutOfTime, Sandbox, Worker

HINTS = {
    "AttributeError": "a value is of another type than the code expects",
    "ImportError": "only numpy, pandas, scipy and matplotlib are there",
    "IndexError": "a position that is not there; the data of the test has another size",
    "KeyError": "a label that is not there; is a name typed that an argument should give?",
    "MemoryError": "it needs far too much memory",
    "ModuleNotFoundError": "only numpy, pandas, scipy and matplotlib are there",
    "NameError": "a name that is not known; of a notebook only imports, functions and plain values "
    "are taken for grading, so pass what the function needs as an argument",
    "RecursionError": "it calls itself without end",
    "ResultTooLarge": "what it returns is far too large",
    "TypeError": "an argument or a value of the wrong type; are the arguments still those given?",
    "ValueError": "values that do not fit, perhaps because shapes or labels differ",
}
KNOWN_KINDS = {"ResultTooLarge", "_UFuncNoLoopError"} | {
    name
    for module in (builtins, np.exceptions, np.linalg, pd.errors)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
MAX_DEATHS = 2
MAX_FAULTS, MAX_NAMES = 5, 1000  # so many are taken over, however many a worker claims


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
        self._deadline = time.monotonic() + sandbox.limits.total_s
        self._worker: Worker | None = None
        self._starts = 0
        self._slow: set[str] = set()
        self._deaths: dict[str, int] = {}
        self.defined: set[str] = set()
        self.signatures: dict[str, str] = {}
        self.faults: list[str] = []
        self.flags: list[str] = []

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self._kill()

    def function(self, name: str):
        """Return what a test calls by the name of the student's function."""

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            result, stand_in.given = self.call(name, args, kwargs)
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
            raise Failed(f"{name} is not defined in the notebook." + self._why_undefined())
        given = [*args, *kwargs.values()]
        encoded = [codec.encode(value) for value in given]
        request = {
            "do": "call",
            "function": name,
            "args": encoded[: len(args)],
            "kwargs": dict(zip(kwargs, encoded[len(args) :], strict=True)),
            "files": read_files(),
        }
        answer = self._ask(worker, name, request)
        if "fault" in answer:
            raise self._failed(name, answer["fault"])
        try:
            return self._accept(answer, encoded)
        except (codec.CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
            message = f"{name} returned something that the grader does not take."
            raise Failed(message, str(error)) from None

    def _ask(self, worker: Worker, name: str, request: dict) -> dict:
        limits = self._sandbox.limits
        left = self._deadline - time.monotonic()
        try:
            return worker.ask(request, min(limits.call_s, left))
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

    def _accept(self, answer: dict, encoded: list) -> tuple[Any, list]:
        """Return the result and the copies; write the files that the function wrote."""
        files = answer["files"]
        if not all(isinstance(content, str) for content in files.values()):
            raise codec.CodecError("a file that may not cross")
        if len(files) > MAX_FILES:
            raise codec.CodecError("too many files")
        write_files(files)
        left = [answer["changed"].get(str(n), value) for n, value in enumerate(encoded)]
        return codec.decode(answer["value"]), [codec.decode(value) for value in left]

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
        request = {"do": "load", "cells": [list(cell) for cell in self._submission.code]}
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
        """Take over what a worker says of its notebook: little of it, since it may be made up."""
        defined, signatures = loaded.get("defined"), loaded.get("signatures")
        defined = defined if isinstance(defined, list) else []
        self.defined = {name for name in defined[:MAX_NAMES] if isinstance(name, str)}
        if isinstance(signatures, dict):
            few = list(signatures.items())[:MAX_NAMES]
            self.signatures = {name: codec.one_line(text, 200) for name, text in few}
        faults = loaded.get("faults")
        faults = faults if isinstance(faults, list) else []
        self.faults = [self._place(fault) for fault in faults[:MAX_FAULTS]]
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

    def _why_undefined(self) -> str:
        return (
            f" Not everything could be read: {'; '.join(self.faults[:3])}." if self.faults else ""
        )

    def _failed(self, name: str, fault: object) -> Failed:
        fault = fault if isinstance(fault, dict) else {}
        kind = str(fault.get("kind"))[:60]
        detail = f"{kind}: {str(fault.get('message', ''))[:500]}"
        if kind == "NotImplementedError":
            return Failed(f"{name} is still to be written.", detail)
        hint = self._line_that_did_not_run(fault) or HINTS.get(kind)
        hint = f" ({hint})" if hint else ""
        return Failed(f"{name} stopped with {self._place(fault)}{hint}.", detail)

    def _line_that_did_not_run(self, fault: dict) -> str:
        """Say where the student sets a name that was not known, if that is outside a function."""
        name = str(fault.get("name", ""))[:60]
        if fault.get("kind") != "NameError" or not name.isidentifier():
            return ""
        for cell, lines in self._lines.items():
            line = next((n for n, text in enumerate(lines, start=1) if sets(text, name)), None)
            if line:
                return (
                    f"{name} is set in cell {cell}, line {line}, by a line that does not run for "
                    "grading: only imports, functions and plain values do; use the function's "
                    "arguments, or write that line inside the function"
                )
        return ""

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
        code = lines[line - 1].strip().replace("`", "'")[:100]
        return f"{kind} in cell {cell}, line {line}: `{code}`"


def sets(line: str, name: str) -> bool:
    """Say whether a line outside of functions sets a name; in linear time, however long it is."""
    left, equals, right = line.partition("=")
    if not equals or right.startswith("=") or line[0].isspace() or name not in left:
        return False
    target = left.strip().removeprefix("(").removesuffix(")")
    plain = re.fullmatch(r"[\w\s,*:.\[\]]*", target)
    return bool(plain) and name in re.findall(r"\w+", target)
