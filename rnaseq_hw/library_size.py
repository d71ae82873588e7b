"""Put samples with different numbers of reads on one scale."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_number, check_unique, name_some
from rnaseq_hw._counts import count_values, library_sizes


def counts_per_million(
    df_counts: pd.DataFrame, *, norm_factors: pd.Series | None = None
) -> pd.DataFrame:
    r"""
    Divide each count by its library size, in millions of reads.

    With :math:`y_{sg}` the count of gene g in sample s, :math:`N_s = \sum_g y_{sg}` the library
    size and :math:`f_s` the normalization factor (1 without `norm_factors`),

    .. math:: \mathrm{CPM}_{sg} = 10^6 \; y_{sg} / (N_s f_s)

    Parameters
    ----------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts: whole numbers, not on a log scale, none missing.
    norm_factors : Series of shape (n_samples,), optional
        A factor above 0 for each sample, matched by label, as `tmm_factors` returns it. The
        size factors of `median_of_ratios` are something else: divide the counts by those.

    Returns
    -------
    DataFrame of shape (n_samples, n_genes)
        Counts per million, not on a log scale, with the labels of `df_counts`.

    Raises
    ------
    TypeError
        If `df_counts` is not a DataFrame of real numbers, or `norm_factors` not a Series.
    ValueError
        If a count is negative, fractional or missing, a label occurs twice, a sample has no
        reads, or a factor is absent or not above 0.

    References
    ----------
    Robinson, McCarthy and Smyth (2010), "edgeR", Bioinformatics 26, 139-140,
    doi:10.1093/bioinformatics/btp616.

    Examples
    --------
    >>> df_counts = pd.DataFrame({"GeneA": [10, 30], "GeneB": [90, 170]}, index=["S01", "S02"])
    >>> counts_per_million(df_counts)
            GeneA     GeneB
    S01  100000.0  900000.0
    S02  150000.0  850000.0
    """
    values = count_values(df_counts)
    sizes = _effective_sizes(values, df_counts.index, norm_factors)
    return _labeled(values / sizes[:, np.newaxis] * 1e6, df_counts)


def log2_counts_per_million(
    df_counts: pd.DataFrame, *, norm_factors: pd.Series | None = None, prior_count: float = 2
) -> pd.DataFrame:
    r"""
    Take log2 of counts per million, after adding a small count in proportion to library size.

    With :math:`L_s = N_s f_s` as in `counts_per_million`, :math:`\bar L` its mean over the
    samples, and the added count :math:`c_s = \mathrm{prior\_count} \cdot L_s / \bar L`,

    .. math:: \log_2 \left( 10^6 \; (y_{sg} + c_s) / (L_s + 2 c_s) \right)

    A count of 0 gets the same value in every sample, so a deep library makes no difference.

    Parameters
    ----------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts: whole numbers, not on a log scale, none missing.
    norm_factors : Series of shape (n_samples,), optional
        A factor above 0 for each sample, matched by label, as `tmm_factors` returns it.
    prior_count : float
        Added to the counts of a sample of average library size; above 0 where a count is 0.

    Returns
    -------
    DataFrame of shape (n_samples, n_genes)
        Log2 counts per million, with the labels of `df_counts`.

    Raises
    ------
    TypeError
        If `df_counts` is not a DataFrame of real numbers, or `norm_factors` not a Series.
    ValueError
        As `counts_per_million`; also if `prior_count` is negative, or 0 where a count is 0.

    References
    ----------
    edgeR's ``cpm(y, log=TRUE)``: Robinson, McCarthy and Smyth (2010), Bioinformatics 26,
    139-140, doi:10.1093/bioinformatics/btp616.

    Examples
    --------
    >>> df_counts = pd.DataFrame({"GeneA": [0, 0], "GeneB": [100, 300]}, index=["S01", "S02"])
    >>> log2_counts_per_million(df_counts).round(3)
          GeneA   GeneB
    S01  13.259  19.917
    S02  13.259  19.917
    """
    check_number("prior_count", prior_count, minimum=0)
    values = count_values(df_counts)
    sizes = _effective_sizes(values, df_counts.index, norm_factors)[:, np.newaxis]
    if prior_count == 0 and (values == 0).any():
        raise ValueError("A count of 0 has no logarithm with prior_count=0; take 2, for example.")
    added = prior_count * sizes / sizes.mean()
    return _labeled(np.log2((values + added) / (sizes + 2 * added) * 1e6), df_counts)


def _labeled(values: np.ndarray, df_counts: pd.DataFrame) -> pd.DataFrame:
    """Put the labels of `df_counts` on an array of its shape."""
    return pd.DataFrame(values, index=df_counts.index, columns=df_counts.columns)


def _effective_sizes(
    values: np.ndarray, samples: pd.Index, norm_factors: pd.Series | None
) -> np.ndarray:
    """Return library sizes times normalization factors, matched by label, or raise."""
    sizes = library_sizes(values, samples)
    if norm_factors is None:
        return sizes
    if not isinstance(norm_factors, pd.Series) or norm_factors.dtype.kind not in "fiu":
        kind = getattr(norm_factors, "dtype", type(norm_factors).__name__)
        raise TypeError(
            f"norm_factors must be a Series of numbers with the sample labels, not {kind}; "
            "make it with pd.Series([...], index=df_counts.index)."
        )
    absent = samples.difference(norm_factors.index, sort=False)
    if len(absent):
        raise ValueError(
            f"norm_factors has no factor for {name_some(absent)}; it needs one for each sample."
        )
    check_unique("samples in norm_factors", norm_factors.index)
    factors = norm_factors.reindex(samples).to_numpy(dtype=float)
    wrong = ~(factors > 0) | np.isinf(factors)
    if wrong.any():
        raise ValueError(
            f"A normalization factor must be above 0 and finite, but that of {samples[wrong][0]} "
            f"is {factors[wrong][0]}; take those of tmm_factors, for example."
        )
    return sizes * factors
