"""Ask the functions of a made-up submission in a sandbox."""

import sys

from homework_tools.sandbox.host.sandbox import Limits

LIMITS = Limits(call_s=2, total_s=30, memory_mb=512, file_mb=1)
LINUX = sys.platform == "linux"


def ask(sandbox, source, *args, files=None, seconds=LIMITS.call_s):
    """Return what a new worker answers when the function `f` of a source is called."""
    (answer,) = ask_each(sandbox, source, ["f"], *args, files=files, seconds=seconds)
    return answer


def ask_each(sandbox, source, names, *args, files=None, seconds=LIMITS.call_s):
    """Return what one new worker answers when these functions are called in turn."""
    worker = sandbox.start()
    try:
        loaded = worker.ask({"do": "load", "cells": [[1, source]]}, 30)
        assert set(names) <= set(loaded["defined"]), loaded
        request = {"do": "call", "args": list(args), "kwargs": {}, "files": files or {}}
        return [worker.ask({**request, "function": name}, seconds) for name in names]
    finally:
        worker.kill()
