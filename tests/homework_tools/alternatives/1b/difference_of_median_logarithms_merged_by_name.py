# difference of median logarithms, merged by name
def find_shifted_genes(df_expr, df_meta, n=10):
    both = np.log2(df_expr + 1).join(df_meta["condition"])
    medians = both.groupby("condition").median()
    return (medians.loc["Treatment"] - medians.loc["Control"]).sort_values().index[-n:]
