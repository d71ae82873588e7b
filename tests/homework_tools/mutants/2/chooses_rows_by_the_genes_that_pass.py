# chooses rows by the genes that pass
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    ok = missingness <= max_missing
    return df_expr[ok], pd.DataFrame({"missingness": missingness, "pass_filters": ok})
