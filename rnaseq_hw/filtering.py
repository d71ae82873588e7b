"""Part 2: drop the genes that are missing in too many samples."""

import pandas as pd

from rnaseq_hw._checks import check_fraction, check_unique, expression_values


def filter_genes(
    df_expr: pd.DataFrame, max_missing: float = 0.8
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Keep the genes whose missingness is at most `max_missing`.

    The missingness of a gene is the fraction of samples in which its value is NaN. A maximum
    may be reached: a gene with a missingness of exactly `max_missing` is kept.

    Parameters
    ----------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values, on any scale; NaN where a value is missing.
    max_missing : float
        Largest missingness allowed, a fraction from 0 to 1 (not a percentage).

    Returns
    -------
    df_filtered : DataFrame of shape (n_samples, n_kept)
        The genes that were kept, in their original order; a copy.
    gene_summary_df : DataFrame of shape (n_genes, 2)
        One row for every gene, dropped ones included, in the original order.

        - `missingness`: fraction of samples with NaN, from 0 to 1.
        - `pass_filters`: True if the gene was kept.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `max_missing` not a number.
    ValueError
        If `max_missing` lies outside [0, 1], a gene's name occurs twice, a value is infinite,
        or there is no sample.

    References
    ----------
    Part 2 of the course's assignment. For why such a filter must not look at the conditions:
    Bourgon, Gentleman and Huber (2010), PNAS 107, 9546-9551, doi:10.1073/pnas.0914005107.

    Examples
    --------
    >>> import numpy as np
    >>> df_expr = pd.DataFrame(
    ...     {"GeneA": [1.0, 2.0, 3.0, 4.0], "GeneB": [np.nan, np.nan, np.nan, 4.0]},
    ...     index=["S01", "S02", "S03", "S04"],
    ... )
    >>> df_filtered, gene_summary_df = filter_genes(df_expr, max_missing=0.5)
    >>> df_filtered.columns.tolist()
    ['GeneA']
    >>> gene_summary_df
           missingness  pass_filters
    GeneA         0.00          True
    GeneB         0.75         False
    """
    check_fraction("max_missing", max_missing)
    expression_values(df_expr)
    check_unique("gene names", df_expr.columns)
    if len(df_expr) == 0:
        raise ValueError("df_expr has no samples, so no gene has a missingness; check its rows.")

    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    gene_summary_df = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), gene_summary_df
