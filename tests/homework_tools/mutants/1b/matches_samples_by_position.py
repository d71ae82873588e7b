# matches samples by position
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = (df_meta["condition"] == "Treatment").to_numpy()
    ratio = df_expr[treated].mean() / df_expr[~treated].mean()
    return ratio.nlargest(n).index.tolist()
