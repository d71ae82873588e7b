# a condition that pandas puts into order, with a warning
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_expr[df_meta["condition"] == "Treatment"].mean()
    return (treated / df_expr[df_meta["condition"] == "Control"].mean()).nlargest(n).index.tolist()
