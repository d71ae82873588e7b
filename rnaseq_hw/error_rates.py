"""Part 4: count the mistakes of a set of tests whose truth is known."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_fraction, checked_p_values, shifted_mask


def error_rates(results: pd.DataFrame, true_genes: Sequence[str], alpha: float = 0.05) -> pd.Series:
    """
    Count true and false calls, and the false positive and false negative rates.

    A gene is called significant when ``p_value < alpha``. A gene without a p-value is never
    called: if it is a shifted gene it is a miss; if not, it was not tested and is left out of
    the false positive rate.

    Parameters
    ----------
    results : DataFrame of shape (n_genes, n_columns)
        One row per gene, named by the index, with a column `p_value` (NaN: not tested), as
        `group_mean_differences` returns it.
    true_genes : sequence of str
        Names of the genes that are truly shifted; empty if none is.
    alpha : float
        Threshold for the p-value, from 0 to 1.

    Returns
    -------
    Series
        Counts are whole numbers, rates lie in [0, 1]; a rate of no genes (0/0) is NaN.

        - `tp`: shifted genes that are called significant (true positives).
        - `fp`: unshifted genes that are called significant (false positives).
        - `tn`: unshifted genes that were tested and are not called (true negatives).
        - `fn`: shifted genes that are not called, tested or not (false negatives).
        - `false_positive_rate`: ``fp / (fp + tn)``, over the unshifted genes tested.
        - `false_negative_rate`: ``fn / (fn + tp)``, over the shifted genes.
        - `untested`: unshifted genes without a p-value. The five counts add up to all genes.

    Raises
    ------
    TypeError
        If `results` is not a DataFrame, or `true_genes` is one string rather than a list.
    KeyError
        If `results` has no column `p_value`.
    ValueError
        If `alpha` or a p-value lies outside [0, 1], a gene occurs twice in `results` or in
        `true_genes`, or a true gene is not among the results.

    References
    ----------
    Part 4 of the course's assignment. The proportion of the calls that are false,
    ``fp / (fp + tp)``, is another quantity: Benjamini and Hochberg (1995), J. R. Stat. Soc. B
    57, 289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> results = pd.DataFrame(
    ...     {"p_value": [0.001, 0.2, 0.03, 0.7, 0.5]},
    ...     index=["GeneA", "GeneB", "GeneC", "GeneD", "GeneE"],
    ... )
    >>> error_rates(results, true_genes=["GeneA", "GeneB"])
    tp                            1
    fp                            1
    tn                            2
    fn                            1
    false_positive_rate    0.333333
    false_negative_rate         0.5
    untested                      0
    dtype: object
    """
    check_fraction("alpha", alpha)
    p_value = checked_p_values(results)
    shifted = shifted_mask(results.index, true_genes)

    called = p_value < alpha
    tested = ~np.isnan(p_value)
    tp = int(np.sum(shifted & called))
    fp = int(np.sum(~shifted & called))
    tn = int(np.sum(~shifted & tested & ~called))
    fn = int(np.sum(shifted & ~called))
    return pd.Series(
        {
            "tp": tp,
            "fp": fp,
            "tn": tn,
            "fn": fn,
            "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
            "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan,
            "untested": int(np.sum(~shifted & ~tested)),
        },
        dtype=object,  # counts stay whole numbers beside the rates
    )
