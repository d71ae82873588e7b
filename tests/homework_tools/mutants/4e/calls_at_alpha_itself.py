# calls at alpha itself
def error_rates(results, true_genes, alpha=0.05):
    called, true = results["p_value"] <= alpha, results.index.isin(true_genes)
    tp, fp = (called & true).sum(), (called & ~true).sum()
    fn, tn = (~called & true).sum(), (~called & ~true).sum()
    return pd.Series({"tp": tp, "fp": fp, "tn": tn, "fn": fn,
                      "false_positive_rate": fp / (fp + tn) if fp + tn else np.nan,
                      "false_negative_rate": fn / (fn + tp) if fn + tp else np.nan})
