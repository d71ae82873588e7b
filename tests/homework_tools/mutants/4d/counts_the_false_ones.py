# counts the false ones
def count_true_genes(top, path="ShiftedGenes.csv"):
    return int((~top.index.isin(pd.read_csv(path)["gene"])).sum())
