# gives missingness in percent
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean() * 100
    passes = missingness <= max_missing * 100
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary
