# analysis of variance of two groups
def group_mean_differences(df_expr, df_meta, group_col="group"):
    def row(values):
        levels = df_meta[group_col].reindex(values.index)
        c, t = values[levels == "Control"].dropna(), values[levels == "Treatment"].dropna()
        f, p = stats.f_oneway(c, t)
        delta = t.mean() - c.mean()
        return pd.Series({"mean_control": c.mean(), "mean_treatment": t.mean(), "delta": delta,
                          "t_stat": np.sign(delta) * np.sqrt(f), "p_value": p})
    return df_expr.apply(row).T
