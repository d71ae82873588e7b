# returns one table
def filter_genes(df_expr, max_missing=0.8):
    return df_expr.loc[:, df_expr.isna().mean() <= max_missing]
