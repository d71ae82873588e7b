# returns the tables in the other order
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return summary, df_expr.loc[:, passes].copy()
