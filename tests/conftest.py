"""What every test shares: the settings of `tasks.py`, and no figure left open."""

import os
import sys

import matplotlib
import pytest
from matplotlib import pyplot

import tasks

os.environ.update(tasks.environment(sys.executable))
matplotlib.use("Agg")  # not by MPLBACKEND, which would silence the figures of a chapter's kernel


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    pyplot.close("all")


@pytest.fixture(scope="session")
def root():
    """Return the project's folder."""
    return tasks.ROOT
