# takes the header for a name and the first name for the header
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int(top.index.isin(pd.read_csv(path).iloc[1:, 0]).sum())
