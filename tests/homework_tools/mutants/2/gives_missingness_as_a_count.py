# gives missingness as a count
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().sum()
    passes = missingness / len(df_expr) <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary
