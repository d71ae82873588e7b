# genes and samples sorted otherwise
def filter_genes(df_expr, max_missing=0.8):
    missing = df_expr.isna().mean().sort_values(kind="stable")
    summary = pd.DataFrame({"missingness": missing, "pass_filters": missing <= max_missing})
    return df_expr[missing.index[missing <= max_missing]].sort_index(ascending=False), summary
