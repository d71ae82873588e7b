"""Each kind of sandbox that this machine can have, started once."""

import os
from contextlib import ExitStack
from functools import cache

import pytest

from homework_tools.sandbox.host.sandbox import KINDS, Sandbox
from tests.homework_tools.sandbox.ask import LIMITS, LINUX


@pytest.fixture(scope="session")
def sandboxes():
    """Return a function that gives the sandbox of a kind, or skips the test that asks for it.

    In CI's gate on Linux every kind must work.
    """
    with ExitStack() as started:

        @cache
        def start(kind):
            try:
                return started.enter_context(Sandbox(LIMITS, kind))
            except RuntimeError:
                if LINUX and os.environ.get("GITHUB_JOB") == "gate":
                    pytest.fail(f"{kind} does not work: this job would pass without testing it")
                return None

        yield lambda kind: start(kind) or pytest.skip(f"{kind} is not to be had here")


@pytest.fixture(scope="module", params=KINDS)
def sandbox(request, sandboxes):
    return sandboxes(request.param)


@pytest.fixture(scope="module")
def strongest():
    """Return the kind that a grader would have here, for what is the same in each."""
    with Sandbox(LIMITS) as found:
        yield found
