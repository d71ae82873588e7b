"""Least squares for all genes at once: Treatment against Control, with or without blocks."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_unique, expression_values, name_some
from rnaseq_hw._samples import TREATMENT, levels_by_sample


class Fit(NamedTuple):
    """What least squares says: per gene, but for the two numbers of the design."""

    delta: np.ndarray
    sigma: np.ndarray  # residual standard deviation
    rounding: np.ndarray  # a spread up to here is none: R's rule, 10 eps times the largest mean
    error_per_sigma: float  # standard error of delta = sigma times this
    df: int  # residual degrees of freedom


def fit_comparison(
    df_expr: pd.DataFrame, df_meta: pd.DataFrame, group_col: str, block_col: str | None
) -> Fit:
    """Check the tables, and fit a mean per block and a difference Treatment - Control."""
    values = expression_values(df_expr)
    check_unique("gene names in df_expr", df_expr.columns)
    if np.isnan(values).any():
        row, column = np.argwhere(np.isnan(values))[0]
        raise ValueError(
            f"df_expr misses a value in sample {df_expr.index[row]}, gene "
            f"{df_expr.columns[column]}; this model needs every value: drop such genes with "
            "filter_genes(df_expr, max_missing=0)."
        )
    treated = levels_by_sample(df_expr.index, df_meta, group_col) == TREATMENT
    blocks = np.zeros(len(values), dtype=int)
    if block_col is not None:
        blocks = _blocks_by_sample(df_expr.index, df_meta, block_col, treated)

    # A column of ones for each block, zeros elsewhere; then the treatment.
    design = np.column_stack([np.eye(blocks.max() + 1)[blocks], treated])
    df = design.shape[0] - design.shape[1]
    if df < 1:
        raise ValueError(
            f"{design.shape[0]} samples leave no residual degrees of freedom for "
            f"{design.shape[1]} coefficients; the noise cannot be estimated. Add samples, or "
            "take fewer blocks."
        )
    orthogonal, triangle = np.linalg.qr(design)
    means = values.mean(axis=0)
    centered = values - means  # else rounding at a mean of 1e8 swamps small residuals
    coordinates = orthogonal.T @ centered
    fitted = orthogonal @ coordinates
    return Fit(
        delta=coordinates[-1] / triangle[-1, -1],
        sigma=np.sqrt(((centered - fitted) ** 2).sum(axis=0) / df),
        rounding=10 * np.finfo(float).eps * abs(fitted + means).max(axis=0),
        error_per_sigma=1 / abs(triangle[-1, -1]),
        df=df,
    )


def _blocks_by_sample(
    samples: pd.Index, df_meta: pd.DataFrame, block_col: str, treated: np.ndarray
) -> np.ndarray:
    """Return the number of each sample's block, or raise if it cannot be told from treatment."""
    if block_col not in df_meta.columns:
        raise KeyError(
            f"df_meta has no column {block_col!r}; its columns are "
            f"{name_some(map(repr, df_meta.columns), 10)}. Name the one that holds the blocks."
        )
    column = df_meta.loc[df_meta.index.isin(samples), block_col].reindex(samples)
    if column.isna().any():
        raise ValueError(
            f"Sample {samples[column.isna()][0]} has no block in column {block_col!r} of "
            "df_meta; fill it in, or drop the sample."
        )
    blocks, names = pd.factorize(column)
    if not any(0 < treated[blocks == block].mean() < 1 for block in range(len(names))):
        raise ValueError(
            f"No block of {block_col!r} ({name_some(names)}) holds both Control and Treatment "
            "samples: blocks and treatment are confounded, and no model can tell them apart."
        )
    return blocks
