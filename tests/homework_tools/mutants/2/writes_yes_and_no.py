# writes yes and no
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    words = np.where(passes, "yes", "no")
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": words})
    return df_expr.loc[:, passes].copy(), summary
