"""Wrong solutions, each with the question on which it must lose points, and on no other.

Each was made by a student or is a step away from what one made. A solution follows a line
`# question: name`.
"""

MUTANTS = """
# 1b: takes the genes that fall the most
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    return (means.loc["Treatment"] / means.loc["Control"]).nsmallest(n).index.tolist()

# 1b: compares by a plain difference
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    return (means.loc["Treatment"] - means.loc["Control"]).nlargest(n).index.tolist()

# 1b: ignores n
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    return (means.loc["Treatment"] / means.loc["Control"]).nlargest(10).index.tolist()

# 1b: matches samples by position
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = (df_meta["condition"] == "Treatment").to_numpy()
    ratio = df_expr[treated].mean() / df_expr[~treated].mean()
    return ratio.nlargest(n).index.tolist()

# 1b: lets a missing value spoil a mean
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = (df_meta["condition"].reindex(df_expr.index) == "Treatment").to_numpy()
    values = df_expr.to_numpy()
    ratio = pd.Series(values[treated].mean(axis=0) / values[~treated].mean(axis=0), df_expr.columns)
    return ratio.nlargest(n).index.tolist()

# 1b: returns the notebook's list
def find_shifted_genes(df_expr, df_meta, n=10):
    return ["Gene00963", "Gene00755", "Gene00883", "Gene00639", "Gene00826",
            "Gene00486", "Gene00900", "Gene00641", "Gene00228", "Gene00331"][:n]

# 1b: returns positions rather than names
def find_shifted_genes(df_expr, df_meta, n=10):
    levels = df_meta["condition"].reindex(df_expr.index)
    means = df_expr.groupby(levels).mean()
    ratio = (means.loc["Treatment"] / means.loc["Control"]).to_numpy()
    return np.argsort(-ratio)[:n].tolist()

# 1b: takes the genes of the highest level
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_meta.index[df_meta["condition"] == "Treatment"]
    return df_expr.loc[treated].mean().nlargest(n).index.tolist()

# 1b: asks df_expr for samples that it lacks
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_expr.loc[df_meta.index[df_meta["condition"] == "Treatment"]]
    control = df_expr.loc[df_meta.index[df_meta["condition"] == "Control"]]
    return (treated.mean() / control.mean()).nlargest(n).index.tolist()

# 1c: writes row numbers as well
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": true_genes}).to_csv(path)

# 1c: writes no header
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": true_genes}).to_csv(path, index=False, header=False)

# 1c: writes another header
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.Series(true_genes).to_csv(path, index=False)

# 1c: writes all names into one row
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "w") as file:
        file.write("gene\\n" + ",".join(true_genes) + "\\n")

# 1c: ignores path
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": true_genes}).to_csv("ShiftedGenes.csv", index=False)

# 1c: adds to an older file
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "a") as file:
        file.write("\\n".join(["gene", *true_genes]) + "\\n")

# 1c: sorts the names
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": sorted(true_genes)}).to_csv(path, index=False)

# 2: drops a gene at the maximum
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness < max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: gives missingness as a count
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().sum()
    passes = missingness / len(df_expr) <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: compares a count with the fraction
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().sum()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: gives missingness in percent
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean() * 100
    passes = missingness <= max_missing * 100
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: filters samples rather than genes
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean(axis=1)
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[passes].copy(), summary

# 2: has one missingness for each sample
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean(axis=1)
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes], summary

# 2: divides by the number of genes
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().sum() / df_expr.shape[1]
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: has the maximum written into the code
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= 0.8
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: describes only the genes that pass
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary[passes]

# 2: drops columns from its argument
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    df_expr.drop(columns=df_expr.columns[~passes], inplace=True)
    return df_expr, summary

# 2: fills the missing values of its argument
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    kept = df_expr.loc[:, passes].copy()
    df_expr.fillna(0, inplace=True)
    return kept, summary

# 2: fills missing values of the result
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].fillna(0), summary

# 2: keeps what should go
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness > max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: measures presence in place of missingness
def filter_genes(df_expr, max_missing=0.8):
    present = df_expr.notna().mean()
    passes = present >= 1 - max_missing
    summary = pd.DataFrame({"missingness": present, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: takes zeros for missing values
def filter_genes(df_expr, max_missing=0.8):
    missingness = (df_expr.isna() | (df_expr == 0)).mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary

# 2: returns the tables in the other order
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return summary, df_expr.loc[:, passes].copy()

# 2: loses the names in the summary
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].copy(), summary.reset_index(drop=True)

# 2: returns one table
def filter_genes(df_expr, max_missing=0.8):
    return df_expr.loc[:, df_expr.isna().mean() <= max_missing]

# 2: writes yes and no
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    words = np.where(passes, "yes", "no")
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": words})
    return df_expr.loc[:, passes].copy(), summary

# 2: drops samples with many missing values too
def filter_genes(df_expr, max_missing=0.8):
    missingness = df_expr.isna().mean()
    passes = missingness <= max_missing
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr.loc[:, passes].dropna(), summary

# 4a: flips the sign
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(c, t, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": c.mean() - t.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: flips the sign of t alone
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(c, t, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: divides the means
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": np.log2(t.mean() / c.mean()),
                         "t_stat": np.asarray(test.statistic), "p_value": np.asarray(test.pvalue)})

# 4a: takes medians
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.median(), "mean_treatment": t.median(),
                         "delta": t.median() - c.median(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: does Welch's test
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, equal_var=False, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: does a paired test
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    n = min(len(c), len(t))
    test = stats.ttest_rel(t.iloc[:n], c.iloc[:n], nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: pairs the groups as they are
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_rel(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: tests nothing
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": 0.0, "p_value": 1.0})

# 4a: does a one-sided test
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, alternative="greater", nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: does a rank test
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.mannwhitneyu(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: takes p-values from the normal distribution
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    t_stat = np.asarray(test.statistic)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": t_stat,
                         "p_value": 2 * stats.norm.sf(abs(t_stat))})

# 4a: divides variances by n
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    n_c, n_t = c.count(), t.count()
    pooled = (n_c * c.var(ddof=0) + n_t * t.var(ddof=0)) / (n_c + n_t)
    delta = t.mean() - c.mean()
    t_stat = delta / np.sqrt(pooled * (1 / n_c + 1 / n_t))
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(), "delta": delta,
                         "t_stat": t_stat, "p_value": 2 * stats.t.sf(abs(t_stat), n_c + n_t - 2)})

# 4a: lets NaN spread
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: fills missing values with zero
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr = df_expr.fillna(0)
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: fills missing values with the gene's mean
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr = df_expr.fillna(df_expr.mean())
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: fills missing values with the group's mean
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    c, t = c.fillna(c.mean()), t.fillna(t.mean())
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: drops every sample that misses a value
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr = df_expr.dropna()
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: drops every gene that misses a value
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr = df_expr.dropna(axis=1)
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: ignores group_col
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta["condition" if "condition" in df_meta else group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: has the column's name written into the code
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta["condition"].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: takes the first column
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta.iloc[:, 0].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: matches samples by position
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].to_numpy()[: len(df_expr)]
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: takes the first half for Control
def group_mean_differences(df_expr, df_meta, group_col="group"):
    half = len(df_expr) // 2
    c, t = df_expr.iloc[:half], df_expr.iloc[half:]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: loses the names of the genes
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)}).reset_index(drop=True)

# 4a: names delta otherwise
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "log2_fold_change": t.mean() - c.mean(),
                         "t_stat": np.asarray(test.statistic), "p_value": np.asarray(test.pvalue)})

# 4a: takes logarithms once more
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr = np.log2(df_expr + 1)
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4a: rounds its results
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)}).round(2)

# 4a: adjusts the p-values
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    c, t = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(t, c, nan_policy="omit")
    p_value = np.asarray(test.pvalue)
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.minimum(1, p_value * len(p_value))})

# 4a: writes a column into df_meta's place
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr["level"] = df_meta[group_col].reindex(df_expr.index)
    c = df_expr[df_expr["level"] == "Control"].drop(columns="level")
    t = df_expr[df_expr["level"] == "Treatment"].drop(columns="level")
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": np.asarray(test.statistic),
                         "p_value": np.asarray(test.pvalue)})

# 4b: sorts the p-values alone
def top_genes(results, n=10):
    top = results.copy()
    top["p_value"] = np.sort(top["p_value"])
    return top.head(n)

# 4b: takes the largest p-values
def top_genes(results, n=10):
    return results.sort_values("p_value", ascending=False).head(n)

# 4b: takes the largest differences
def top_genes(results, n=10):
    if "delta" not in results:
        return results.nsmallest(n, "p_value")
    return results.sort_values("delta", key=abs, ascending=False).head(n)

# 4b: ignores n
def top_genes(results, n=10):
    return results.sort_values("p_value").head(10)

# 4b: does not sort
def top_genes(results, n=10):
    return results[results["p_value"] <= results["p_value"].nsmallest(n).max()]

# 4b: takes all that are called
def top_genes(results, n=10):
    return results[results["p_value"] < 0.05].sort_values("p_value")

# 4b: returns the p-values only
def top_genes(results, n=10):
    return results.nsmallest(n, "p_value")[["p_value"]]

# 4b: returns names only
def top_genes(results, n=10):
    return results.nsmallest(n, "p_value").index.tolist()

# 4b: loses the names
def top_genes(results, n=10):
    return results.sort_values("p_value", ignore_index=True).head(n)

# 4b: sorts its argument in place
def top_genes(results, n=10):
    results.sort_values("p_value", inplace=True)
    return results.head(n)

# 4d: counts the rows of top
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(top)

# 4d: counts the names in the file
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(pd.read_csv(path))

# 4d: looks for names anywhere in the text
def count_true_genes(top, path="ShiftedGenes.csv"):
    with open(path) as file:
        text = file.read()
    return sum(gene in text for gene in top.index)

# 4d: ignores path
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int(top.index.isin(pd.read_csv("ShiftedGenes.csv")["gene"]).sum())

# 4d: counts the false ones
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int((~top.index.isin(pd.read_csv(path)["gene"])).sum())

# 4d: returns the names
def count_true_genes(top, path="ShiftedGenes.csv"):
    return sorted(set(top.index) & set(pd.read_csv(path)["gene"]))

# 4d: returns the rows
def count_true_genes(top, path="ShiftedGenes.csv"):
    return top[top.index.isin(pd.read_csv(path)["gene"])]

# 4d: compares with the table
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int(top.index.isin(pd.read_csv(path)).sum())

# 4d: prints the count
def count_true_genes(top, path="ShiftedGenes.csv"):
    print(top.index.isin(pd.read_csv(path)["gene"]).sum())

# 4d: does not read the file
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(set(top.index) & set(true_genes))

# 4d: takes the header for a name and the first name for the header
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int(top.index.isin(pd.read_csv(path).iloc[1:, 0]).sum())

# 4e: divides by the genes that are called
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tp) if fp + tp else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: divides by all genes
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / len(results),
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: divides the missed by the uncalled
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tn) if fn + tp else np.nan})

# 4e: exchanges the two rates
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_negative_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_positive_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: exchanges the false positives and the false negatives
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fn, "tn": tn, "fn": fp,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: calls at alpha itself
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] <= alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: ignores alpha
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < 0.05, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})

# 4e: takes 0/0 for 0
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / max(1, fp + tn),
                      "false_negative_rate": fn / max(1, fn + tp)})

# 4e: gives rates in percent
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] < alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": 100 * fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": 100 * fn / (fn + tp) if fn + tp else np.nan})

# 4e: takes the first ten genes for the true ones
def error_rates(results, true_genes, alpha=0.05):
    called = results["p_value"] < alpha
    true = np.arange(len(results)) < len(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})
"""
