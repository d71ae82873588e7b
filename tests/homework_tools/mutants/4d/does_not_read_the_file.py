# does not read the file
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(set(top.index) & set(true_genes))
