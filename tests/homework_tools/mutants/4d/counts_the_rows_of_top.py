# counts the rows of top
def count_true_genes(top, path="ShiftedGenes.csv"):
    return len(top)
