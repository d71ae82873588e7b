# drops columns from its argument
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    df_expr.drop(columns=df_expr.columns[~passes], inplace=True)
    return df_expr, summary
