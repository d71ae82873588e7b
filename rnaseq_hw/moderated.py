"""Compare Treatment with Control by a moderated t-test, which shares variance among genes."""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import digamma, polygamma, stdtr

from rnaseq_hw._linear_model import fit_comparison


@np.errstate(divide="ignore", invalid="ignore")
def moderated_mean_differences(
    df_expr: pd.DataFrame,
    df_meta: pd.DataFrame,
    group_col: str = "group",
    *,
    block_col: str | None = None,
) -> pd.DataFrame:
    r"""
    Compare Treatment with Control, with each gene's variance drawn towards that of all genes.

    With few samples a gene's own variance :math:`s_g^2`, on d degrees of freedom, is a poor
    guess. limma's empirical Bayes estimates from all genes a typical variance :math:`s_0^2`
    and how much it is worth, in degrees of freedom :math:`d_0`, and takes the weighted mean

    .. math:: \tilde s_g^2 = \frac{d_0 s_0^2 + d s_g^2}{d_0 + d}

    in place of :math:`s_g^2`. The t statistic then has :math:`d_0 + d` degrees of freedom.
    If the genes' variances differ no more than chance makes them, :math:`d_0` is infinite and
    all genes share one variance. P-values are two-sided and not adjusted.

    Parameters
    ----------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values on the log2 scale, none missing; two genes at least.
    df_meta : DataFrame
        The sample table: its index holds every sample of `df_expr`, in any order.
    group_col : str
        Column of `df_meta` with the levels `Control` (the reference) and `Treatment`.
    block_col : str, optional
        Column of `df_meta` that names each sample's block, as in `blocked_mean_differences`.

    Returns
    -------
    DataFrame of shape (n_genes, 9)
        One row per gene, in the order of the columns of `df_expr`.

        - `delta`: Treatment - Control (log2), the same as without moderation.
        - `std_error`: moderated standard error of `delta`.
        - `sigma`, `moderated_sigma`: standard deviation (log2) of the gene alone, then drawn
          towards that of all genes.
        - `df`: degrees of freedom of `t_stat`, at most those of all genes together.
        - `t_stat`: ``delta / std_error``; `p_value`: two-sided p-value.
        - `prior_df`, `prior_variance`: the same for all genes.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `df_meta` not a DataFrame.
    KeyError
        If `df_meta` has no column `group_col` or `block_col`.
    ValueError
        As `blocked_mean_differences`; also with fewer than two genes, or if more than half of
        them do not vary at all.

    References
    ----------
    Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3, 3, doi:10.2202/1544-6115.1027.

    Examples
    --------
    >>> df_expr = pd.DataFrame(
    ...     {"GeneA": [1.0, 1.1, 2.0, 2.1], "GeneB": [3.0, 5.0, 4.0, 7.0], "GeneC": [4, 5, 4, 5.5]},
    ...     index=["S01", "S02", "S03", "S04"],
    ... )
    >>> df_meta = pd.DataFrame({"condition": ["Control"] * 2 + ["Treatment"] * 2}, df_expr.index)
    >>> moderated = moderated_mean_differences(df_expr, df_meta, "condition")
    >>> moderated[["delta", "sigma", "moderated_sigma", "df", "p_value"]].round(3)
           delta  sigma  moderated_sigma     df  p_value
    GeneA   1.00  0.071            0.133  2.671    0.007
    GeneB   1.50  1.803            1.565  2.671    0.416
    GeneC   0.25  0.901            0.789  2.671    0.774
    """
    fit = fit_comparison(df_expr, df_meta, group_col, block_col)
    variance = np.where(fit.sigma <= fit.rounding, 0, fit.sigma**2)
    prior_df, prior_variance = _fit_prior(variance, fit.df)
    if np.isinf(prior_df):
        moderated_variance = np.full_like(variance, prior_variance)
    else:
        total = prior_df * prior_variance + fit.df * variance
        moderated_variance = total / (prior_df + fit.df)
    std_error = np.sqrt(moderated_variance) * fit.error_per_sigma
    t_stat = fit.delta / std_error
    df = min(fit.df + prior_df, fit.df * len(variance))
    return pd.DataFrame(
        {
            "delta": fit.delta,
            "std_error": std_error,
            "sigma": fit.sigma,
            "moderated_sigma": np.sqrt(moderated_variance),
            "df": df,
            "t_stat": t_stat,
            "p_value": 2 * stdtr(df, -abs(t_stat)),
            "prior_df": prior_df,
            "prior_variance": prior_variance,
        },
        index=df_expr.columns,
    )


def _fit_prior(variance: np.ndarray, df: int) -> tuple[float, float]:
    """Estimate prior degrees of freedom and prior variance from mean and spread of ln s².

    Smyth (2004), section 6.2: ln s² of a gene is that of a scaled F variable, whose mean and
    variance are differences and sums of digamma and trigamma functions.
    """
    typical = np.median(variance) if len(variance) > 1 else 0
    if typical == 0:
        raise ValueError(
            f"Of {len(variance)} genes more than half do not vary at all, or there are fewer than "
            "two; there is no typical variance to learn. Drop constant genes first."
        )
    logs = np.log(np.maximum(variance, 1e-5 * typical))  # as limma: no logarithm of 0
    logs += np.log(df / 2) - digamma(df / 2)
    excess = logs.var(ddof=1) - polygamma(1, df / 2)
    if excess <= 0:
        return np.inf, float(variance.mean())
    half = brentq(lambda y: np.log(polygamma(1, y) / excess), 1e-8, 1e8, xtol=1e-15, rtol=1e-15)
    return 2 * half, float(np.exp(logs.mean() + digamma(half) - np.log(half)))
