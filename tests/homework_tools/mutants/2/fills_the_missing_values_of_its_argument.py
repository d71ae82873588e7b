# fills the missing values of its argument
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    kept = df_expr.loc[:, passes].copy()
    df_expr.fillna(0, inplace=True)
    return kept, summary
