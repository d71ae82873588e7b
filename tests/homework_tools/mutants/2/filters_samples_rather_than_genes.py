# filters samples rather than genes
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean(axis=1)
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[passes].copy(), summary
