# writes no header
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": true_genes}).to_csv(path, index=False, header=False)
