# the csv module, Windows line ends, every field quoted
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    import csv
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["gene"])
        writer.writerows([name] for name in true_genes)
