# adds to an older file
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "a") as file:
        file.write("\n".join(["gene", *true_genes]) + "\n")
