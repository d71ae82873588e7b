# a Series with a name
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.Series(true_genes, name="gene").to_csv(path, index=False)
