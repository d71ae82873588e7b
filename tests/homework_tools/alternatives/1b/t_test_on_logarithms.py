# t-test on logarithms
def find_shifted_genes(df_expr, df_meta, n=10):
    level = df_meta.loc[df_expr.index, "condition"]
    logs = np.log(df_expr)
    t, _ = stats.ttest_ind(logs[level == "Treatment"], logs[level == "Control"], nan_policy="omit")
    return list(df_expr.columns[np.argsort(-np.asarray(t))[:n]])
