# written line by line
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    with open(path, "w") as file:
        file.write("gene\n")
        for name in true_genes:
            file.write(f"{name}\n")
