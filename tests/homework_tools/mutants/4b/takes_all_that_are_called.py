# takes all that are called
def top_genes(results, n=10):
    return results[results["p_value"] < 0.05].sort_values("p_value")
