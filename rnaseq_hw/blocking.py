"""Compare Treatment with Control within blocks, gene by gene, by least squares."""

import numpy as np
import pandas as pd
from scipy.special import stdtr

from rnaseq_hw._linear_model import fit_comparison


@np.errstate(divide="ignore", invalid="ignore")
def blocked_mean_differences(
    df_expr: pd.DataFrame, df_meta: pd.DataFrame, group_col: str = "group", *, block_col: str
) -> pd.DataFrame:
    r"""
    Compare Treatment with Control within blocks: cell lines, batches, patients.

    For each gene, the value of sample s in block b is

    .. math:: x_s = \mu_{b} + \mathrm{delta} \cdot [s \text{ is treated}] + \varepsilon_s

    with a mean for each block, one treatment effect for all blocks, and normal noise of one
    variance. Least squares estimates `delta`; its null hypothesis is that delta is 0. With one
    Control and one Treatment sample in each block this is the paired Student's t-test.
    P-values are two-sided and not adjusted for the number of genes.

    Parameters
    ----------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values on the log2 scale, none missing.
    df_meta : DataFrame
        The sample table: its index holds every sample of `df_expr`, in any order.
    group_col : str
        Column of `df_meta` with the levels `Control` (the reference) and `Treatment`.
    block_col : str
        Column of `df_meta` that names each sample's block.

    Returns
    -------
    DataFrame of shape (n_genes, 6)
        One row per gene, in the order of the columns of `df_expr`.

        - `delta`: Treatment - Control within blocks, the log2 fold change.
        - `std_error`: standard error of `delta`.
        - `sigma`: residual standard deviation (log2).
        - `df`: residual degrees of freedom: samples minus blocks minus one.
        - `t_stat`: ``delta / std_error``.
        - `p_value`: two-sided p-value of Student's t distribution with `df`.

        A gene that fits its blocks exactly, up to rounding, has NaN for `t_stat` and `p_value`
        if `delta` is 0, else an infinite `t_stat` and a `p_value` of 0.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `df_meta` not a DataFrame.
    KeyError
        If `df_meta` has no column `group_col` or `block_col`.
    ValueError
        If a value is missing, samples, labels or levels do not match, no block holds both
        groups, or no degrees of freedom are left.

    References
    ----------
    Fisher (1935), "The Design of Experiments". Why batches need it: Leek et al. (2010), Nature
    Reviews Genetics 11, 733-739, doi:10.1038/nrg2825.

    Examples
    --------
    >>> df_expr = pd.DataFrame(
    ...     {"GeneA": [1.0, 2.1, 5.0, 6.0, 9.0, 10.2]},
    ...     index=["S01", "S02", "S03", "S04", "S05", "S06"],
    ... )
    >>> df_meta = pd.DataFrame(
    ...     {"condition": ["Control", "Treatment"] * 3, "patient": ["A", "A", "B", "B", "C", "C"]},
    ...     index=df_expr.index,
    ... )
    >>> blocked_mean_differences(df_expr, df_meta, "condition", block_col="patient").round(3)
           delta  std_error  sigma  df  t_stat  p_value
    GeneA    1.1      0.058  0.071   2  19.053    0.003
    """
    fit = fit_comparison(df_expr, df_meta, group_col, block_col)
    std_error = fit.sigma * fit.error_per_sigma
    # R's rule for constant values, as in `group_mean_differences`.
    infinite = np.where(abs(fit.delta) > fit.rounding, np.copysign(np.inf, fit.delta), np.nan)
    t_stat = np.where(std_error <= fit.rounding, infinite, fit.delta / std_error)
    return pd.DataFrame(
        {
            "delta": fit.delta,
            "std_error": std_error,
            "sigma": fit.sigma,
            "df": fit.df,
            "t_stat": t_stat,
            "p_value": 2 * stdtr(fit.df, -abs(t_stat)),
        },
        index=df_expr.columns,
    )
