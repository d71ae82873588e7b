# sorts the p-values alone
def top_genes(results, n=10):
    top = results.copy()
    top["p_value"] = np.sort(top["p_value"])
    return top.head(n)
