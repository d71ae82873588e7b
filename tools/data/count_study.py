"""Simulate counts again and again; count the genes that three methods call, and call falsely.

Run it from the repository's folder, in the book's environment; it needs about ten minutes:

    .venv/bin/python tools/data/count_study.py

It writes rnaseq_hw/data/count_study.csv, one row per data set. The data sets are those of an
exercise in the chapter on DESeq2, edgeR and limma, with other seeds and, in half of them, with
dispersions that differ between genes about as much as airway's. A test computes some rows anew.
"""

import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
from pydeseq2.dds import DeseqDataSet
from pydeseq2.default_inference import DefaultInference
from pydeseq2.ds import DeseqStats

import rnaseq_hw as hw

FILE = Path(__file__).parents[2] / "rnaseq_hw" / "data" / "count_study.csv"
SPREADS = [0.0, 0.7]  # DESeq2 estimates 0.73 on airway: the square root of 0.5285
SEEDS = range(1, 301)


def adjusted_p_values(df_counts: pd.DataFrame, df_meta: pd.DataFrame) -> pd.DataFrame:
    """Return adjusted p-values, one column per method; NaN where a method left a gene out.

    The counts are samples × genes; `df_meta` has the column `condition`. The methods are PyDESeq2,
    the plain moderated t-test and Student's test.
    """
    options: dict[str, Any] = {"quiet": True, "inference": DefaultInference(n_cpus=1)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dds = DeseqDataSet(
            counts=df_counts, metadata=df_meta, design="~ condition", fit_type="mean", **options
        )
        dds.deseq2()
        stats = DeseqStats(dds, contrast=["condition", "Treatment", "Control"], **options)
        stats.summary()
    df_log = hw.log2_counts_per_million(df_counts)
    moderated = hw.moderated_mean_differences(df_log, df_meta, "condition")
    student = hw.group_mean_differences(df_log, df_meta, "condition")
    return pd.DataFrame(
        {
            "PyDESeq2": stats.results_df["padj"],
            "moderated t": hw.benjamini_hochberg(moderated["p_value"]),
            "Student": hw.benjamini_hochberg(student["p_value"]),
        }
    )


def count_calls(setting: tuple[float, int]) -> pd.Series:
    """Simulate one data set; count the genes called, and falsely called, by each method."""
    spread, seed = setting
    df_counts, df_meta, true_genes = hw.simulate_counts(
        n_samples=6, n_genes=300, n_shift=30, shift_size=1.5, dispersion_spread=spread, seed=seed
    )
    called = adjusted_p_values(df_counts, df_meta) <= 0.05
    false = called.drop(true_genes)
    counts = {}
    for name in called:
        counts[name, "called"] = called[name].sum()
        counts[name, "false"] = false[name].sum()
    return pd.Series(counts)


def main() -> None:
    """Write the table."""
    names = ["dispersion_spread", "seed"]
    settings = pd.MultiIndex.from_tuples(product(SPREADS, SEEDS), names=names)
    with ProcessPoolExecutor(2) as processes:
        rows = list(processes.map(count_calls, settings, chunksize=5))
    pd.DataFrame(rows, index=settings).to_csv(FILE, lineterminator="\n")


if __name__ == "__main__":
    main()
