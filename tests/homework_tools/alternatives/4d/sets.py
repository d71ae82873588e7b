# sets
def count_true_genes(top, path="ShiftedGenes.csv"):
    with open(path) as file:
        names = file.read().split()[1:]
    return len(set(top.index).intersection(names))
