# counts the names in the file
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(pd.read_csv(path))
