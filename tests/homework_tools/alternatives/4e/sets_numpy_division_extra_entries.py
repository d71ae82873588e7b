# sets, numpy division, extra entries
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
