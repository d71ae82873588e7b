"""A gene by itself, as the tests of the t-test write it."""

import pandas as pd

from rnaseq_hw import group_mean_differences


def compare(control, treatment, **options):
    """Test one gene from its two lists of values."""
    df_expr = pd.DataFrame({"GeneA": [*control, *treatment]}, dtype=float)
    levels = ["Control"] * len(control) + ["Treatment"] * len(treatment)
    df_meta = pd.DataFrame({"condition": levels})
    results = group_mean_differences(df_expr, df_meta, group_col="condition", **options)
    return results.loc["GeneA"]
