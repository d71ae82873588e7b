# takes the largest differences
def top_genes(results, n=10):
    if "delta" not in results:
        return results.nsmallest(n, "p_value")
    return results.sort_values("delta", key=abs, ascending=False).head(n)
