"""Node runs the lab's modules: the one on PATH, or the one that Playwright brings along."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node():
    """Return a function that runs a module and returns what it prints: `node(path, text)`."""
    program = shutil.which("node") or compute_driver_executable()[0]

    def run(*arguments, text=""):
        done = subprocess.run(
            [program, *map(str, arguments)], input=text, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


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
