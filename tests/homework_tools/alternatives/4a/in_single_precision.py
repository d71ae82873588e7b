# in single precision
def group_mean_differences(df_expr, df_meta, group_col="group"):
    small = df_expr.astype("float32")
    groups = df_meta[group_col].reindex(small.index)
    control, treatment = small[groups == "Control"], small[groups == "Treatment"]
    test = stats.ttest_ind(treatment, control, nan_policy="omit")
    table = pd.DataFrame({"mean_control": control.mean(), "mean_treatment": treatment.mean()})
    table["delta"] = table["mean_treatment"] - table["mean_control"]
    table["t_stat"], table["p_value"] = np.asarray(test.statistic), np.asarray(test.pvalue)
    return table
