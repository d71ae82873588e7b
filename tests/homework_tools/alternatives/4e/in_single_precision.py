# in single precision
def error_rates(results, true_genes, alpha=0.05):
    called = results["p_value"] < alpha
    shifted = results.index.isin(true_genes)
    names = ["tp", "fp", "tn", "fn", "false_positive_rate", "false_negative_rate"]
    rates = pd.Series(np.nan, index=names, dtype="float32")
    rates["tp"], rates["fp"] = sum(called & shifted), sum(called & ~shifted)
    rates["tn"], rates["fn"] = sum(~called & ~shifted), sum(~called & shifted)
    if rates["fp"] + rates["tn"]:
        rates["false_positive_rate"] = rates["fp"] / (rates["fp"] + rates["tn"])
    if rates["fn"] + rates["tp"]:
        rates["false_negative_rate"] = rates["fn"] / (rates["fn"] + rates["tp"])
    return rates
