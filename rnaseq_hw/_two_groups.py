"""What Student's and Welch's tests share: the samples of two groups, and their moments."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from rnaseq_hw._checks import check_unique, real_values, refuse_infinite
from rnaseq_hw._samples import CONTROL, TREATMENT, levels_by_sample

COLUMNS = ["mean_control", "mean_treatment", "delta", "t_stat", "p_value"]
INTERVAL = ["ci_low", "ci_high"]
BLOCK_BYTES = 2**20  # a block of genes that fits a processor's cache
NARROWEST = 256  # genes; in a narrower block NumPy's overhead for each row counts
THREADS = 2  # blocks at a time: NumPy computes without Python's lock
# Counts and sums of squares of Control, then of Treatment -> standard error, degrees of freedom.
ErrorOfDelta = Callable[..., tuple[np.ndarray, np.ndarray]]


def student_error(n_c, squares_c, n_t, squares_t):
    """Return Student's standard error of a difference, with one pooled variance."""
    dof = n_c + n_t - 2.0
    variance = (squares_c + squares_t) / dof  # one value against one: 0 / 0
    return np.sqrt(variance * (1 / n_c + 1 / n_t)), dof


def welch_error(n_c, squares_c, n_t, squares_t):
    """Return Welch's standard error, a variance for each group, with Satterthwaite's df."""
    of_control = squares_c / ((n_c - 1) * n_c)  # squared standard error of the mean
    of_treatment = squares_t / ((n_t - 1) * n_t)
    total = of_control + of_treatment
    dof = total**2 / (of_control**2 / (n_c - 1) + of_treatment**2 / (n_t - 1))
    return np.sqrt(total), dof


def compare_groups(
    df_expr: pd.DataFrame,
    df_meta: pd.DataFrame,
    group_col: str,
    error_of_delta: ErrorOfDelta,
    confidence: float | None = None,
) -> pd.DataFrame:
    """Check the tables, match samples by label, and test the genes in blocks."""
    if confidence is not None and not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, like 0.95, not {confidence!r}")
    values = real_values(df_expr, "df_expr")
    check_unique("gene names in df_expr", df_expr.columns)
    levels = levels_by_sample(df_expr.index, df_meta, group_col)
    control, treatment = (_rows(levels == level) for level in (CONTROL, TREATMENT))

    columns = COLUMNS if confidence is None else COLUMNS + INTERVAL
    results = np.empty((len(columns), values.shape[1]))
    width = max(NARROWEST, BLOCK_BYTES // (values.itemsize * len(values)))
    starts = range(0, values.shape[1], width)

    def compare_blocks(starts: range) -> None:
        for start in starts:
            genes = np.s_[start : start + width]
            block = values[:, genes]
            results[:, genes] = compare_arrays(
                block[control], block[treatment], error_of_delta, confidence
            )
            if not np.isfinite(results[:2, genes]).all() and np.isinf(block).any():
                refuse_infinite(df_expr, values)

    if len(starts) < 2 or sys.platform == "emscripten":  # a browser's Python has no threads
        compare_blocks(starts)
    else:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(compare_blocks, (starts[i::THREADS] for i in range(THREADS))))
    return pd.DataFrame(results.T, index=df_expr.columns, columns=columns, copy=False)


def _rows(chosen: np.ndarray) -> slice | np.ndarray:
    """Return the places of the rows chosen; as a slice, which copies nothing, if they adjoin."""
    places = np.flatnonzero(chosen)
    adjoin = places[-1] - places[0] == len(places) - 1
    return slice(places[0], places[-1] + 1) if adjoin else places


@np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore")
def compare_arrays(
    control: np.ndarray,
    treatment: np.ndarray,
    error_of_delta: ErrorOfDelta,
    confidence: float | None = None,
) -> tuple[np.ndarray, ...]:
    """Compute the result columns for two (n_samples, n_genes) arrays."""
    n_c, mean_c, rest_c, squares_c = _moments(control)
    n_t, mean_t, rest_t, squares_t = _moments(treatment)
    delta = (mean_t - mean_c) + (rest_t - rest_c)
    standard_error, dof = error_of_delta(n_c, squares_c, n_t, squares_t)
    t_stat = delta / standard_error

    rounding = (
        10 * np.finfo(float).eps * np.maximum(np.abs(mean_c + rest_c), np.abs(mean_t + rest_t))
    )
    constant = standard_error <= rounding
    infinite = np.copysign(np.inf, delta)
    t_stat = np.where(constant, np.where(abs(delta) > rounding, infinite, np.nan), t_stat)
    t_stat[~np.isfinite(standard_error)] = np.nan
    dof = np.where(constant, n_c + n_t - 2.0, dof)  # Welch's is 0/0 there
    # The lower tail, doubled: 2 * (1 - cdf) has no digits left once |t| is large.
    p_value = 2 * stdtr(dof, -abs(t_stat))
    compared = mean_c + rest_c, mean_t + rest_t, delta, t_stat, p_value
    if confidence is None:
        return compared
    reach = stdtrit(dof, (1 + confidence) / 2) * standard_error
    reach[np.isnan(t_stat)] = np.nan
    return *compared, delta - reach, delta + reach


def _moments(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return count, origin, rest and sum of squares of each column, NaN left out.

    The mean is `origin + rest`. Plain sums of squares have no digits left at a mean of 1e8; about
    one of the gene's own values, its origin, rounding grows by a factor of n at most.
    """
    origin = values[0]
    for row in values[1:]:
        gaps = np.isnan(origin)
        if not gaps.any():
            break
        origin = np.where(gaps, row, origin)
    above = values - origin
    missing = np.isnan(above)
    np.copyto(above, 0, where=missing)
    n = len(values) - np.add.reduce(missing, axis=0, dtype=np.int32)
    rest = np.einsum("ij->j", above) / n  # sooner than `sum`, in either order of memory
    squares = np.einsum("ij,ij->j", above, above) - n * rest**2
    return n, origin, rest, np.maximum(squares, 0)
