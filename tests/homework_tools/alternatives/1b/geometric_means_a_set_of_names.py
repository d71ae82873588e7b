# geometric means, a set of names
def find_shifted_genes(df_expr, df_meta, n=10):
    groups = np.log(df_expr).groupby(df_meta["condition"].reindex(df_expr.index))
    rise = groups.mean().diff().loc["Treatment"]
    return set(rise.index[rise.rank(ascending=False) <= n])
