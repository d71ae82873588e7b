"""Part 3: put expression values on a log2 scale."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_number, expression_values


def log2_normalize_expression(df_expr: pd.DataFrame, pseudocount: float = 1.0) -> pd.DataFrame:
    """
    Add a pseudocount and take the logarithm to base 2.

    Parameters
    ----------
    df_expr : DataFrame
        Expression values, not yet on a log scale; samples x genes or genes x samples, since
        each value is treated alone. NaN stays NaN.
    pseudocount : float
        Added to every value before the logarithm is taken, so that a value of 0 has one;
        zero or more.

    Returns
    -------
    DataFrame
        ``log2(df_expr + pseudocount)``, with the shape and the labels of `df_expr`.

    Raises
    ------
    TypeError
        If `df_expr` is not a DataFrame of real numbers, or `pseudocount` not a number.
    ValueError
        If `pseudocount` is negative or not finite, a value is infinite, or a value plus the
        pseudocount is not above 0, so that it has no logarithm.

    References
    ----------
    Part 3 of the course's assignment.

    Examples
    --------
    >>> df_expr = pd.DataFrame({"GeneA": [0.0, 1.0, 7.0]}, index=["S01", "S02", "S03"])
    >>> log2_normalize_expression(df_expr)
         GeneA
    S01    0.0
    S02    1.0
    S03    3.0
    """
    check_number("pseudocount", pseudocount, minimum=0)
    values = expression_values(df_expr) + pseudocount
    impossible = values <= 0
    if impossible.any():
        row, column = np.argwhere(impossible)[0]
        raise ValueError(
            f"log2 needs values above 0 after adding pseudocount={pseudocount}, but df_expr "
            f"holds {df_expr.iloc[row, column]} in row {df_expr.index[row]}, column "
            f"{df_expr.columns[column]} ({impossible.sum()} such values in all). "
            "Was the logarithm taken already? If not, raise pseudocount or correct the values."
        )
    return pd.DataFrame(np.log2(values), index=df_expr.index, columns=df_expr.columns)
