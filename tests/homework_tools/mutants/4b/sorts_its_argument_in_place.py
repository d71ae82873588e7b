# sorts its argument in place
def top_genes(results, n=10):
    results.sort_values("p_value", inplace=True)
    return results.head(n)
