"""What the sample table says of each sample: its group, its block."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_table, check_unique, name_some

CONTROL, TREATMENT = "Control", "Treatment"


def levels_by_sample(samples: pd.Index, df_meta: pd.DataFrame, group_col: str) -> np.ndarray:
    """Look up each sample's level, or raise."""
    check_table("df_meta", df_meta)
    if group_col not in list(df_meta.columns):
        raise KeyError(
            f"df_meta has no column {group_col!r}; its columns are "
            f"{name_some(map(repr, df_meta.columns), 10) or '(none)'}. "
            "Pass the right one, for the course's data group_col='condition'."
        )
    check_unique("column names in df_meta", df_meta.columns)
    check_unique("sample labels in df_expr", samples)
    absent = samples.difference(df_meta.index, sort=False)
    if len(absent):
        raise ValueError(
            f"Samples of df_expr that are absent from df_meta: {name_some(map(repr, absent))}. "
            "The index of each table must hold the sample labels."
        )
    used = df_meta.loc[df_meta.index.isin(samples), group_col]
    check_unique("sample labels in df_meta", used.index)
    levels = used.reindex(samples)
    strange = levels[~levels.isin([CONTROL, TREATMENT])]
    if len(strange):
        raise ValueError(
            f"Column {group_col!r} of df_meta must hold {CONTROL!r} or {TREATMENT!r}, not "
            f"{name_some(map(repr, strange.unique()))} (sample {strange.index[0]})."
        )
    for level in (CONTROL, TREATMENT):
        if not (levels == level).any():
            raise ValueError(
                f"No sample of df_expr is {level!r} in column {group_col!r} of df_meta; "
                "a comparison needs samples of both groups."
            )
    return levels.to_numpy()
