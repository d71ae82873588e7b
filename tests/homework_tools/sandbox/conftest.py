"""Each kind of sandbox that this machine can have."""

import pytest

from homework_tools.sandbox.host.sandbox import KINDS, Sandbox
from tests.homework_tools.sandbox.ask import LIMITS, works


@pytest.fixture(scope="module", params=KINDS)
def sandbox(request):
    if not works(request.param):
        pytest.skip(f"{request.param} is not to be had here")
    with Sandbox(LIMITS, request.param) as found:
        yield found


@pytest.fixture(scope="module")
def strongest():
    """Return the kind that a grader would have here, for what is the same in each."""
    with Sandbox(LIMITS) as found:
        yield found
