"""Part 4: compare Treatment with Control, gene by gene, by Student's t-test."""

import pandas as pd

from rnaseq_hw._two_groups import compare_groups, student_error


def group_mean_differences(
    df_expr: pd.DataFrame,
    df_meta: pd.DataFrame,
    group_col: str = "group",
    *,
    confidence: float | None = None,
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
    confidence : float, optional
        Level of a confidence interval for `delta`, such as 0.95; without it there is none.

    Returns
    -------
    DataFrame of shape (n_genes, 5), or (n_genes, 7) with `confidence`
        One row per gene, in the order of the columns of `df_expr`.

        - `mean_control`, `mean_treatment`: group means (log2).
        - `delta`: ``mean_treatment - mean_control``, the log2 fold change.
        - `t_stat`: Student's t statistic, with the sign of `delta`.
        - `p_value`: two-sided p-value.
        - `ci_low`, `ci_high`: ends of the confidence interval, ``delta ± t * SE`` (log2), each
          gene's by itself. At 0.95 it leaves out 0 exactly when `p_value` is below 0.05.

        Where no test is possible `t_stat`, `p_value` and the interval are NaN: a group without
        values, one value against one, or values that are constant up to rounding and equal in
        both groups. Constant values that do differ between the groups give an infinite `t_stat`
        and a `p_value` of 0.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `df_meta` not a DataFrame.
    KeyError
        If `df_meta` has no column `group_col`.
    ValueError
        If a sample of `df_expr` is absent from `df_meta`, a label occurs twice, a level is
        neither `Control` nor `Treatment`, a group has no sample, a value is infinite, or
        `confidence` does not lie between 0 and 1.

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

    With an interval for each difference:

    >>> results = group_mean_differences(df_expr, df_meta, "condition", confidence=0.95)
    >>> results[["delta", "ci_low", "ci_high"]].round(3)
           delta  ci_low  ci_high
    GeneA    3.0   0.733    5.267
    GeneB    0.0  -1.309    1.309
    """
    return compare_groups(df_expr, df_meta, group_col, student_error, confidence)
