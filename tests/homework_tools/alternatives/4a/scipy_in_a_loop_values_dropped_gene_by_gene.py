# scipy in a loop, values dropped gene by gene
def group_mean_differences(df_expr, df_meta, group_col="group"):
    control = df_meta.index[df_meta[group_col] == "Control"].intersection(df_expr.index)
    treated = df_meta.index[df_meta[group_col] == "Treatment"].intersection(df_expr.index)
    rows = []
    for gene in df_expr:
        c, t = df_expr.loc[control, gene].dropna(), df_expr.loc[treated, gene].dropna()
        test = stats.ttest_ind(t, c)
        rows.append([c.mean(), t.mean(), t.mean() - c.mean(), test.statistic, test.pvalue])
    columns = ["mean_control", "mean_treatment", "delta", "t_stat", "p_value"]
    return pd.DataFrame(rows, index=df_expr.columns, columns=columns)
