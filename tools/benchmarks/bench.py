"""Time `group_mean_differences` against other ways to the same table, in one run.

`make bench` runs this in an environment of its own, made from the lock beside it. Times are by the
clock, the least of several runs, each program with as many threads as it takes by
itself: run it on a machine that does nothing else.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import timeit
import tracemalloc
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import rnaseq_hw as hw
from rnaseq_hw import _two_groups

SIZES = [(100, 20_000), (1_000, 60_000)]
STORED = Path(hw.__file__).with_name("data") / "benchmark.json"  # shown by book/speed.md
MISSING_P = 0.05
REPEATS = 15


def make_data(n_samples: int, n_genes: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make log2 expression values, some missing, and the sample table."""
    rng = np.random.default_rng(44)
    values = rng.normal(5, 1, (n_samples, n_genes))
    for row in values:  # a row at a time, to save memory
        row[rng.random(n_genes) < MISSING_P] = np.nan
    samples = [f"S{i:04d}" for i in range(n_samples)]
    n_control = n_samples // 2
    condition = ["Control"] * n_control + ["Treatment"] * (n_samples - n_control)
    genes = [f"Gene{i:05d}" for i in range(n_genes)]
    df_meta = pd.DataFrame({"condition": condition}, index=samples)
    return pd.DataFrame(values, samples, genes), df_meta


def seconds(function, repeats: int = REPEATS) -> float:
    """Return the least time of some runs, by the clock."""
    return min(timeit.repeat(function, number=1, repeat=repeats))


def time_one_thread(df_expr: pd.DataFrame, df_meta: pd.DataFrame) -> float:
    """Time our comparison held to one thread."""
    usual, _two_groups.THREADS = _two_groups.THREADS, 1
    try:
        return seconds(lambda: hw.group_mean_differences(df_expr, df_meta, "condition"))
    finally:
        _two_groups.THREADS = usual


def time_scipy(df_expr: pd.DataFrame, df_meta: pd.DataFrame) -> float:
    """Time SciPy's own way with missing values, which goes gene by gene: once."""
    treated = (df_meta["condition"] == "Treatment").to_numpy()
    values = df_expr.to_numpy()
    return seconds(
        lambda: stats.ttest_ind(values[treated], values[~treated], nan_policy="omit"), repeats=1
    )


def by_pandas(df_expr: pd.DataFrame, df_meta: pd.DataFrame) -> np.ndarray:
    """Compute Student's p-values the way one would with pandas."""
    control, treatment = (
        df_expr[df_meta["condition"] == level] for level in ("Control", "Treatment")
    )
    n_c, n_t = control.count(), treatment.count()
    dof = n_c + n_t - 2
    pooled = (control.var() * (n_c - 1) + treatment.var() * (n_t - 1)) / dof
    t_stat = (treatment.mean() - control.mean()) / np.sqrt(pooled * (1 / n_c + 1 / n_t))
    return 2 * stats.t.sf(abs(t_stat), dof)


def time_scanpy(df_expr: pd.DataFrame, df_meta: pd.DataFrame) -> float:
    """Time scanpy's t-test, which knows no missing values: on data without."""
    import anndata
    import scanpy

    data = anndata.AnnData(df_expr.fillna(5.0), obs=df_meta.astype("category"))
    options = {"groups": ["Treatment"], "reference": "Control", "method": "t-test"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scanpy.tl.rank_genes_groups(data, "condition", **options)  # compiles, the first time
        return seconds(lambda: scanpy.tl.rank_genes_groups(data, "condition", **options), 3)


def time_r(df_expr: pd.DataFrame, versions: dict[str, str]) -> float | None:
    """Time R's compiled rowttests, where R and genefilter are installed."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "values.bin"
        df_expr.to_numpy().tofile(path)  # sample by sample: R's columns
        arguments = [path, df_expr.shape[1], df_expr.shape[0], 3]
        command = ["Rscript", Path(__file__).with_name("rowttests.R"), *arguments]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, encoding="utf-8"
        )
    if done.returncode:
        print(f"R is left out: {done.stderr.strip().splitlines()[-1]}")
        return None
    taken, versions["R"], versions["genefilter"] = done.stdout.split("|")
    return float(taken)


def extra_memory(df_expr: pd.DataFrame, df_meta: pd.DataFrame) -> float:
    """Return the largest extra memory of a comparison, as a fraction of the matrix."""
    tracemalloc.start()
    hw.group_mean_differences(df_expr, df_meta, group_col="condition")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / df_expr.to_numpy().nbytes


def compare(n_samples: int, n_genes: int, versions: dict[str, str]) -> dict:
    """Time every way on one size of data."""
    df_expr, df_meta = make_data(n_samples, n_genes)
    ours = hw.group_mean_differences(df_expr, df_meta, group_col="condition")["p_value"]
    np.testing.assert_allclose(ours, by_pandas(df_expr, df_meta), rtol=1e-8)
    values = df_expr.to_numpy()
    taken = {
        "rnaseq_hw": seconds(lambda: hw.group_mean_differences(df_expr, df_meta, "condition")),
        "one_thread": time_one_thread(df_expr, df_meta),
        "reading": seconds(values.sum),
        "scipy": time_scipy(df_expr, df_meta),
        "pandas": seconds(lambda: by_pandas(df_expr, df_meta), 3),
        "scanpy": time_scanpy(df_expr, df_meta),
        "rowttests": time_r(df_expr, versions),
    }
    return {
        "n_samples": n_samples,
        "n_genes": n_genes,
        "seconds": {name: took for name, took in taken.items() if took is not None},
        "extra_memory": extra_memory(df_expr, df_meta),
    }


def time_null_study(n_experiments: int) -> dict:
    """Time, by the clock, a null study on all cores."""
    started = time.perf_counter()
    study = hw.null_study(n_experiments=n_experiments, seed=44, progress=sys.stderr.isatty())
    return {
        "n_experiments": n_experiments,
        "seconds": time.perf_counter() - started,
        "false_positive_rate": study["false_positive_rate"].mean(),
    }


def processor() -> str:
    """Name the processor, as the system does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(": ", 1)[1] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, IndexError):
        return platform.processor() or platform.machine()


def report(results: dict) -> None:
    """Print a table: how many times as long as ours each other way takes."""
    print(f"{results['machine']}, {results['cores']} cores; {results['date']}")
    print(", ".join(f"{name} {number}" for name, number in results["versions"].items()))
    for case in results["cases"]:
        taken = pd.Series(case["seconds"])
        table = pd.DataFrame({"seconds": taken, "times ours": taken / taken["rnaseq_hw"]})
        print(f"\n{case['n_samples']:,} samples x {case['n_genes']:,} genes, 5 % missing")
        print(table.round(4))
        print(f"extra memory: {case['extra_memory']:.1%} of the matrix")
    study = results["null_study"]
    print(f"\nNull study: {study['n_experiments']:,} experiments in {study['seconds']:.0f} s")


def main() -> None:
    """Run everything, print the table, and write the numbers where asked."""
    parser = argparse.ArgumentParser(prog="tasks.py bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small data, in seconds")
    parser.add_argument(
        "--save", action="store_true", help="keep the numbers for the book's page on speed"
    )
    options = parser.parse_args()
    sizes = [(20, 500)] if options.quick else SIZES
    packages = ("numpy", "scipy", "pandas", "scanpy")
    versions = {"Python": platform.python_version(), **{name: version(name) for name in packages}}
    results = {
        "date": datetime.date.today().isoformat(),
        "machine": processor(),
        "cores": os.cpu_count(),
        "missing_p": MISSING_P,
        "cases": [compare(*size, versions) for size in sizes],
        "null_study": time_null_study(100 if options.quick else 10_000),
        "versions": versions,
    }
    report(results)
    if options.save:
        text = json.dumps(results, indent=1) + "\n"
        STORED.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
