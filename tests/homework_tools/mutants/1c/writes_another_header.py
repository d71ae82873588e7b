# writes another header
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.Series(true_genes).to_csv(path, index=False)
