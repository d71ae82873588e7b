# loop, a number of numpy
def count_true_genes(top, path="ShiftedGenes.csv"):
    true = pd.read_csv(path).gene.tolist()
    return np.sum([gene in true for gene in top.index], dtype=int)
