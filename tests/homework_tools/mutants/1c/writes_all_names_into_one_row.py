# writes all names into one row
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "w") as file:
        file.write("gene\n" + ",".join(true_genes) + "\n")
