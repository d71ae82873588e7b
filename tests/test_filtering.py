import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnaseq_hw import filter_genes

NAN = np.nan
HOLED = pd.DataFrame(
    {
        "GeneC": [1.0, 2.0, 3.0, 4.0],
        "GeneA": [NAN, 2.0, NAN, 4.0],
        "GeneB": [NAN, NAN, NAN, NAN],
    },
    index=["S01", "S02", "S03", "S04"],
)


@st.composite
def holed_tables(draw):
    """Draw tables of up to 8 samples and 5 genes with gaps."""
    n_samples, n_genes = draw(st.integers(1, 8)), draw(st.integers(0, 5))
    column = st.lists(st.sampled_from([1.0, NAN]), min_size=n_samples, max_size=n_samples)
    genes = {f"Gene{g}": draw(column) for g in range(n_genes)}
    return pd.DataFrame(genes, index=range(n_samples), dtype=float)


def gene_with_gaps(n_missing, n_samples):
    """Make a table of one gene with `n_missing` gaps in `n_samples` samples."""
    return pd.DataFrame({"GeneA": [NAN] * n_missing + [1.0] * (n_samples - n_missing)})


def test_genes_over_the_maximum_are_dropped_and_the_order_is_kept():
    df_filtered, _ = filter_genes(HOLED, max_missing=0.5)
    pd.testing.assert_frame_equal(df_filtered, HOLED[["GeneC", "GeneA"]])


def test_summary_has_a_row_for_every_gene_in_the_original_order():
    _, gene_summary_df = filter_genes(HOLED, max_missing=0.5)
    expected = pd.DataFrame(
        {"missingness": [0.0, 0.5, 1.0], "pass_filters": [True, True, False]},
        index=["GeneC", "GeneA", "GeneB"],
    )
    pd.testing.assert_frame_equal(gene_summary_df, expected)


def test_default_maximum_is_80_percent():
    assert filter_genes(gene_with_gaps(4, 5))[0].shape == (5, 1)
    assert filter_genes(gene_with_gaps(5, 6))[0].shape == (6, 0)


def test_default_removes_nothing_from_the_published_data(published):
    df_expr, _, _ = published
    df_filtered, gene_summary_df = filter_genes(df_expr)
    pd.testing.assert_frame_equal(df_filtered, df_expr)
    assert gene_summary_df["missingness"].max() == 0.13


@pytest.mark.parametrize("n_missing", range(11))
def test_maximum_in_tenths_may_be_reached(n_missing):
    max_missing = float(f"{n_missing // 10}.{n_missing % 10}")
    assert filter_genes(gene_with_gaps(n_missing, 10), max_missing)[0].shape == (10, 1)


@pytest.mark.parametrize("n_missing", range(9))
def test_maximum_in_eighths_may_be_reached(n_missing):
    assert filter_genes(gene_with_gaps(n_missing, 8), n_missing / 8)[0].shape == (8, 1)


@given(st.integers(1, 120).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_gene_just_over_the_maximum_is_dropped_and_at_it_is_kept(gaps):
    n_missing, n_samples = gaps
    gene, at = gene_with_gaps(n_missing, n_samples), n_missing / n_samples
    assert filter_genes(gene, at)[0].shape == (n_samples, 1)
    assert filter_genes(gene, np.nextafter(at, 0))[0].shape == (n_samples, 0)


@given(holed_tables(), st.floats(0, 1))
def test_filtering_twice_is_filtering_once(df_expr, max_missing):
    once, _ = filter_genes(df_expr, max_missing)
    twice, gene_summary_df = filter_genes(once, max_missing)
    pd.testing.assert_frame_equal(twice, once)
    assert gene_summary_df["pass_filters"].all()


@given(holed_tables(), st.floats(0, 1))
def test_summary_agrees_with_the_filtered_table(df_expr, max_missing):
    df_filtered, gene_summary_df = filter_genes(df_expr, max_missing)
    assert gene_summary_df.index.equals(df_expr.columns)
    assert gene_summary_df["pass_filters"].dtype == bool
    assert df_filtered.columns.equals(df_expr.columns[gene_summary_df["pass_filters"]])


@given(holed_tables(), st.floats(0, 1))
def test_input_is_not_changed(df_expr, max_missing):
    before = df_expr.copy(deep=True)
    df_filtered, _ = filter_genes(df_expr, max_missing)
    df_filtered.iloc[:, :] = -1.0
    pd.testing.assert_frame_equal(df_expr, before)


def test_missing_value_of_a_nullable_type_counts():
    df_expr = pd.DataFrame({"GeneA": pd.array([1, None], dtype="Int64")})
    assert filter_genes(df_expr)[1].loc["GeneA", "missingness"] == 0.5


@pytest.mark.parametrize("max_missing", [-0.01, 1.01, 80, NAN, np.inf])
def test_maximum_outside_0_to_1_is_refused(max_missing):
    with pytest.raises(ValueError, match=f"max_missing must be from 0 to 1, not {max_missing}"):
        filter_genes(HOLED, max_missing)


@pytest.mark.parametrize("max_missing", ["0.8", None, True])
def test_maximum_that_is_no_number_is_refused(max_missing):
    with pytest.raises(TypeError, match=f"max_missing must be a number, not {max_missing!r}"):
        filter_genes(HOLED, max_missing)


def test_array_is_refused():
    with pytest.raises(TypeError, match=r"must be a pandas DataFrame, not ndarray; wrap it in pd"):
        filter_genes(HOLED.to_numpy())


def test_infinite_value_is_refused_by_place():
    df_expr = pd.DataFrame({"GeneA": [1.0, 2.0], "GeneB": [3.0, np.inf]}, index=["S01", "S02"])
    with pytest.raises(ValueError, match=r"inf in row S02, column GeneB\. Write NaN"):
        filter_genes(df_expr)


def test_infinite_value_is_refused_beside_a_missing_one():
    with pytest.raises(ValueError, match=r"-inf in row 1, column GeneA\. Write NaN"):
        filter_genes(pd.DataFrame({"GeneA": [NAN, -np.inf]}))


@pytest.mark.parametrize("values", [["low", "high"], [1 + 2j, 3j]], ids=["text", "complex"])
def test_column_that_is_no_gene_is_refused(values):
    df_expr = pd.DataFrame({"GeneA": [1.0, 2.0], "notes": values})
    with pytest.raises(TypeError, match=r"column notes holds .*; move columns that are not genes"):
        filter_genes(df_expr)


def test_duplicated_gene_is_refused():
    df_expr = pd.DataFrame([[1.0, 2.0, 3.0]], columns=["GeneA", "GeneB", "GeneA"])
    with pytest.raises(ValueError, match=r"Duplicated gene names: GeneA\. Give each its own name"):
        filter_genes(df_expr)


def test_table_without_samples_is_refused():
    with pytest.raises(ValueError, match=r"no samples, .*; check its rows"):
        filter_genes(HOLED.iloc[:0])


def test_table_without_genes_stays_empty():
    df_filtered, gene_summary_df = filter_genes(HOLED[[]])
    assert df_filtered.shape == (4, 0)
    assert gene_summary_df.columns.tolist() == ["missingness", "pass_filters"]
    assert len(gene_summary_df) == 0
