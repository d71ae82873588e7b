"""Estimate how deep each sample was sequenced from the genes that do not stand out."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from rnaseq_hw._counts import count_values, library_sizes

LOG_RATIO_TRIM = 0.3  # edgeR's: of the log ratios, this much is cut at each end
SUM_TRIM = 0.05  # and this much of the average abundances


def median_of_ratios(df_counts: pd.DataFrame) -> pd.Series:
    r"""
    Estimate size factors by the median of ratios, as DESeq2 does.

    The reference is the geometric mean of each gene. A sample's size factor is the median,
    over the genes with a count in every sample, of its ratio to the reference:

    .. math::

        s_s = \exp \operatorname{median}_g \left(
        \ln y_{sg} - \frac{1}{n} \sum_{r=1}^{n} \ln y_{rg} \right)

    It assumes that most genes do not change, or as many go up as down. Counts are divided by it.

    Parameters
    ----------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts: whole numbers, not on a log scale, none missing.

    Returns
    -------
    Series of shape (n_samples,)
        `size_factor` of each sample, above 0; the index is that of `df_counts`.

    Raises
    ------
    TypeError
        If `df_counts` is not a DataFrame of real numbers.
    ValueError
        If a count is negative, fractional or missing, a label occurs twice, a sample has no
        reads, or no gene has a count above 0 in every sample.

    References
    ----------
    Anders and Huber (2010), Genome Biology 11, R106, doi:10.1186/gb-2010-11-10-r106.

    Examples
    --------
    >>> df_counts = pd.DataFrame(
    ...     {"GeneA": [10, 20], "GeneB": [50, 100], "GeneC": [7, 5000]}, index=["S01", "S02"]
    ... )
    >>> median_of_ratios(df_counts).round(3)
    S01    0.707
    S02    1.414
    Name: size_factor, dtype: float64
    """
    values = count_values(df_counts)
    library_sizes(values, df_counts.index)
    everywhere = (values > 0).all(axis=0)
    if not everywhere.any():
        raise ValueError(
            "No gene has a count above 0 in every sample, so there is no ratio to take; "
            "drop the samples with the fewest reads, or use tmm_factors."
        )
    logs = np.log(values[:, everywhere])
    factors = np.exp(np.median(logs - logs.mean(axis=0), axis=1))
    return pd.Series(factors, index=df_counts.index, name="size_factor")


def tmm_factors(df_counts: pd.DataFrame) -> pd.Series:
    r"""
    Estimate normalization factors by the trimmed mean of M-values (TMM), as edgeR does.

    Each sample s is compared with a reference sample r, the one whose upper quartile of
    counts, as a share of its library size N, is nearest the mean of these shares (where most
    are 0: the one with the largest sum of square roots). For each gene seen in both, with
    :math:`p_{sg} = y_{sg} / N_s`,

    .. math::

        M_g = \log_2 (p_{sg} / p_{rg}), \quad
        A_g = \tfrac12 \log_2 (p_{sg} \, p_{rg}), \quad
        w_g = \left( \frac{1 - p_{sg}}{y_{sg}} + \frac{1 - p_{rg}}{y_{rg}} \right)^{-1}

    The 30 % largest and smallest M and the 5 % largest and smallest A are cut. Of the rest,
    :math:`\log_2 f_s = \sum w_g M_g / \sum w_g`. The factors are then divided by their
    geometric mean. They correct library sizes: :math:`N_s f_s` takes the place of
    :math:`N_s`, as in `counts_per_million`.

    Parameters
    ----------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts: whole numbers, not on a log scale, none missing.

    Returns
    -------
    Series of shape (n_samples,)
        `norm_factor` of each sample, above 0, with a product of 1; labeled as `df_counts`.

    Raises
    ------
    TypeError
        If `df_counts` is not a DataFrame of real numbers.
    ValueError
        If a count is negative, fractional or missing, a label occurs twice, a sample has no
        reads, or shares no gene with the reference.

    References
    ----------
    Robinson and Oshlack (2010), Genome Biology 11, R25, doi:10.1186/gb-2010-11-3-r25.

    Examples
    --------
    >>> df_counts = pd.DataFrame(
    ...     {"GeneA": [10, 20], "GeneB": [50, 100], "GeneC": [7, 5000]}, index=["S01", "S02"]
    ... )
    >>> tmm_factors(df_counts).round(3)
    S01    4.678
    S02    0.214
    Name: norm_factor, dtype: float64
    """
    values = count_values(df_counts)
    sizes = library_sizes(values, df_counts.index)
    seen = values[:, (values > 0).any(axis=0)]
    upper_quartiles = np.quantile(seen, 0.75, axis=1) / sizes
    reference = int(np.argmin(abs(upper_quartiles - upper_quartiles.mean())))
    if np.median(upper_quartiles) < 1e-20:
        reference = int(np.argmax(np.sqrt(seen).sum(axis=1)))
    log2_factors = np.empty(len(seen))
    for sample in range(len(seen)):
        pair = [sample, reference]
        both = (seen[pair] > 0).all(axis=0)
        if not both.any():
            raise ValueError(
                f"Sample {df_counts.index[sample]} shares no gene with the reference sample "
                f"{df_counts.index[reference]}; drop it, or check that its genes are the same."
            )
        log2_factors[sample] = _trimmed_mean(seen[pair][:, both], sizes[pair])
    factors = 2 ** (log2_factors - log2_factors.mean())
    return pd.Series(factors, index=df_counts.index, name="norm_factor")


def _trimmed_mean(counts: np.ndarray, sizes: np.ndarray) -> float:
    """Return the weighted mean of the log2 ratios of two samples that trimming leaves."""
    shares = counts / sizes[:, np.newaxis]
    log_ratio = np.log2(shares[0] / shares[1])
    if abs(log_ratio).max() < 1e-6:
        return 0.0
    # The mean of two logarithms, as in edgeR: rounded otherwise, ties are trimmed otherwise.
    abundance = np.log2(shares).mean(axis=0)
    kept = np.ones(len(log_ratio), dtype=bool)
    for quantity, trim in ((log_ratio, LOG_RATIO_TRIM), (abundance, SUM_TRIM)):
        lowest = np.floor(len(quantity) * trim) + 1
        ranks = rankdata(quantity)
        kept &= (ranks >= lowest) & (ranks <= len(quantity) + 1 - lowest)
    variance = ((1 - shares) / counts).sum(axis=0)
    return float(np.average(log_ratio[kept], weights=1 / variance[kept]))
