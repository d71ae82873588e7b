"""Part 4: compare Treatment with Control, gene by gene, by Student's t-test."""

import numpy as np
import pandas as pd
from scipy.special import stdtr

from rnaseq_hw._checks import check_table, check_unique, expression_values, name_some

CONTROL, TREATMENT = "Control", "Treatment"
COLUMNS = ["mean_control", "mean_treatment", "delta", "t_stat", "p_value"]
BLOCK_BYTES = 2**20  # a block of genes that fits a processor's cache


def group_mean_differences(
    df_expr: pd.DataFrame, df_meta: pd.DataFrame, group_col: str = "group"
) -> pd.DataFrame:
    """
    Compare the group means of each gene, with Student's two-sample t-test.

    Samples are matched by label, never by position. Missing values are left out gene by gene.
    Student's test pools the variance of the two groups; its null hypothesis is that a gene's
    mean is the same in both. P-values are two-sided and are not adjusted for the number of
    genes.

    Parameters
    ----------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values on the log2 scale; NaN where a value is missing. Not changed.
    df_meta : DataFrame
        The sample table: its index holds every sample of `df_expr`, in any order.
    group_col : str
        Column of `df_meta` with the levels `Control` (the reference) and `Treatment`. In the
        course's data that column is called `condition`.

    Returns
    -------
    DataFrame of shape (n_genes, 5)
        One row per gene, in the order of the columns of `df_expr`.

        - `mean_control`, `mean_treatment`: group means (log2).
        - `delta`: ``mean_treatment - mean_control``, the log2 fold change.
        - `t_stat`: Student's t statistic, with the sign of `delta`.
        - `p_value`: two-sided p-value.

        Where no test is possible `t_stat` and `p_value` are NaN: a group without values, one
        value against one, or values that are constant up to rounding and equal in both groups.
        Constant values that do differ between the groups give an infinite `t_stat` and a
        `p_value` of 0.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `df_meta` not a DataFrame.
    KeyError
        If `df_meta` has no column `group_col`.
    ValueError
        If a sample of `df_expr` is absent from `df_meta`, a label stands twice, a level is
        neither `Control` nor `Treatment`, a group has no sample, or a value is infinite.

    References
    ----------
    Student (1908), "The probable error of a mean", Biometrika 6, 1-25,
    doi:10.1093/biomet/6.1.1. The rule for constant values is that of R's ``t.test``: a
    standard error of at most 10 machine epsilons times the larger absolute mean.

    Examples
    --------
    >>> df_expr = pd.DataFrame(
    ...     {"GeneA": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "GeneB": [2.0, 1.0, 2.0, 2.0, 1.0, 2.0]},
    ...     index=["S01", "S02", "S03", "S04", "S05", "S06"],
    ... )
    >>> df_meta = pd.DataFrame({"condition": ["Control"] * 3 + ["Treatment"] * 3}, df_expr.index)
    >>> group_mean_differences(df_expr, df_meta, group_col="condition").round(3)
           mean_control  mean_treatment  delta  t_stat  p_value
    GeneA         2.000           5.000    3.0   3.674    0.021
    GeneB         1.667           1.667    0.0   0.000    1.000
    """
    values = expression_values(df_expr)
    check_unique("gene names in df_expr", df_expr.columns)
    levels = _levels_by_sample(df_expr.index, df_meta, group_col)
    control, treatment = (np.flatnonzero(levels == level) for level in (CONTROL, TREATMENT))

    results = np.empty((len(COLUMNS), values.shape[1]))
    width = max(1, BLOCK_BYTES // (values.itemsize * len(values)))
    for start in range(0, values.shape[1], width):
        block = np.s_[start : start + width]
        results[:, block] = _student(values[control, block], values[treatment, block])
    return pd.DataFrame(dict(zip(COLUMNS, results, strict=True)), index=df_expr.columns)


def _levels_by_sample(samples: pd.Index, df_meta: pd.DataFrame, group_col: str) -> np.ndarray:
    """Look up each sample's level, or raise."""
    check_table("df_meta", df_meta)
    if group_col not in list(df_meta.columns):
        raise KeyError(
            f"df_meta has no column {group_col!r}; its columns are "
            f"{name_some(map(repr, df_meta.columns), 10) or '(none)'}. "
            "Pass the right one, for the course's data group_col='condition'."
        )
    check_unique("column names in df_meta", df_meta.columns)
    check_unique("sample labels in df_expr", samples)
    absent = samples.difference(df_meta.index, sort=False)
    if len(absent):
        raise ValueError(
            f"Samples of df_expr that are absent from df_meta: {name_some(map(repr, absent))}. "
            "The index of each table must hold the sample labels."
        )
    used = df_meta.loc[df_meta.index.isin(samples), group_col]
    check_unique("sample labels in df_meta", used.index)
    levels = used.reindex(samples)
    strange = levels[~levels.isin([CONTROL, TREATMENT])]
    if len(strange):
        raise ValueError(
            f"Column {group_col!r} of df_meta must hold {CONTROL!r} or {TREATMENT!r}, not "
            f"{name_some(map(repr, strange.unique()))} (sample {strange.index[0]})."
        )
    for level in (CONTROL, TREATMENT):
        if not (levels == level).any():
            raise ValueError(
                f"No sample of df_expr is {level!r} in column {group_col!r} of df_meta; "
                "a comparison needs samples of both groups."
            )
    return levels.to_numpy()


@np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore")
def _student(control: np.ndarray, treatment: np.ndarray) -> tuple[np.ndarray, ...]:
    """Compute the five result columns for two (n_samples, n_genes) arrays."""
    n_c, mean_c, rest_c, squares_c = _moments(control)
    n_t, mean_t, rest_t, squares_t = _moments(treatment)
    delta = (mean_t - mean_c) + (rest_t - rest_c)
    dof = n_c + n_t - 2
    pooled_variance = (squares_c + squares_t) / dof
    standard_error = np.sqrt(pooled_variance * (1 / n_c + 1 / n_t))
    t_stat = delta / standard_error

    rounding = 10 * np.finfo(float).eps * np.maximum(abs(mean_c), abs(mean_t))
    constant = standard_error <= rounding
    infinite = np.copysign(np.inf, delta)
    t_stat = np.where(constant, np.where(abs(delta) > rounding, infinite, np.nan), t_stat)
    t_stat[(dof < 1) | ~np.isfinite(standard_error)] = np.nan
    # The lower tail, doubled: 2 * (1 - cdf) has no digits left once |t| is large.
    return mean_c + rest_c, mean_t + rest_t, delta, t_stat, 2 * stdtr(dof, -abs(t_stat))


def _moments(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return count, mean, rest of the mean, and sum of squares of each column, NaN left out.

    Two passes: a variance from plain sums of squares has no digits left at a mean of 1e8.
    The rest is what rounding left over in the mean: tiny beside it, but not beside `delta`.
    """
    present = ~np.isnan(values)
    n = present.sum(axis=0)
    mean = np.where(present, values, 0.0).sum(axis=0) / n
    centered = np.where(present, values - mean, 0.0)
    rest = centered.sum(axis=0) / n
    squares = np.einsum("ij,ij->j", centered, centered) - n * rest**2
    return n, mean, rest, np.maximum(squares, 0)
