# asks df_expr for samples that it lacks
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_expr.loc[df_meta.index[df_meta["condition"] == "Treatment"]]
    control = df_expr.loc[df_meta.index[df_meta["condition"] == "Control"]]
    return (treated.mean() / control.mean()).nlargest(n).index.tolist()
