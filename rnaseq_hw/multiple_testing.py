"""Adjust p-values for the number of tests."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from rnaseq_hw._checks import check_unique


def benjamini_hochberg(p_values: pd.Series | Sequence[float]) -> pd.Series:
    r"""
    Adjust p-values by the procedure of Benjamini and Hochberg.

    With the m p-values in increasing order, :math:`p_{(1)} \le \dots \le p_{(m)}`,

    .. math:: \tilde p_{(i)} = \min_{j \ge i} \; \min(1, \; m \, p_{(j)} / j)

    Calling the genes with an adjusted p-value of at most q keeps the false discovery rate, the
    expected proportion of false calls among all calls (0 when nothing is called), at q or
    below, if the tests are independent or positively dependent in the sense of Benjamini and
    Yekutieli. It is an expectation: in one experiment the proportion may be larger.

    Parameters
    ----------
    p_values : Series or sequence of float, of shape (n_genes,)
        P-values from 0 to 1. A gene that was not tested (NaN) stays NaN and does not count
        as a test.

    Returns
    -------
    Series of shape (n_genes,)
        `adj_p_value` of each gene, in the order and with the index of `p_values`.

    Raises
    ------
    TypeError
        If `p_values` does not hold numbers, or is a table.
    ValueError
        If a p-value lies outside [0, 1], or a gene's name occurs twice.

    References
    ----------
    Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300,
    doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini and Yekutieli (2001), Ann. Stat. 29,
    1165-1188, doi:10.1214/aos/1013699998. Computed by SciPy's ``false_discovery_control``.

    Examples
    --------
    >>> benjamini_hochberg(
    ...     pd.Series([0.01, 0.04, np.nan, 0.03], ["GeneA", "GeneB", "GeneC", "GeneD"])
    ... )
    GeneA    0.03
    GeneB    0.04
    GeneC     NaN
    GeneD    0.04
    Name: adj_p_value, dtype: float64
    """
    if isinstance(p_values, pd.DataFrame):
        raise TypeError("p_values must be one column, not a DataFrame; pass results['p_value'].")
    try:
        given = pd.Series(p_values)
        values = given.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"p_values must be numbers, but {error}; convert them with pd.to_numeric."
        ) from error
    check_unique("gene names in p_values", given.index)
    outside = (values < 0) | (values > 1)
    if outside.any():
        raise ValueError(
            f"A p-value lies in [0, 1], but that of {given.index[outside][0]} is "
            f"{values[outside][0]}; hand in p-values, not t statistics or logarithms."
        )
    adjusted = np.full(len(values), np.nan)
    tested = ~np.isnan(values)
    if tested.any():
        adjusted[tested] = false_discovery_control(values[tested], method="bh")
    return pd.Series(adjusted, index=given.index, name="adj_p_value")
