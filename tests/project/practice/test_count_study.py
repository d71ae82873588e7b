"""The stored study of simulated counts is what its script computes."""

import importlib.util
from importlib import resources

import pandas as pd
import pytest

import tasks

STUDY = pd.read_csv(
    resources.files("rnaseq_hw") / "data" / "count_study.csv", header=[0, 1], index_col=[0, 1]
)


@pytest.fixture(scope="module")
def script():
    path = tasks.ROOT / "tools" / "data" / "count_study.py"
    spec = importlib.util.spec_from_file_location("count_study", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_setting_has_a_row_per_seed(script):
    assert STUDY.index.tolist() == [(s, seed) for s in script.SPREADS for seed in script.SEEDS]


@pytest.mark.parametrize("setting", [(0.0, 7), (0.7, 300)])
def test_a_data_set_computed_anew_gives_the_stored_row(script, setting):
    assert script.count_calls(setting).to_dict() == STUDY.loc[setting].to_dict()
