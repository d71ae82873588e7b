# loop over genes
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
