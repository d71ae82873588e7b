# returns the names
def count_true_genes(top, path="ShiftedGenes.csv"):
    return sorted(set(top.index) & set(pd.read_csv(path)["gene"]))
