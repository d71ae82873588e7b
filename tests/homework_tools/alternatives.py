"""Right solutions other than the master's, each of which must get full points."""

ALTERNATIVES = """
# 1b: t-test on logarithms
def find_shifted_genes(df_expr, df_meta, n=10):
    level = df_meta.loc[df_expr.index, "condition"]
    logs = np.log(df_expr)
    t, _ = stats.ttest_ind(logs[level == "Treatment"], logs[level == "Control"], nan_policy="omit")
    return list(df_expr.columns[np.argsort(-np.asarray(t))[:n]])

# 1b: loop over genes, an array of names
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = [s for s in df_expr.index if df_meta.loc[s, "condition"] == "Treatment"]
    control = [s for s in df_expr.index if df_meta.loc[s, "condition"] == "Control"]
    folds = {}
    for gene in df_expr.columns:
        high = np.nanmean(df_expr.loc[treated, gene])
        folds[gene] = high / np.nanmean(df_expr.loc[control, gene])
    return np.array(sorted(folds, key=folds.get, reverse=True)[:n])

# 1b: difference of median logarithms, merged by name
def find_shifted_genes(df_expr, df_meta, n=10):
    both = np.log2(df_expr + 1).join(df_meta["condition"])
    medians = both.groupby("condition").median()
    return (medians.loc["Treatment"] - medians.loc["Control"]).sort_values().index[-n:]

# 1b: geometric means, a set of names
def find_shifted_genes(df_expr, df_meta, n=10):
    groups = np.log(df_expr).groupby(df_meta["condition"].reindex(df_expr.index))
    rise = groups.mean().diff().loc["Treatment"]
    return set(rise.index[rise.rank(ascending=False) <= n])

# 1b: joined and melted, a Series of names
def find_shifted_genes(df_expr, df_meta, n=10):
    long = df_expr.join(df_meta["condition"]).melt("condition", var_name="gene")
    means = long.pivot_table(index="gene", columns="condition", values="value")
    means["ratio"] = means["Treatment"] / means["Control"]
    return means.sort_values("ratio", ascending=False).head(n).reset_index()["gene"]

# 1b: a condition that pandas puts into order, with a warning
def find_shifted_genes(df_expr, df_meta, n=10):
    treated = df_expr[df_meta["condition"] == "Treatment"].mean()
    return (treated / df_expr[df_meta["condition"] == "Control"].mean()).nlargest(n).index.tolist()

# 1c: written line by line
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "w") as file:
        file.write("gene\\n")
        for name in true_genes:
            file.write(f"{name}\\n")

# 1c: the csv module, Windows line ends, every field quoted
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    import csv
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["gene"])
        writer.writerows([name] for name in true_genes)

# 1c: a Series with a name
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.Series(true_genes, name="gene").to_csv(path, index=False)

# 2: loop over genes
def filter_genes(df_expr, max_missing=0.8):
    rows, keep = [], []
    for gene in df_expr.columns:
        missing = sum(1 for value in df_expr[gene] if value != value)
        fraction = missing / len(df_expr)
        rows.append((fraction, fraction <= max_missing))
        if fraction <= max_missing:
            keep.append(gene)
    summary = pd.DataFrame(rows, index=df_expr.columns, columns=["missingness", "pass_filters"])
    return df_expr[keep], summary

# 2: one minus the present, not copied
def filter_genes(df_expr, max_missing=0.8):
    missingness = 1 - df_expr.notna().mean()
    passes = ~(missingness > max_missing)
    summary = pd.DataFrame({"missingness": missingness, "pass_filters": passes})
    return df_expr[missingness.index[passes]], summary

# 2: numpy, sorted summary, extra columns
def filter_genes(df_expr, max_missing=0.8):
    counts = np.isnan(df_expr.to_numpy()).sum(axis=0)
    summary = pd.DataFrame(index=df_expr.columns)
    summary["n_missing"] = counts
    summary["missingness"] = counts / df_expr.shape[0]
    summary["pass_filters"] = summary["missingness"].le(max_missing)
    kept = df_expr.loc[:, summary["pass_filters"].to_numpy()]
    return kept, summary.sort_values("missingness", ascending=False)

# 2: transposed and back, with dropna
def filter_genes(df_expr, max_missing=0.8):
    table = df_expr.T
    summary = table.isnull().mean(axis=1).to_frame("missingness")
    summary["pass_filters"] = [bool(m <= max_missing) for m in summary["missingness"]]
    summary.index.name = "gene"
    return table.loc[summary["pass_filters"]].T, summary

# 2: nullable booleans, a list of two
def filter_genes(df_expr, max_missing=0.8):
    summary = pd.DataFrame({"missingness": df_expr.isna().mean()}).convert_dtypes()
    summary["pass_filters"] = (summary["missingness"] <= max_missing).astype("boolean")
    return [df_expr.loc[:, summary["pass_filters"].astype(bool)], summary]

# 2: genes and samples sorted otherwise
def filter_genes(df_expr, max_missing=0.8):
    missing = df_expr.isna().mean().sort_values(kind="stable")
    summary = pd.DataFrame({"missingness": missing, "pass_filters": missing <= max_missing})
    return df_expr[missing.index[missing <= max_missing]].sort_index(ascending=False), summary

# 4a: scipy in a loop, values dropped gene by gene
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

# 4a: a condition that pandas puts into order, with a warning
def group_mean_differences(df_expr, df_meta, group_col="group"):
    c, t = (df_expr[df_meta[group_col] == level] for level in ("Control", "Treatment"))
    test = stats.ttest_ind(t, c, nan_policy="omit")
    return pd.DataFrame({"mean_control": c.mean(), "mean_treatment": t.mean(),
                         "delta": t.mean() - c.mean(), "t_stat": test.statistic,
                         "p_value": test.pvalue})

# 4a: the formula by hand, with groupby
def group_mean_differences(df_expr, df_meta, group_col="group"):
    groups = df_expr.groupby(df_meta[group_col].reindex(df_expr.index))
    n, mean, var = groups.count(), groups.mean(), groups.var()
    c, t = "Control", "Treatment"
    dof = n.loc[c] + n.loc[t] - 2
    pooled = ((n.loc[c] - 1) * var.loc[c] + (n.loc[t] - 1) * var.loc[t]) / dof
    delta = mean.loc[t] - mean.loc[c]
    t_stat = delta / (pooled * (1 / n.loc[c] + 1 / n.loc[t])) ** 0.5
    return pd.DataFrame({"mean_control": mean.loc[c], "mean_treatment": mean.loc[t],
                         "delta": delta, "t_stat": t_stat,
                         "p_value": 2 * (1 - stats.t.cdf(t_stat.abs(), dof))})

# 4a: sorted by p-value, extra columns
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

# 4a: least squares on a dummy variable
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

# 4a: from the summary statistics
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

# 4a: analysis of variance of two groups
def group_mean_differences(df_expr, df_meta, group_col="group"):
    def row(values):
        levels = df_meta[group_col].reindex(values.index)
        c, t = values[levels == "Control"].dropna(), values[levels == "Treatment"].dropna()
        f, p = stats.f_oneway(c, t)
        delta = t.mean() - c.mean()
        return pd.Series({"mean_control": c.mean(), "mean_treatment": t.mean(), "delta": delta,
                          "t_stat": np.sign(delta) * np.sqrt(f), "p_value": p})
    return df_expr.apply(row).T

# 4b: nsmallest
def top_genes(results, n=10):
    return results.nsmallest(n, "p_value")

# 4b: argsort and iloc
def top_genes(results, n=10):
    return results.iloc[np.argsort(results["p_value"].to_numpy())[:n]].copy()

# 4b: ranks, with another column for the rank
def top_genes(results, n=10):
    top = results.assign(rank=results["p_value"].rank(method="first"))
    return top[top["rank"] <= n].sort_values("rank")

# 4d: sets
def count_true_genes(top, path="ShiftedGenes.csv"):
    with open(path) as file:
        names = file.read().split()[1:]
    return len(set(top.index).intersection(names))

# 4d: loop, a number of numpy
def count_true_genes(top, path="ShiftedGenes.csv"):
    true = pd.read_csv(path).gene.tolist()
    return np.sum([gene in true for gene in top.index], dtype=int)

# 4e: loop over genes
def error_rates(results, true_genes, alpha=0.05):
    counts = dict.fromkeys(["tp", "fp", "tn", "fn"], 0)
    for gene, p in results["p_value"].items():
        if gene in true_genes:
            counts["tp" if p < alpha else "fn"] += 1
        else:
            counts["fp" if p < alpha else "tn"] += 1
    negatives, positives = counts["fp"] + counts["tn"], counts["fn"] + counts["tp"]
    rates = pd.Series(counts, dtype=float)
    rates["false_positive_rate"] = counts["fp"] / negatives if negatives else float("nan")
    rates["false_negative_rate"] = counts["fn"] / positives if positives else float("nan")
    return rates

# 4e: sets, numpy division, extra entries
def error_rates(results, true_genes, alpha=0.05):
    called, every = set(results.index[results.p_value < alpha]), set(results.index)
    true = set(true_genes)
    tp, fp = len(called & true), len(called - true)
    fn, tn = len(true - called), len(every - called - true)
    with np.errstate(invalid="ignore"):
        fpr = np.float64(fp) / np.float64(fp + tn)
        fnr = np.float64(fn) / np.float64(fn + tp)
    return pd.Series({"false_positive_rate": fpr, "false_negative_rate": fnr, "tp": tp, "fp": fp,
                      "tn": tn, "fn": fn, "called": len(called)}, dtype=object)

# 4e: a dictionary
def error_rates(results, true_genes, alpha=0.05):
    called = (results["p_value"] < alpha).to_numpy()
    true = np.array([gene in set(true_genes) for gene in results.index])
    table = {"tp": np.sum(called & true), "fp": np.sum(called & ~true),
             "tn": np.sum(~called & ~true), "fn": np.sum(~called & true)}
    for name, part, rest in [("positive", "fp", "tn"), ("negative", "fn", "tp")]:
        total = table[part] + table[rest]
        table[f"false_{name}_rate"] = table[part] / total if total else np.nan
    return table

# 4e: means of logical values
def error_rates(results, true_genes, alpha=0.05):
    called = results["p_value"].lt(alpha)
    true = results.index.to_series().isin(true_genes)
    return pd.Series({
        "tp": (called & true).sum(), "fp": (called & ~true).sum(),
        "tn": (~called & ~true).sum(), "fn": (~called & true).sum(),
        "false_positive_rate": called[~true].mean(),
        "false_negative_rate": (~called)[true].mean(),
    })
"""
