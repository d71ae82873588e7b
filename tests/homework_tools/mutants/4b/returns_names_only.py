# returns names only
def top_genes(results, n=10):
    return results.nsmallest(n, "p_value").index.tolist()
