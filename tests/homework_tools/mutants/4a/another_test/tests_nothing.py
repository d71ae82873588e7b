# tests nothing
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": 0.0, "p_value": 1.0})
