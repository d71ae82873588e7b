"""The gene that is opened shows the package's own values, t and interval."""

import json

import numpy as np
import pytest
from scipy import stats

import rnaseq_hw as hw
from tasks import ROOT
from website.extensions.blocks.lab import lab_defaults

ENGINE = ROOT / "website" / "lab" / "engine"
HOMEWORK = lab_defaults(44) | {"adjust": "raw"}


def opened(node, gene, **changed):
    """Return what the worker answers for one gene."""
    settings = json.dumps(HOMEWORK | {"test": "student", "picked": gene} | changed)
    script = f"import {{ answer }} from {(ENGINE / 'gene.mjs').as_uri()!r}; "
    script += f"const {{ picked }} = answer({settings}, {{}}); picked.values = [...picked.values]; "
    script += "console.log(JSON.stringify(picked))"
    return json.loads(node("--input-type=module", "--eval", script))


@pytest.mark.parametrize("test", ["student", "welch"])
@pytest.mark.parametrize("changed", [{}, {"n_samples": 6, "noise_sd": 2, "shift_size": 0.5}])
def test_interval_is_that_of_the_package_and_of_scipy(test, changed, node):
    keys = ["n_samples", "n_genes", "n_shift", "shift_size", "noise_sd", "missing_p", "seed"]
    case = HOMEWORK | changed
    df_expr, df_meta, _ = hw.simulate_dataset(**{key: case[key] for key in keys})
    df_log = hw.log2_normalize_expression(df_expr)
    results = hw.group_mean_differences(df_log, df_meta, "condition", confidence=0.95)
    for gene in (0, 9, 500):
        found = opened(node, gene, test=test, **changed)
        values = np.array(found["values"], dtype=float)  # null is NaN
        np.testing.assert_allclose(values, df_log.iloc[:, gene], rtol=0, atol=1e-12)
        half = case["n_samples"] // 2
        groups = [each[~np.isnan(each)] for each in (values[half:], values[:half])]
        expected = stats.ttest_ind(*groups, equal_var=test == "student")
        interval = expected.confidence_interval(0.95)
        assert found["t"] == pytest.approx(expected.statistic, abs=1e-9)
        assert [found["low"], found["high"]] == pytest.approx([*interval], abs=1e-9)
        if test == "student":
            row = results.iloc[gene][["delta", "ci_low", "ci_high"]]
            assert [found[key] for key in ("delta", "low", "high")] == pytest.approx([*row])


def test_gene_without_a_test_has_no_interval(node):
    found = opened(node, 0, n_samples=4, missing_p=0.99, max_missing=1)
    assert found["low"] is None
    assert found["t"] is None
