# takes the genes of the highest level
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_meta.index[df_meta["condition"] == "Treatment"]
    return df_expr.loc[treated].mean().nlargest(n).index.tolist()
