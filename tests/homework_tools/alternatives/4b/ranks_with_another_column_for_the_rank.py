# ranks, with another column for the rank
def top_genes(results, n=10):
    top = results.assign(rank=results["p_value"].rank(method="first"))
    return top[top["rank"] <= n].sort_values("rank")
