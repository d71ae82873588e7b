"""The experiments of a null study: simulated, tested, counted, a batch at a time."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnaseq_hw._two_groups import compare_arrays, student_error, welch_error

TESTS = {"student": student_error, "welch": welch_error}


class Design(NamedTuple):
    """What all experiments of a study share."""

    spread: np.ndarray  # standard deviation of each sample; Treatment comes last
    n_treatment: int
    n_genes: int
    gene_correlation: float
    missing_p: float
    alpha: float
    test: str


def count_batch(
    design: Design, entropy: int | Sequence[int] | None, batch: range
) -> list[tuple[int, int]]:
    """Simulate and test the experiments of a batch; return false positives and genes tested."""
    n_samples = len(design.spread)
    own, shared = np.sqrt(1 - design.gene_correlation), np.sqrt(design.gene_correlation)
    counts = []
    for number in batch:
        # The stream that SeedSequence(entropy).spawn gives its child of that number.
        rng = np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=(number,)))
        values = rng.standard_normal((n_samples, design.n_genes))
        if shared > 0:
            values = own * values + shared * rng.standard_normal((n_samples, 1))
        values *= design.spread[:, np.newaxis]
        if design.missing_p > 0:
            values[rng.random(values.shape) < design.missing_p] = np.nan
        n_control = n_samples - design.n_treatment
        results = compare_arrays(values[:n_control], values[n_control:], TESTS[design.test])
        p_value = results[-1]
        counts.append((int((p_value < design.alpha).sum()), int((~np.isnan(p_value)).sum())))
    return counts
