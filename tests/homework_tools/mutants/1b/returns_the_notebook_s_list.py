# returns the notebook's list
def find_shifted_genes(df_expr, df_meta, n=10):
    return ["Gene00963", "Gene00755", "Gene00883", "Gene00639", "Gene00826",
            "Gene00486", "Gene00900", "Gene00641", "Gene00228", "Gene00331"][:n]
