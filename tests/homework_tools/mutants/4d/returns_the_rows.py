# returns the rows
def count_true_genes(top, path="ShiftedGenes.csv"):
    return top[top.index.isin(pd.read_csv(path)["gene"])]
