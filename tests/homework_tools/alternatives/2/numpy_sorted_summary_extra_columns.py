# numpy, sorted summary, extra columns
def filter_genes(df_expr, max_missing=0.8):
    counts = np.isnan(df_expr.to_numpy()).sum(axis=0)
    summary = pd.DataFrame(index=df_expr.columns)
    summary["n_missing"] = counts
    summary["missingness"] = counts / df_expr.shape[0]
    summary["pass_filters"] = summary["missingness"].le(max_missing)
    kept = df_expr.loc[:, summary["pass_filters"].to_numpy()]
    return kept, summary.sort_values("missingness", ascending=False)
