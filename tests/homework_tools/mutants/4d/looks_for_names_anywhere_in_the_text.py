# looks for names anywhere in the text
def count_true_genes(top, path="ShiftedGenes.csv"):
    with open(path) as file:
        text = file.read()
    return sum(gene in text for gene in top.index)
