# one minus the present, not copied
def filter_genes(df_expr, max_missing=0.8):
    missingness = 1 - df_expr.notna().mean()
    passes = ~(missingness > max_missing)
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr[missingness.index[passes]], summary
