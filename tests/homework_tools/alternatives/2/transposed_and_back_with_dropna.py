# transposed and back, with dropna
def filter_genes(df_expr, max_missing=0.8):
    table = df_expr.T
    summary = table.isnull().mean(axis=1).to_frame("missingness")
    summary["pass_filters"] = [bool(m <= max_missing) for m in summary["missingness"]]
    summary.index.name = "gene"
    return table.loc[summary["pass_filters"]].T, summary
