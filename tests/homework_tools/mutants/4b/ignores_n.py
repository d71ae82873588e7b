# ignores n
def top_genes(results, n=10):
    return results.sort_values("p_value").head(10)
