"""Make the tables of rnaseq_hw/data from two packages that ship them.

You need R (for one .RData file) and the book's environment. Fetch the two packages with their own
tools, then run this script from the repository's folder:

    apt-get download r-bioc-noiseq
    pip download inmoose==0.9.1 --no-binary inmoose --no-deps
    python tools/data/make_experiments.py r-bioc-noiseq_*.deb inmoose-0.9.1.tar.gz

It changes no value: it names conditions, drops genes without a single read, and writes.
"""

import argparse
import gzip
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

import anndata
import pandas as pd

FOLDER = Path(__file__).parents[2] / "rnaseq_hw" / "data"
R_SCRIPT = """
load(commandArgs(TRUE)[1])
write.csv(mycounts, commandArgs(TRUE)[2])
"""


def marioni(package: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read genes x samples and the sample table from Debian's package of NOISeq."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        data = Path(folder) / "usr/lib/R/site-library/NOISeq/data/Marioni.RData"
        table = Path(folder) / "counts.csv"
        subprocess.run(["Rscript", "-e", R_SCRIPT, data, table], check=True)
        counts = pd.read_csv(table, index_col=0)
    # A name such as R2L6Kidney: run 2, lane 6, kidney.
    parts = counts.columns.str.extract(r"^R(?P<run>\d)L(?P<lane>\d)(?P<tissue>Kidney|Liver)$")
    samples = pd.DataFrame(
        {
            "condition": parts["tissue"].map({"Kidney": "Control", "Liver": "Treatment"}),
            "tissue": parts["tissue"].str.lower(),
            "run": parts["run"],
            "lane": parts["lane"],
        }
    ).set_index(counts.columns)
    return counts, samples


def airway(package: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read genes x samples and the sample table from inmoose's source package."""
    with tarfile.open(package) as archive, tempfile.TemporaryDirectory() as folder:
        name = next(name for name in archive.getnames() if name.endswith("/airway.h5ad"))
        archive.extract(name, folder, filter="data")
        data = anndata.read_h5ad(Path(folder) / name)
    values = data.X.astype("int64")  # stored as 32-bit floats, exact for whole numbers to 2**24
    if (values != data.X).any() or values.max() >= 2**24:
        raise ValueError("airway.h5ad holds a count that 32-bit floats may have rounded.")
    counts = pd.DataFrame(values.T, index=data.var_names, columns=data.obs_names)
    samples = pd.DataFrame(
        {
            "condition": data.obs["dex"].map({"untrt": "Control", "trt": "Treatment"}),
            "cell_line": data.obs["cell"],
            "dexamethasone": data.obs["dex"],
            "geo_sample": data.obs["SampleName"],
        }
    )
    return counts, samples


def write(name: str, counts: pd.DataFrame, samples: pd.DataFrame) -> None:
    """Write both tables, the same bytes each time: no time of day in the gzip header."""
    counts = counts[counts.sum(axis=1) > 0]
    text = counts.to_csv(index_label="gene", lineterminator="\n").encode()
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(text)
    (FOLDER / name / "counts.csv.gz").write_bytes(packed.getvalue())
    table = samples.to_csv(index_label="sample", lineterminator="\n")
    (FOLDER / name / "samples.csv").write_text(table, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("noiseq", type=Path, help="Debian's package, r-bioc-noiseq_*.deb")
    parser.add_argument("inmoose", type=Path, help="inmoose-0.9.1.tar.gz")
    packages = parser.parse_args()
    write("marioni", *marioni(packages.noiseq))
    write("airway", *airway(packages.inmoose))
