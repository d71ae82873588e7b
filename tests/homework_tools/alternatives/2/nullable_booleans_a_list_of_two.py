# nullable booleans, a list of two
def filter_genes(df_expr, max_missing=0.8):
    summary = pd.DataFrame({"missingness": df_expr.isna().mean()}).convert_dtypes()
    summary["pass_filters"] = (summary["missingness"] <= max_missing).astype("boolean")
    return [df_expr.loc[:, summary["pass_filters"].astype(bool)], summary]
