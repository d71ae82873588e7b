# joined and melted, a Series of names
def find_shifted_genes(df_expr, df_meta, n=10):
    long = df_expr.join(df_meta["condition"]).melt("condition", var_name="gene")
    means = long.pivot_table(index="gene", columns="condition", values="value")
    means["ratio"] = means["Treatment"] / means["Control"]
    return means.sort_values("ratio", ascending=False).head(n).reset_index()["gene"]
