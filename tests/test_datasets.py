import gzip
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import rnaseq_hw
from rnaseq_hw import load_experiment

ROOT = Path(rnaseq_hw.__file__).parents[1]
FOLDER = ROOT / "rnaseq_hw" / "data"
NAMES = ["airway", "marioni"]
COUNTS = "gene,S01,S02\nGeneA,3,0\nGeneB,7,5\n"
SAMPLES = "sample,condition,age\nS02,Treatment,4\nS01,Control,5\n"
OF_R = pd.read_csv(Path(__file__).parent / "data/airway_norm_factors_R.csv", index_col="sample")


@pytest.fixture
def folder(tmp_path):
    """Make a small experiment of one's own."""
    (tmp_path / "counts.csv").write_text(COUNTS)
    (tmp_path / "samples.csv").write_text(SAMPLES)
    return tmp_path


def plant(folder, name, old, new):
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize(("name", "shape"), [("airway", (8, 33_469)), ("marioni", (10, 5_088))])
def test_experiment_of_the_package_is_whole(name, shape):
    df_counts, df_meta = load_experiment(name)
    assert df_counts.shape == shape
    assert (df_counts.dtypes == "int64").all()
    assert (df_counts.sum() > 0).all()
    assert df_counts.columns.is_unique
    assert df_counts.index.tolist() == df_meta.index.tolist()
    assert df_meta.index.name == "sample"
    counts = df_meta["condition"].value_counts().to_dict()
    assert counts == {"Control": shape[0] / 2, "Treatment": shape[0] / 2}


def test_airway_has_the_library_sizes_that_r_has_and_four_pairs():
    df_counts, df_meta = load_experiment("airway")
    assert df_counts.sum(axis=1).to_dict() == OF_R["lib_size"].to_dict()
    assert df_meta["cell_line"].to_dict() == OF_R["block"].to_dict()
    assert df_meta["dexamethasone"].to_dict() == OF_R["group"].to_dict()
    assert set(df_meta.groupby("cell_line")["condition"].nunique()) == {2}


def test_marioni_has_the_totals_that_r_prints():
    # colSums(mycounts) of NOISeq 2.42.0
    df_counts, df_meta = load_experiment("marioni")
    totals = df_counts.sum(axis=1)
    assert totals["R1L1Kidney"] == 434_975
    assert totals["R2L6Kidney"] == 472_008
    assert (
        df_meta["tissue"].map({"kidney": "Control", "liver": "Treatment"}) == df_meta["condition"]
    ).all()
    assert df_meta.loc["R2L6Kidney", ["run", "lane"]].tolist() == [2, 6]


@pytest.mark.parametrize("name", NAMES)
def test_experiment_has_source_citation_and_license_beside_it(name):
    text = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    for word in ("**Source.**", "doi:10.", "**License.**", "make_experiments.py"):
        assert word in text
    assert len((FOLDER / name / "LICENSE").read_text()) > 5000


def test_each_table_of_our_own_has_its_script_and_license_beside_it():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    sections = text.split("\n## ")[1:]
    names = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".csv", ".json"})
    assert sorted(section.split("\n")[0].strip("`") for section in sections) == names
    for section in sections:
        assert "**License.**" in section
        script = re.search(r"\*\*Made by\*\*\s+`(\S+\.(?:py|R))`", section)
        assert (ROOT / script[1]).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_compressed_table_holds_no_time_of_day(name):
    packed = (FOLDER / name / "counts.csv.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert len(packed) < 500_000


@pytest.mark.parametrize("compressed", [False, True])
def test_folder_of_ones_own_is_read(folder, compressed):
    if compressed:
        (folder / "counts.csv.gz").write_bytes(gzip.compress(COUNTS.encode(), mtime=0))
        (folder / "counts.csv").unlink()
    df_counts, df_meta = load_experiment(folder)
    expected = pd.DataFrame({"GeneA": [0, 3], "GeneB": [5, 7]}, index=["S02", "S01"])
    pd.testing.assert_frame_equal(df_counts, expected)
    assert df_meta["condition"].tolist() == ["Treatment", "Control"]
    assert df_meta["age"].tolist() == [4, 5]
    pd.testing.assert_frame_equal(load_experiment(str(folder))[0], expected)


def test_samples_with_numbers_for_names_are_matched(folder):
    for name in ("counts.csv", "samples.csv"):
        plant(folder, name, "S01", "007")
        plant(folder, name, "S02", "8")
    assert load_experiment(folder)[0].index.tolist() == ["8", "007"]


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("7", "-7", ValueError, r"counts.csv holds -7 for sample S01, gene GeneB; .* zero or more"),
        ("7", "7.5", ValueError, r"counts.csv holds 7.5 for sample S01, gene GeneB; .* whole"),
        ("7", "", ValueError, r"counts.csv holds nan for sample S01, gene GeneB; .* missing"),
        ("7", "many", TypeError, r"counts.csv holds 'many' for sample S01, gene GeneB"),
        ("7", "inf", ValueError, r"counts.csv holds an infinite value"),
        ("GeneB", "GeneA", ValueError, r"Duplicated gene names in .*counts.csv: GeneA"),
        ("S02", "S01", ValueError, r"Duplicated samples in .*counts.csv: S01"),
        ("S02", "S03", ValueError, r"only one of them has S03, S02"),
        ("7", "1e19", ValueError, r"counts.csv holds 1e\+19, which is not a number of reads"),
        ("GeneB", "", ValueError, r"counts.csv holds a gene without a name"),
        ("GeneA,3,0\nGeneB,7,5\n", "", ValueError, r"counts.csv holds 0 genes and 2 samples"),
        (COUNTS, COUNTS.replace(",", "\t"), ValueError, r"holds 2 genes and 0 samples; .* commas"),
        (COUNTS, "", ValueError, r"counts.csv cannot be read: .* UTF-8"),
        ("7,5", "7,5,9,9", ValueError, r"counts.csv cannot be read: .* line 3"),
    ],
)
def test_bad_counts_are_refused(folder, old, new, error, message):
    plant(folder, "counts.csv", old, new)
    with pytest.raises(error, match=message):
        load_experiment(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("counts.csv.gz", COUNTS.encode()),
        ("counts.csv.gz", gzip.compress(COUNTS.encode(), mtime=0)[:30]),
        ("counts.csv", COUNTS.replace("GeneA", "Gène").encode("latin-1")),
        ("samples.csv", SAMPLES.replace("age", "âge").encode("latin-1")),
    ],
)
def test_file_that_is_no_text_is_named(folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(ValueError, match=rf"{name} cannot be read: .*Save the table again"):
        load_experiment(folder)


def test_names_of_genes_stay_as_they_are_written(folder):
    plant(folder, "counts.csv", "GeneA", "007")
    plant(folder, "counts.csv", "GeneB", "2.31E+19")
    (folder / "counts.csv").write_text((folder / "counts.csv").read_text() + "NA,1,2\n")
    assert load_experiment(folder)[0].columns.tolist() == ["007", "2.31E+19", "NA"]


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("condition", "group", KeyError, r"samples.csv has no column condition; .*group"),
        ("sample,", "name,", KeyError, r"samples.csv has no column sample; .*name"),
        ("S02", "S01", ValueError, r"Duplicated samples in .*samples.csv: S01"),
        ("Control", "untreated", ValueError, r"samples.csv cannot be used: .*not 'untreated'"),
        ("Control", "Treatment", ValueError, r"samples.csv cannot be used: .*'Control'"),
        ("S02,Treatment,4\n", "", ValueError, r"only one of them has S02"),
    ],
)
def test_bad_samples_are_refused(folder, old, new, error, message):
    plant(folder, "samples.csv", old, new)
    with pytest.raises(error, match=message):
        load_experiment(folder)


@pytest.mark.parametrize("name", ["counts.csv", "samples.csv"])
def test_absent_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        load_experiment(folder)


def test_unknown_experiment_is_refused_with_the_names_there_are():
    with pytest.raises(FileNotFoundError, match=r"'airways' is neither .*\(airway, marioni\)"):
        load_experiment("airways")


def test_wheel_holds_the_data_and_their_licenses(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "CITATION.cff", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "rnaseq_hw", source / "rnaseq_hw")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    for name in NAMES:
        for file in ("counts.csv.gz", "samples.csv", "README.md", "LICENSE"):
            assert f"rnaseq_hw/data/{name}/{file}" in names
        assert any(path.endswith(f"licenses/rnaseq_hw/data/{name}/LICENSE") for path in names)
