# returns the p-values only
def top_genes(results, n=10):
    return results.nsmallest(n, "p_value")[["p_value"]]
