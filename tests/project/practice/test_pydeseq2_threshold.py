"""What the chapter on DESeq2 says of PyDESeq2's test against a threshold."""

import numpy as np
import pytest
from scipy.stats import norm

THRESHOLD = 1.5


def wald(means, contrast):
    """Return PyDESeq2's p-value and standard error for three groups of six samples each."""
    from pydeseq2.utils import wald_test  # not at the top: each test process would load it

    design = np.kron([[1, 0, 0], [1, 1, 0], [1, 0, 1]], np.ones((6, 1)))
    coefficients = np.log([means[0], means[1] / means[0], means[2] / means[0]])
    mu = np.exp(design @ coefficients)
    p_value, _, error = wald_test(
        design,
        disp=0.05,
        lfc=coefficients,
        mu=mu,
        ridge_factor=np.diag(np.repeat(1e-6, 3)),
        contrast=np.array(contrast),
        lfc_null=THRESHOLD,
        alt_hypothesis="greaterAbs",
    )
    return p_value, error


def test_against_the_reference_level_the_first_term_is_doubled():
    p_value, error = wald((50, 50 * np.exp(1.8), 50), [0, 1, 0])
    assert p_value == pytest.approx(2 * norm.sf((1.8 - THRESHOLD) / error))


def test_between_two_other_levels_the_threshold_is_that_of_each_coefficient():
    with_other_reference, _ = wald((800, 50, 1500), [0, 0, 1])  # 1,500 against 800, the reference
    p_value, _ = wald((50, 800, 1500), [0, -1, 1])  # the same two means and another reference
    assert with_other_reference == 1
    assert p_value < 0.01
