"""Compare the airway samples by PyDESeq2, and pack R's table of the same comparison.

Run `airway_r_methods.R` first, then this from the repository's folder, in the book's environment:

    Rscript tools/data/airway_r_methods.R
    .venv/bin/python tools/data/airway_pydeseq2.py

It needs some five minutes and writes pydeseq2.csv.gz and r_methods.csv.gz into
rnaseq_hw/data/airway. A test computes a sample of the genes anew.
"""

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
from pydeseq2.dds import DeseqDataSet
from pydeseq2.default_inference import DefaultInference
from pydeseq2.ds import DeseqStats

FOLDER = Path(__file__).parents[2] / "rnaseq_hw" / "data" / "airway"


def compare(df_counts: pd.DataFrame, df_meta: pd.DataFrame) -> pd.DataFrame:
    """Fit PyDESeq2's model to all genes of a table of samples × genes; return one row a gene.

    The columns are the mean normalized count, three dispersions, log2 fold change before and after
    shrinkage, p-value and adjusted p-value. `df_meta` has the columns `condition` and `cell_line`.
    """
    inference = DefaultInference(n_cpus=2)
    dds = DeseqDataSet(
        counts=df_counts,
        metadata=df_meta,
        design="~cell_line + condition",
        inference=inference,
        quiet=True,
    )
    dds.deseq2()
    stats = DeseqStats(
        dds, contrast=["condition", "Treatment", "Control"], inference=inference, quiet=True
    )
    stats.summary()
    table = pd.DataFrame(
        {
            "base_mean": stats.results_df["baseMean"],
            "dispersion_gene": dds.var["genewise_dispersions"],
            "dispersion_trend": dds.var["fitted_dispersions"],
            "dispersion": dds.var["dispersions"],
            "delta": stats.results_df["log2FoldChange"],
            "p_value": stats.results_df["pvalue"],
            "adj_p_value": stats.results_df["padj"],
        }
    )
    stats.lfc_shrink(coeff="condition[T.Treatment]")
    table.insert(5, "shrunken_delta", stats.results_df["log2FoldChange"])
    return table


def pack(text: str, path: Path) -> None:
    """Write a gzip file that is the same at each run: without the time."""
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def main() -> None:
    """Write the two tables."""
    counts = pd.read_csv(FOLDER / "counts.csv.gz", index_col="gene").T
    samples = pd.read_csv(FOLDER / "samples.csv", index_col="sample")
    table = compare(counts, samples[["condition", "cell_line"]])
    print((table["adj_p_value"] < 0.05).sum(), "genes called")
    digits = {name: 4 for name in ("delta", "shrunken_delta")}
    table = table.round(digits)
    for name in table.columns.difference(list(digits)):
        values = table[name].to_numpy()
        table[name] = [float(f"{value:.5g}") for value in np.asarray(values, dtype=float)]
    pack(table.to_csv(index_label="gene", lineterminator="\n"), FOLDER / "pydeseq2.csv.gz")
    from_r = FOLDER / "r_methods.csv"
    text = from_r.read_text(encoding="utf-8")
    pack(text if text.startswith("gene") else "gene" + text, FOLDER / "r_methods.csv.gz")
    from_r.unlink()


if __name__ == "__main__":
    main()
