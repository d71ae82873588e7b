"""Compare Treatment with Control, gene by gene, by Welch's t-test."""

import pandas as pd

from rnaseq_hw._two_groups import compare_groups, welch_error


def welch_mean_differences(
    df_expr: pd.DataFrame, df_meta: pd.DataFrame, group_col: str = "group"
) -> pd.DataFrame:
    r"""
    Compare the group means of each gene, with Welch's two-sample t-test.

    Unlike Student's test, Welch's gives each group a variance of its own, :math:`s_c^2` and
    :math:`s_t^2`. With group sizes :math:`n_c` and :math:`n_t` and squared standard errors
    :math:`v_c = s_c^2 / n_c`, :math:`v_t = s_t^2 / n_t`,

    .. math::

        t = \frac{\mathrm{delta}}{\sqrt{v_c + v_t}}, \quad
        \mathrm{df} = \frac{(v_c + v_t)^2}{v_c^2 / (n_c - 1) + v_t^2 / (n_t - 1)}

    The degrees of freedom are an approximation: in groups of two or three samples the false
    positive rate may still be off. Samples are matched by label; missing values are left out
    gene by gene. P-values are two-sided and not adjusted for the number of genes.

    Parameters
    ----------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values on the log2 scale; NaN where a value is missing. Not changed.
    df_meta : DataFrame
        The sample table: its index holds every sample of `df_expr`, in any order.
    group_col : str
        Column of `df_meta` with the levels `Control` (the reference) and `Treatment`.

    Returns
    -------
    DataFrame of shape (n_genes, 5)
        The columns of `group_mean_differences`: `mean_control`, `mean_treatment`, `delta`
        (Treatment - Control, log2), `t_stat` and `p_value`, here of Welch's test. Both are NaN
        if a group has fewer than two values, or the values are constant up to rounding and
        equal in both groups; constant values that differ give an infinite `t_stat` and a
        `p_value` of 0.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `df_meta` not a DataFrame.
    KeyError
        If `df_meta` has no column `group_col`.
    ValueError
        As `group_mean_differences`: for samples, labels or levels that do not match.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35, doi:10.1093/biomet/34.1-2.28.

    Examples
    --------
    >>> df_expr = pd.DataFrame(
    ...     {"GeneA": [1.0, 2.0, 3.0, 4.0, 5.0, 9.0], "GeneB": [2.0, 1.0, 2.0, 2.0, 1.0, 2.0]},
    ...     index=["S01", "S02", "S03", "S04", "S05", "S06"],
    ... )
    >>> df_meta = pd.DataFrame({"condition": ["Control"] * 3 + ["Treatment"] * 3}, df_expr.index)
    >>> welch_mean_differences(df_expr, df_meta, group_col="condition").round(3)
           mean_control  mean_treatment  delta  t_stat  p_value
    GeneA         2.000           6.000    4.0   2.449    0.106
    GeneB         1.667           1.667    0.0   0.000    1.000
    """
    return compare_groups(df_expr, df_meta, group_col, welch_error)
