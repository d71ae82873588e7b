# does not sort
def top_genes(results, n=10):
    return results[results["p_value"] <= results["p_value"].nsmallest(n).max()]
