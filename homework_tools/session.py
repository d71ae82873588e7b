"""Let the hidden tests call a submission's functions, which live in a worker.

For a test the stand-ins below are plain functions: arguments go over as data, results and changed
arguments come back as data, and so do the small files of the current folder.
"""

import re
import time
from typing import Any

import pandas as pd

from homework_tools import codec
from homework_tools.collect import Submission
from homework_tools.sandbox import Died, OutOfTime, Sandbox, Worker
from homework_tools.worker import MAX_FILES, read_files, write_files

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
MAX_DEATHS = 2


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
            return self.call(name, args, kwargs)

        stand_in.__name__ = name
        return stand_in

    def call(self, name: str, args: tuple, kwargs: dict) -> Any:
        """Call a function of the submission, or raise `Failed`."""
        if name in self._slow:  # else one loop without end would eat the time of the others
            raise Failed(f"{name} was not called again: it had run out of time before.")
        if self._deaths.get(name, 0) >= MAX_DEATHS:
            raise Failed(f"{name} was not called again: it had ended the process before.")
        self._ready()
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
        answer = self._ask(name, request)
        if "fault" in answer:
            raise self._failed(name, answer["fault"])
        try:
            return self._accept(answer, given)
        except (codec.CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
            message = f"{name} returned something that the grader does not take."
            raise Failed(message, str(error)) from None

    def _ask(self, name: str, request: dict) -> dict:
        limits = self._sandbox.limits
        left = self._deadline - time.monotonic()
        try:
            return self._worker.ask(request, min(limits.call_s, left))
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

    def _accept(self, answer: dict, given: list) -> Any:
        """Return the result; give the caller's arguments and files the changes they got."""
        files = answer["files"]
        if not all(isinstance(content, str) for content in files.values()):
            raise codec.CodecError("a file that may not cross")
        if len(files) > MAX_FILES:
            raise codec.CodecError("too many files")
        write_files(files)
        for number, changed in answer["changed"].items():
            replace_content(given[int(number)], codec.decode(changed))
        return codec.decode(answer["value"])

    # ---- starting ------------------------------------------------------------------------------

    def _ready(self) -> None:
        """Have a worker that has loaded the submission, or raise `Failed`."""
        limits = self._sandbox.limits
        if time.monotonic() > self._deadline:
            self._flag("ran out of time")
            self._kill()
            raise Failed(f"Not called: the notebook has used up its {limits.total_s:g} seconds.")
        if self._worker is not None:
            return
        if self._starts > limits.restarts:
            raise Failed("Not called: the notebook's functions ended the process again and again.")
        self._starts += 1
        left = self._deadline - time.monotonic()
        request = {"do": "load", "cells": [list(cell) for cell in self._submission.code]}
        try:
            self._worker = self._sandbox.start()
            loaded = self._worker.ask(request, min(2 * limits.call_s, left))
        except (OutOfTime, Died) as error:
            self._kill()
            self._starts = limits.restarts + 1  # it would happen each time
            self._flag("its definitions cannot be loaded")
            message = "The notebook's definitions and imports could not be run to their end."
            raise Failed(message, repr(error)) from None
        self._remember(loaded)

    def _remember(self, loaded: dict) -> None:
        defined, signatures = loaded.get("defined"), loaded.get("signatures")
        self.defined = {str(name) for name in defined} if isinstance(defined, list) else set()
        if isinstance(signatures, dict):
            self.signatures = {str(name): str(text)[:200] for name, text in signatures.items()}
        faults = loaded.get("faults")
        self.faults = [self._place(fault) for fault in faults] if isinstance(faults, list) else []
        for words in self.faults[:5]:
            self._flag(words)

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
        name = str(fault.get("name", ""))
        if fault.get("kind") != "NameError" or not name.isidentifier():
            return ""
        target = rf"^(?=\S)\(?[\w, *]*\b{name}\b[\w, *:.\[\]]*\)?\s*=(?!=)"
        for cell, source in self._submission.code:
            if match := re.search(target, source, re.MULTILINE):
                line = source.count("\n", 0, match.start()) + 1
                return (
                    f"{name} is set in cell {cell}, line {line}, by a line that does not run for "
                    "grading: only imports, functions and plain values do; use the function's "
                    "arguments, or write that line inside the function"
                )
        return ""

    def _place(self, fault: object) -> str:
        """Say where an error arose, by the student's own line; never by the error's message."""
        fault = fault if isinstance(fault, dict) else {}
        kind = re.sub(r"\W", "", str(fault.get("kind")))[:60]
        cell, line = fault.get("cell"), fault.get("line")
        source = dict(self._submission.code).get(cell) if type(cell) is int else None
        if source is None:
            return kind
        lines = source.split("\n")
        if type(line) is not int or not 0 < line <= len(lines):
            return f"{kind} in cell {cell}"
        code = lines[line - 1].strip().replace("`", "'")[:100]
        return f"{kind} in cell {cell}, line {line}: `{code}`"


def replace_content(value: Any, changed: Any) -> None:
    """Give a table or a list the content that it was changed to on the other side."""
    if isinstance(value, pd.DataFrame) and isinstance(changed, pd.DataFrame):
        pd.DataFrame.__init__(value, changed)
    elif isinstance(value, pd.Series) and isinstance(changed, pd.Series):
        pd.Series.__init__(value, changed)
    elif isinstance(value, list) and isinstance(changed, list):
        value[:] = changed
