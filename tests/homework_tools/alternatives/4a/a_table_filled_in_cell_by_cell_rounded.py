# a table filled in cell by cell, rounded
def group_mean_differences(df_expr, df_meta, group_col="group"):
    columns = ["mean_control", "mean_treatment", "delta", "t_stat", "p_value"]
    comparison = pd.DataFrame(index=df_expr.columns, columns=columns)  # its columns hold objects
    group_of_row = df_meta[group_col].reindex(df_expr.index)
    for gene in df_expr.columns:
        control = df_expr.loc[group_of_row == "Control", gene].dropna()
        treatment = df_expr.loc[group_of_row == "Treatment", gene].dropna()
        test = stats.ttest_ind(treatment, control)
        comparison.loc[gene, "mean_control"] = round(control.mean(), 6)
        comparison.loc[gene, "mean_treatment"] = round(treatment.mean(), 6)
        comparison.loc[gene, "delta"] = round(treatment.mean() - control.mean(), 6)
        comparison.loc[gene, "t_stat"] = round(test.statistic, 6)
        comparison.loc[gene, "p_value"] = round(test.pvalue, 6)
    return comparison
