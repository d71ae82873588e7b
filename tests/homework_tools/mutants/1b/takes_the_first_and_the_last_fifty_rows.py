# takes the first and the last fifty rows
def find_shifted_genes(df_expr, df_meta, n=10):
    ratio = df_expr.iloc[-50:].mean() / df_expr.iloc[:50].mean()
    return list(ratio.sort_values(ascending=False).index[:n])
