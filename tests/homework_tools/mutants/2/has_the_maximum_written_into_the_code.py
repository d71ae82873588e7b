# has the maximum written into the code
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= 0.8
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary
