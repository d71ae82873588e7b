# ignores path
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int(top.index.isin(pd.read_csv("ShiftedGenes.csv")["gene"]).sum())
