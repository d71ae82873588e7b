# takes the largest p-values
def top_genes(results, n=10):
    return results.sort_values("p_value", ascending=False).head(n)
