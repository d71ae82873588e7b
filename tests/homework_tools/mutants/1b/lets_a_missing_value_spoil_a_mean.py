# lets a missing value spoil a mean
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = (df_meta["condition"].reindex(df_expr.index) == "Treatment").to_numpy()
    values = df_expr.to_numpy()
    ratio = pd.Series(values[treated].mean(axis=0) / values[~treated].mean(axis=0), df_expr.columns)
    return ratio.nlargest(n).index.tolist()
