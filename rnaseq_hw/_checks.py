"""Checks of what the reader hands in: each error names the value and the remedy."""

from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import NoReturn

import numpy as np
import pandas as pd


def name_some(values: Iterable, limit: int = 5) -> str:
    """Name up to `limit` of the values, and say how many more there are."""
    values = [str(value) for value in values]
    named = ", ".join(values[:limit])
    return f"{named} and {len(values) - limit} more" if len(values) > limit else named


def check_count(name: str, value: int, maximum: float = np.inf, minimum: int = 0) -> None:
    """Raise unless `value` is a whole number from `minimum` to `maximum`."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, not {value!r}.")
    if not minimum <= value <= maximum:
        wanted = f"at least {minimum}" if minimum else "zero or more"
        wanted = wanted if np.isinf(maximum) else f"from {minimum} to {maximum}"
        raise ValueError(f"{name} must be {wanted}, not {value!r}.")


def check_number(
    name: str, value: float, minimum: float = -np.inf, maximum: float = np.inf
) -> None:
    """Raise unless `value` is a finite number from `minimum` to `maximum`."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, not {value!r}.")
    if not (minimum <= value <= maximum and abs(value) < np.inf):
        if np.isfinite(maximum):
            wanted = f"from {minimum} to {maximum}"
        else:
            wanted = "finite" if np.isinf(minimum) else f"finite and at least {minimum}"
        raise ValueError(f"{name} must be {wanted}, not {value!r}.")


def check_fraction(name: str, value: float) -> None:
    """Raise unless `value` lies in [0, 1]."""
    check_number(name, value, 0, 1)


def check_table(name: str, table: pd.DataFrame) -> None:
    """Raise unless `table` is a DataFrame."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{name} must be a pandas DataFrame, not {type(table).__name__}; "
            f"wrap it in pd.DataFrame(...) with its labels."
        )


def check_unique(what: str, labels: pd.Index) -> None:
    """Raise if a label occurs twice."""
    if not labels.is_unique:
        twice = labels[labels.duplicated()].unique()
        raise ValueError(
            f"Duplicated {what}: {name_some(twice)}. Give each its own name, or drop the copies."
        )


def check_columns(name: str, table: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise if a column is absent, naming those that are there."""
    check_table(name, table)
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise KeyError(
            f"{name} has no column {name_some(absent)}; its columns are "
            f"{name_some(table.columns, 10) or '(none)'}."
        )


def expression_values(df_expr: pd.DataFrame, name: str = "df_expr") -> np.ndarray:
    """Return the values of an expression table as floats, missing as NaN, or raise."""
    values = real_values(df_expr, name)
    # fmin and fmax pass over NaN and, unlike a mask, need no memory.
    extremes = [extreme.reduce(values, axis=None, initial=0) for extreme in (np.fmin, np.fmax)]
    if np.isinf(extremes).any():
        refuse_infinite(df_expr, values, name)
    return values


def real_values(df_expr: pd.DataFrame, name: str) -> np.ndarray:
    """Return the values of a table as floats, missing as NaN; raise if they are no numbers."""
    check_table(name, df_expr)
    dtypes = df_expr.dtypes
    for dtype in dtypes.unique():
        if not pd.api.types.is_numeric_dtype(dtype) or dtype.kind == "c":
            column = df_expr.columns[dtypes == dtype][0]
            raise TypeError(
                f"{name} column {column} holds {dtype}, not real numbers; move columns that are "
                "not genes to the sample table, or convert it with pd.to_numeric."
            )
    return df_expr.to_numpy(dtype=float, na_value=np.nan)


def refuse_infinite(df_expr: pd.DataFrame, values: np.ndarray, name: str = "df_expr") -> NoReturn:
    """Raise, naming the first infinite value."""
    row, column = np.argwhere(np.isinf(values))[0]
    raise ValueError(
        f"{name} holds an infinite value: {values[row, column]} in row {df_expr.index[row]}, "
        f"column {df_expr.columns[column]}. Write NaN where a value is missing; a log of 0 "
        "needs a pseudocount."
    )


def checked_p_values(results: pd.DataFrame, *others: str) -> np.ndarray:
    """Return the column `p_value` as floats, or raise, also if one of the `others` is absent."""
    check_columns("results", results, [*others, "p_value"])
    check_unique("gene names in results", results.index)
    try:
        p_values = results["p_value"].to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"Column p_value of results must hold numbers, but {error}; "
            "convert it with pd.to_numeric."
        ) from error
    outside = (p_values < 0) | (p_values > 1)
    if outside.any():
        raise ValueError(
            f"A p-value lies in [0, 1], but gene {results.index[outside][0]} has "
            f"{p_values[outside][0]}; check the column p_value of results."
        )
    return p_values


def shifted_mask(genes: pd.Index, true_genes: Sequence[str]) -> np.ndarray:
    """Say for each of the `genes` whether it is a true gene, or raise if one is no gene."""
    if isinstance(true_genes, str):
        raise TypeError(f"true_genes must be a list of names, not the string {true_genes!r}.")
    if isinstance(true_genes, pd.DataFrame) or not isinstance(true_genes, Iterable):
        raise TypeError(
            f"true_genes must be a list of names, not {type(true_genes).__name__}; "
            "of a saved table pass the column that holds the names."
        )
    names = pd.Index(true_genes, dtype=object)
    check_unique("names in true_genes", names)
    strangers = names.difference(genes, sort=False)
    if len(strangers):
        raise ValueError(
            f"True genes that are not among the results: {name_some(strangers)}. A gene that was "
            "filtered out cannot be judged: leave it out of true_genes, or keep it in results."
        )
    return np.asarray(genes.isin(names))
