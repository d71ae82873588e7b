# argsort and iloc
def top_genes(results, n=10):
    return results.iloc[np.argsort(results["p_value"].to_numpy())[:n]].copy()
