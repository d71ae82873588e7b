# a dictionary
def error_rates(results, true_genes, alpha=0.05):
    called = (results["p_value"] < alpha).to_numpy()
    true = np.array([gene in set(true_genes) for gene in results.index])
    table = {"tp": np.sum(called & true), "fp": np.sum(called & ~true),
             "tn": np.sum(~called & ~true), "fn": np.sum(~called & true)}
    for name, part, rest in [("positive", "fp", "tn"), ("negative", "fn", "tp")]:
        total = table[part] + table[rest]
        table[f"false_{name}_rate"] = table[part] / total if total else np.nan
    return table
