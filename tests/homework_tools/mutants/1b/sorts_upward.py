# sorts upward
def find_shifted_genes(df_expr, df_meta, n=10):
    level = df_meta["condition"].reindex(df_expr.index)
    ratio = df_expr[level == "Treatment"].mean() / df_expr[level == "Control"].mean()
    return list(ratio.sort_values().index[:n])
