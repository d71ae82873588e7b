# does a one-sided test
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, alternative="greater", nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})
