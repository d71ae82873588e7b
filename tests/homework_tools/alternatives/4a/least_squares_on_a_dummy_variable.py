# least squares on a dummy variable
def group_mean_differences(df_expr, df_meta, group_col="group"):
    treated = (df_meta[group_col].reindex(df_expr.index) == "Treatment").to_numpy(float)
    rows = {}
    for gene, values in df_expr.items():
        y = values.to_numpy()
        use = ~np.isnan(y)
        fit = stats.linregress(treated[use], y[use])
        low = fit.intercept
        rows[gene] = {"mean_control": low, "mean_treatment": low + fit.slope, "delta": fit.slope,
                      "t_stat": fit.slope / fit.stderr, "p_value": fit.pvalue}
    return pd.DataFrame.from_dict(rows, orient="index")
