# means of logical values
def error_rates(results, true_genes, alpha=0.05):
    called = results["p_value"].lt(alpha)
    true = results.index.to_series().isin(true_genes)
    return pd.Series({
        "tp": (called & true).sum(), "fp": (called & ~true).sum(),
        "tn": (~called & ~true).sum(), "fn": (~called & true).sum(),
        "false_positive_rate": called[~true].mean(),
        "false_negative_rate": (~called)[true].mean(),
    })
