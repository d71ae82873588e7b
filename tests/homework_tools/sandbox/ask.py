"""Ask one function of a made-up submission in a sandbox."""

import os
import sys
from functools import cache

import pytest

from homework_tools.sandbox.host.sandbox import Limits, Sandbox

LIMITS = Limits(call_s=2, total_s=30, memory_mb=512, file_mb=1)
LINUX = sys.platform == "linux"


@cache
def works(kind):
    """Say whether a kind of sandbox can be had on this machine; in CI's gate on Linux it must."""
    try:
        with Sandbox(LIMITS, kind):
            return True
    except RuntimeError:
        if LINUX and os.environ.get("GITHUB_JOB") == "gate":
            pytest.fail(f"{kind} does not work: this job would pass without testing it")
        return False


def ask(sandbox, source, *args, files=None):
    """Return what a new worker answers when the function `f` of a source is called."""
    worker = sandbox.start()
    try:
        loaded = worker.ask({"do": "load", "cells": [[1, source]]}, 30)
        assert "f" in loaded["defined"], loaded
        request = {"do": "call", "function": "f", "args": list(args), "kwargs": {}}
        return worker.ask({**request, "files": files or {}}, LIMITS.call_s)
    finally:
        worker.kill()
