# returns positions rather than names
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    ratio = (means.loc["Treatment"] / means.loc["Control"]).to_numpy()
    return np.argsort(-ratio)[:n].tolist()
