# sorts the names
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    pd.DataFrame({"gene": sorted(true_genes)}).to_csv(path, index=False)
