# from the summary statistics
def group_mean_differences(df_expr, df_meta, group_col="group"):
    joined = df_expr.join(df_meta[[group_col]], how="left")
    c = joined[joined[group_col] == "Control"].drop(columns=group_col)
    t = joined[joined[group_col] == "Treatment"].drop(columns=group_col)
    both = [f(side).to_numpy() for side in (t, c) for f in (pd.DataFrame.mean, pd.DataFrame.std,
                                                           pd.DataFrame.count)]
    test = stats.ttest_ind_from_stats(*both)
    out = pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean()})
    out["delta"] = out["mean_treatment"] - out["mean_control"]
    out["t_stat"], out["p_value"] = test.statistic, test.pvalue
    out.index.name = "gene"
    return out
