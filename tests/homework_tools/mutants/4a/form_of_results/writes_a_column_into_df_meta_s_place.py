# writes a column into df_meta's place
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr["level"] = df_meta[group_col].reindex(df_expr.index)
    c = df_expr[df_expr["level"] == "Control"].drop(columns="level")
    t = df_expr[df_expr["level"] == "Treatment"].drop(columns="level")
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})
