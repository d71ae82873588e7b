# the formula by hand, with groupby
def group_mean_differences(df_expr, df_meta, group_col="group"):
    groups = df_expr.groupby(df_meta[group_col].reindex(df_expr.index))
    n, mean, var = groups.count(), groups.mean(), groups.var()
    c, t = "Control", "Treatment"
    dof = n.loc[c] + n.loc[t] - 2
    pooled = ((n.loc[c] - 1) * var.loc[c] + (n.loc[t] - 1) * var.loc[t]) / dof
    delta = mean.loc[t] - mean.loc[c]
    t_stat = delta / (pooled * (1 / n.loc[c] + 1 / n.loc[t])) ** 0.5
    return pd.DataFrame({"mean_control": mean.loc[c], "mean_treatment": mean.loc[t],
                         "delta": delta, "t_stat": t_stat,
                         "p_value": 2 * (1 - stats.t.cdf(t_stat.abs(), dof))})
