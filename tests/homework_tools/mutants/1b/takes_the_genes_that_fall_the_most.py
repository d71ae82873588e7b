# takes the genes that fall the most
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    return (means.loc["Treatment"] / means.loc["Control"]).nsmallest(n).index.tolist()
