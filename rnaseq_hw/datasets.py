"""Load a real experiment: the counts and the sample table.

This is the one place where the package reads files, and those that it reads are its own or the
reader's.
"""

import zlib
from pathlib import Path

import pandas as pd

from rnaseq_hw._checks import check_columns, check_unique, name_some
from rnaseq_hw._counts import count_values
from rnaseq_hw._samples import levels_by_sample

FOLDER = Path(__file__).parent / "data"
COUNTS, SAMPLES = ("counts.csv.gz", "counts.csv"), "samples.csv"
LARGEST_COUNT = 2**53  # a float holds every whole number up to here


def load_experiment(experiment: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Load the counts and the sample table of a real RNA-seq experiment.

    Two come with the package; the README in the folder of each has source and license.

    - ``"airway"``: Himes et al. (2014). Four cell lines of human airway smooth muscle, each
      without (Control) and with (Treatment) the steroid dexamethasone; 33,469 genes with any
      read.
    - ``"marioni"``: Marioni et al. (2008). One kidney (Control) and one liver (Treatment)
      sample, sequenced in ten lanes; 5,088 genes, from part of the chromosomes. The lanes are
      technical replicates: they say nothing of how people differ.

    Parameters
    ----------
    experiment : str or Path
        ``"airway"``, ``"marioni"``, or a folder of your own. A folder holds `counts.csv.gz` (or
        `counts.csv`), with a row per gene, the gene's name in the first column and then a column
        per sample; and `samples.csv`, with a row per sample and the columns `sample` and
        `condition`, of the levels `Control` and `Treatment`.

    Returns
    -------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts, whole numbers; samples in the order of the sample table.
    df_meta : DataFrame of shape (n_samples, n_columns)
        The sample table: index `sample`, column `condition`, and what else is known, for
        example `cell_line` (airway) or `run` (Marioni).

    Raises
    ------
    FileNotFoundError
        If `experiment` is neither a name nor a folder, or a file is absent.
    KeyError
        If `samples.csv` has no column `sample` or `condition`.
    TypeError
        If a column of counts does not hold numbers.
    ValueError
        If a file cannot be read, a count is negative, fractional, missing or larger than a
        float holds exactly, a gene has no name, a gene or a sample occurs twice, the two files
        do not hold the same samples, or a level is neither `Control` nor `Treatment`.

    References
    ----------
    Himes et al. (2014), PLoS ONE 9, e99625, doi:10.1371/journal.pone.0099625. Marioni et al.
    (2008), Genome Research 18, 1509-1517, doi:10.1101/gr.079558.108.

    Examples
    --------
    >>> df_counts, df_meta = load_experiment("airway")
    >>> df_counts.shape
    (8, 33469)
    >>> df_meta[["condition", "cell_line"]].head(3)
                condition cell_line
    sample
    SRR1039508    Control    N61311
    SRR1039509  Treatment    N61311
    SRR1039512    Control   N052611
    """
    folder = _folder(experiment)
    counts_file = next((folder / name for name in COUNTS if (folder / name).is_file()), None)
    samples_file = folder / SAMPLES
    if counts_file is None or not samples_file.is_file():
        absent = SAMPLES if counts_file else " or ".join(COUNTS)
        raise FileNotFoundError(f"Folder {folder} holds no file {absent}; put it there.")

    df_meta = _read_table(samples_file, dtype={"sample": str})
    check_columns(str(samples_file), df_meta, ["sample", "condition"])
    df_meta = df_meta.set_index("sample")
    check_unique(f"samples in {samples_file}", df_meta.index)
    df_counts = _read_counts(counts_file)
    strangers = df_counts.index.symmetric_difference(df_meta.index, sort=False)
    if len(strangers):
        raise ValueError(
            f"{counts_file.name} and {samples_file.name} of {folder} must hold the same samples, "
            f"but only one of them has {name_some(strangers)}; fix the names, or drop them."
        )
    try:
        levels_by_sample(df_counts.index, df_meta, "condition")
    except ValueError as error:
        raise ValueError(f"{samples_file} cannot be used: {error}") from error
    return df_counts.loc[df_meta.index].rename_axis(None), df_meta


def _read_counts(path: Path) -> pd.DataFrame:
    """Read a table with a row per gene, turn it to samples x genes, and check it."""
    header = _read_table(path, header=None, nrows=1, dtype=str).iloc[0, 1:]
    check_unique(f"samples in {path}", pd.Index(header))  # pandas would make X and X.1 of two X
    genes = _read_table(path, usecols=[0], dtype=str, keep_default_na=False).iloc[:, 0]
    table = _read_table(path, index_col=0).set_axis(genes)  # 007 and NA are names here
    if table.empty:
        raise ValueError(
            f"{path} holds {len(table)} genes and {len(table.columns)} samples; it needs a row for "
            "each gene and, separated by commas, a column for each sample."
        )
    if "" in table.index:
        raise ValueError(f"{path} holds a gene without a name; write it into the first column.")
    for sample in table.columns:
        numbers = pd.to_numeric(table[sample], errors="coerce")
        text = table.loc[numbers.isna() & table[sample].notna(), sample]
        if len(text):
            raise TypeError(
                f"{path} holds {text.iloc[0]!r} for sample {sample}, gene {text.index[0]}; "
                "every column but the first holds counts: move others to samples.csv."
            )
    df_counts = table.rename_axis(None).T
    largest = count_values(df_counts, str(path)).max()
    if largest > LARGEST_COUNT:
        raise ValueError(f"{path} holds {largest:g}, which is not a number of reads; fix it.")
    return df_counts.astype("int64")


def _read_table(path: Path, **options) -> pd.DataFrame:
    """Read a file of values separated by commas, or raise, naming the file."""
    try:
        return pd.read_csv(path, **options)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise ValueError(
            f"{path} cannot be read: {str(error).strip()}. Save the table again, as UTF-8 text "
            "with values separated by commas."
        ) from error


def _folder(experiment: str | Path) -> Path:
    """Return the folder of an experiment of the package, or the reader's own, or raise."""
    names = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    if experiment in names:
        return FOLDER / experiment
    if not Path(experiment).is_dir():
        raise FileNotFoundError(
            f"{str(experiment)!r} is neither an experiment of the package ({name_some(names)}) "
            "nor a folder; check the spelling, or where Python runs."
        )
    return Path(experiment)
