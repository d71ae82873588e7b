"""Repeat an experiment in which nothing happens, thousands of times, and count false positives."""

import multiprocessing
import os
import sys
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_count, check_fraction, check_number
from rnaseq_hw._null_experiments import TESTS, Design, count_batch

BATCH = 25  # experiments that a worker does at a time


def null_study(
    *,
    n_experiments: int,
    n_genes: int = 1000,
    n_samples: int = 100,
    n_treatment: int | None = None,
    sd_control: float = 0.2,
    sd_treatment: float = 0.2,
    gene_correlation: float = 0.0,
    missing_p: float = 0.0,
    alpha: float = 0.05,
    test: str = "student",
    seed: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    r"""
    Simulate experiments without any shifted gene, test each, and count the false positives.

    On the log scale the value of gene g in sample s is normal noise,

    .. math:: x_{sg} = \sigma_s (\sqrt{\rho} \, f_s + \sqrt{1 - \rho} \, e_{sg})

    with :math:`\sigma_s` the standard deviation of the sample's group, :math:`e_{sg}` the
    gene's own noise and :math:`f_s` a factor that all genes of a sample share. Genes have no
    baseline, since a comparison of means does not depend on one. Every gene called significant
    is a false positive. Experiment i of a seed is the same however many there are, and whoever
    computes it: each has a stream of random numbers of its own.

    Parameters
    ----------
    n_experiments : int
        Number of simulated experiments.
    n_genes : int
        Number of genes in each.
    n_samples : int
        Number of samples in each, both groups together.
    n_treatment : int, optional
        How many of them are Treatment; half of them (rounded up) if not given.
    sd_control : float
        Standard deviation of Control samples, on a log scale.
    sd_treatment : float
        Standard deviation of Treatment samples, on the same scale.
    gene_correlation : float
        Correlation :math:`\rho` of any two genes, from 0 to 1.
    missing_p : float
        Probability, from 0 to 1, that a value is missing.
    alpha : float
        Threshold for the p-value, from 0 to 1; a gene is called when ``p_value < alpha``.
    test : str
        ``"student"`` or ``"welch"``.
    seed : int, optional
        Seed of the random numbers; None gives new data at each call.
    workers : int, optional
        Number of processes; all the cores if not given, no extra process if 1. Unless it is 1,
        a script needs ``if __name__ == "__main__":`` around its own lines.
    executor : concurrent.futures.Executor, optional
        Takes the place of `workers`, for example Dask's ``client.get_executor()`` of a cluster.
    progress : bool
        Whether to write a bar of progress to the standard error stream.

    Returns
    -------
    DataFrame of shape (n_experiments, 3)
        One row per experiment, the same whatever `workers` and `executor` are.

        - `fp`: genes called significant, all of them false positives.
        - `tested`: genes with a p-value.
        - `false_positive_rate`: ``fp / tested`` (NaN if none was tested).

    Raises
    ------
    TypeError
        If a count is not a whole number, or another argument not a number.
    ValueError
        If an argument is outside its range, `test` is unknown, or both `workers` and
        `executor` are given.

    References
    ----------
    Part 5 of the course's assignment, many times over. Streams: NumPy's ``SeedSequence``.

    Examples
    --------
    >>> study = null_study(n_experiments=40, n_genes=200, n_samples=10, seed=1, workers=1)
    >>> study["false_positive_rate"].mean().round(2)
    np.float64(0.05)
    """
    if test not in TESTS:
        raise ValueError(f"test must be 'student' or 'welch', not {test!r}.")
    check_count("n_experiments", n_experiments)
    check_count("n_genes", n_genes)
    check_count("n_samples", n_samples, minimum=2)
    n_treatment = n_samples - n_samples // 2 if n_treatment is None else n_treatment
    check_count("n_treatment", n_treatment, minimum=1, maximum=n_samples - 1)
    for name in ("sd_control", "sd_treatment"):
        check_number(name, locals()[name], minimum=0)
    for name in ("gene_correlation", "missing_p", "alpha"):
        check_fraction(name, locals()[name])
    if workers is not None and executor is not None:
        raise ValueError("Pass workers or executor, not both: an executor has its own workers.")

    spread = np.repeat([sd_control, sd_treatment], [n_samples - n_treatment, n_treatment])
    design = Design(spread, n_treatment, n_genes, gene_correlation, missing_p, alpha, test)
    entropy = np.random.SeedSequence(seed).entropy
    starts = range(0, n_experiments, BATCH)
    batches = [range(start, min(start + BATCH, n_experiments)) for start in starts]
    count = partial(count_batch, design, entropy)
    if executor is not None:
        counts = _collect(executor.map(count, batches), n_experiments, progress)
    elif (workers := min(_workers(workers), len(batches))) <= 1:
        counts = _collect(map(count, batches), n_experiments, progress)
    else:
        fresh = multiprocessing.get_context("spawn")  # a fork of a notebook's threads may hang
        with ProcessPoolExecutor(workers, mp_context=fresh) as processes:
            counts = _collect(processes.map(count, batches), n_experiments, progress)
    study = pd.DataFrame(counts, columns=["fp", "tested"]).rename_axis("experiment")
    study["false_positive_rate"] = study["fp"] / study["tested"].where(study["tested"] > 0)
    return study


def _collect(results: Iterable, n_experiments: int, progress: bool) -> list[tuple[int, int]]:
    """Put the batches together, in order, with a bar of progress if asked for."""
    counts = []
    for batch in results:
        counts += batch
        if progress:
            bar = f"[{'=' * (30 * len(counts) // n_experiments):30}]"
            text = f"\r{bar} {len(counts):,} of {n_experiments:,} experiments"
            sys.stderr.write(text + "\n" * (len(counts) == n_experiments))
    return counts


def _workers(workers: int | None) -> int:
    """Return how many processes to use: what was asked for, or the cores that are free to use."""
    if workers is None:
        free = getattr(os, "sched_getaffinity", lambda process: ())  # Linux alone knows them
        return len(free(0)) or os.cpu_count() or 1
    check_count("workers", workers, minimum=1)
    return workers
