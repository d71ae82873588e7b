# prints the count
def count_true_genes(top, path="ShiftedGenes.csv"):
    print(top.index.isin(pd.read_csv(path)["gene"]).sum())
