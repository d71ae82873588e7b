# loses the names
def top_genes(results, n=10):
    return results.sort_values("p_value", ignore_index=True).head(n)
