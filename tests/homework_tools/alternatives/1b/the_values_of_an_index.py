# the values of an index
def find_shifted_genes(df_expr, df_meta, n=10):
    condition_of_row = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(condition_of_row).mean()
    ratios = means.loc["Treatment"] / means.loc["Control"]
    return ratios.sort_values(ascending=False).index.values[:n]
