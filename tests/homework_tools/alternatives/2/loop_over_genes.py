# loop over genes
def filter_genes(df_expr, max_missing=0.8):
    rows, keep = [], []
    for gene in df_expr.columns:
        missing = sum(1 for value in df_expr[gene] if value != value)
        fraction = missing / len(df_expr)
        rows.append((fraction, fraction <= max_missing))
        if fraction <= max_missing:
            keep.append(gene)
    summary = pd.DataFrame(rows, index=df_expr.columns, columns=["missingness", "pass_filters"])
    return df_expr[keep], summary
