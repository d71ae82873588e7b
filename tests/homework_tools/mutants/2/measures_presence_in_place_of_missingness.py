# measures presence in place of missingness
def filter_genes(df_expr, max_missing=0.8):
    present = df_expr.notna().mean()
    passes = present >= 1 - max_missing
    summary = pd.DataFrame({"missingness": present, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary
