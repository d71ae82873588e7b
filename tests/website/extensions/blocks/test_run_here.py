"""Cells that Python in the page cannot run are known when the site is built."""

import pytest

from homework_tools.editions.notebooks import student_notebook
from homework_tools.master.read import read_master
from website.extensions.blocks.homework_here import edition_of
from website.extensions.blocks.run_here import lacking

KNOWN = {"numpy", "json"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["import numpy as np", "np.zeros(3)"], [False, False]),
        (["from pydeseq2.dds import DeseqDataSet", "DeseqDataSet()"], [True, True]),
        (
            ["import pydeseq2.dds as d", "x = d.f()", "y = x + 1", "1 + 1"],
            [True, True, True, False],
        ),
        (["import pydeseq2", "import json as pydeseq2", "pydeseq2.dumps(1)"], [True, False, False]),
        (["def f():\n    import rpy2", "1", "f()"], [True, False, True]),
    ],
)
def test_cell_lacks_what_it_imports_or_takes_from_such_a_cell(cells, expected):
    assert lacking(cells, KNOWN) == expected


def test_another_seed_is_another_edition():
    one, other = (student_notebook(read_master(seed=seed)) for seed in (44, 45))
    assert edition_of(one) != edition_of(other)
    assert edition_of(one) == edition_of(student_notebook(read_master(seed=44)))
