# t-test on logarithms
def find_shifted_genes(df_expr, df_meta, n=10):
    level = df_meta.loc[df_expr.index, "condition"]
    logs = np.log(df_expr)
    groups = [logs[level == name] for name in ("Treatment", "Control")]
    summaries = [np.array([each.mean(), each.std(), each.count()]) for each in groups]
    t, _ = stats.ttest_ind_from_stats(*summaries[0], *summaries[1])
    return list(df_expr.columns[np.argsort(-np.asarray(t))[:n]])
