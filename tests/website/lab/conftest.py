"""Node runs the lab's modules."""

import json
from pathlib import Path

import numpy as np
import pytest

from website.node import run_node

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node():
    """Return a function that runs a module and returns what it prints: `node(path, text)`."""
    return run_node


@pytest.fixture(scope="session")
def in_browser(node):
    """Return a function from settings, a list, to what the browser makes of each."""

    def answer(cases):
        answers = json.loads(node(HERE / "run_cases.mjs", text=json.dumps(cases)))
        for each in answers:
            for column in ("delta", "t", "log10p", "judged"):
                each[column] = np.array(each[column], dtype=float)
        return answers

    return answer
