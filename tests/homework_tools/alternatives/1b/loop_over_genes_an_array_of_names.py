# loop over genes, an array of names
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = [s for s in df_expr.index if df_meta.loc[s, "condition"] == "Treatment"]
    control = [s for s in df_expr.index if df_meta.loc[s, "condition"] == "Control"]
    high, low = df_expr.loc[treated], df_expr.loc[control]
    folds = {}
    for gene in df_expr.columns:
        folds[gene] = np.nanmean(high[gene]) / np.nanmean(low[gene])
    return np.array(sorted(folds, key=folds.get, reverse=True)[:n])
