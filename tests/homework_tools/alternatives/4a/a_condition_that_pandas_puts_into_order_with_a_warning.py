# a condition that pandas puts into order, with a warning
def group_mean_differences(df_expr, df_meta, group_col="group"):
    c, t = (df_expr[df_meta[group_col] == level] for level in ("Control", "Treatment"))
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": test.statistic,
                         "p_value": test.pvalue})
