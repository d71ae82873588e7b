"""Check of a table of counts: whole numbers, zero or more, none missing."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_unique, expression_values

REASONS = {
    "missing": "a count is never missing: write 0 where no read was seen, or drop the gene",
    "negative": "a count is zero or more: hand in the counts, not their logarithms",
    "fractional": "a count is a whole number: round estimated counts with df.round()",
}


def count_values(df_counts: pd.DataFrame, name: str = "df_counts") -> np.ndarray:
    """Return the counts as floats, or raise, naming the first value that is none."""
    values = expression_values(df_counts, name)
    check_unique(f"gene names in {name}", df_counts.columns)
    check_unique(f"sample labels in {name}", df_counts.index)
    wrong = ~(values >= 0) | (values % 1 != 0)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        value = values[row, column]
        kind = "missing" if np.isnan(value) else "negative" if value < 0 else "fractional"
        raise ValueError(
            f"{name} holds {value:g} for sample {df_counts.index[row]}, gene "
            f"{df_counts.columns[column]}; {REASONS[kind]}."
        )
    return values


def library_sizes(values: np.ndarray, samples: pd.Index, name: str = "df_counts") -> np.ndarray:
    """Sum each sample's counts, or raise if a sample has none."""
    if values.size == 0:
        raise ValueError(
            f"{name} has {values.shape[0]} samples and {values.shape[1]} genes, "
            "so there is nothing to scale; check its rows and columns."
        )
    sizes = values.sum(axis=1)
    if (sizes == 0).any():
        raise ValueError(
            f"Sample {samples[sizes == 0][0]} of {name} has no reads at all; drop it first."
        )
    return sizes
