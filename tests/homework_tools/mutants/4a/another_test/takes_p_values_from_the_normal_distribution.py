# takes p-values from the normal distribution
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    t_stat = np.asarray(test.statistic)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": t_stat,
                         "p_value": 2 * stats.norm.sf(abs(t_stat))})
