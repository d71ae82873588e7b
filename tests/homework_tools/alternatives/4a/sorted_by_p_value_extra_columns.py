# sorted by p-value, extra columns
def group_mean_differences(df_expr, df_meta, group_col="group"):
    meta = df_meta.reindex(df_expr.index)
    c, t = df_expr[meta[group_col].eq("Control")], df_expr[meta[group_col].eq("Treatment")]
    test = stats.ttest_ind(t.to_numpy(), c.to_numpy(), axis=0, nan_policy="omit")
    table = pd.DataFrame({"p_value": test.pvalue, "t_stat": test.statistic}, index=df_expr.columns)
    table["n"] = df_expr.count()
    table["mean_control"], table["mean_treatment"] = c.mean(), t.mean()
    table["delta"] = table["mean_treatment"] - table["mean_control"]
    table["called"] = table["p_value"] < 0.05
    return table.sort_values("p_value")
