# divides variances by n
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    n_c, n_t = c.count(), t.count()
    pooled = (n_c * c.var(ddof=0) + n_t * t.var(ddof=0)) / (n_c + n_t)
    delta = t.mean() - c.mean()
    t_stat = delta / np.sqrt(pooled * (1 / n_c + 1 / n_t))
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(), "delta": delta,
                         "t_stat": t_stat, "p_value": 2 * stats.t.sf(abs(t_stat), n_c + n_t - 2)})
