import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnaseq_hw import log2_normalize_expression

expression = arrays(
    float,
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    elements=st.floats(0, 1e6) | st.just(np.nan),
).map(pd.DataFrame)
pseudocounts = st.floats(0.01, 100)


def test_default_adds_one_and_takes_the_logarithm_to_base_2():
    df_expr = pd.DataFrame({"GeneA": [0.0, 1.0], "GeneB": [3.0, 7.0]}, index=["S01", "S02"])
    expected = pd.DataFrame({"GeneA": [0.0, 1.0], "GeneB": [2.0, 3.0]}, index=["S01", "S02"])
    pd.testing.assert_frame_equal(log2_normalize_expression(df_expr), expected)


def test_pseudocount_is_added_before_the_logarithm():
    result = log2_normalize_expression(pd.DataFrame({"GeneA": [0.0, 3.5]}), pseudocount=0.5)
    assert result["GeneA"].tolist() == [-1.0, 2.0]


def test_pseudocount_of_zero_takes_the_plain_logarithm():
    assert log2_normalize_expression(pd.DataFrame({"GeneA": [8.0]}), 0).loc[0, "GeneA"] == 3.0


def test_missing_stays_missing():
    result = log2_normalize_expression(pd.DataFrame({"GeneA": [np.nan, 1.0]}))
    assert result["GeneA"].isna().tolist() == [True, False]


@pytest.mark.parametrize("dtype", ["int64", "float32", "Int64", "Float64"])
def test_every_numeric_type_becomes_floats(dtype):
    result = log2_normalize_expression(pd.DataFrame({"GeneA": [1, 3]}, dtype=dtype))
    assert result["GeneA"].dtype == "float64"
    assert result["GeneA"].tolist() == [1.0, 2.0]


def test_labels_and_their_names_are_kept():
    df_expr = pd.DataFrame([[1.0]], pd.Index(["S01"], name="sample"), pd.Index(["G"], name="gene"))
    result = log2_normalize_expression(df_expr)
    pd.testing.assert_index_equal(result.index, df_expr.index)
    pd.testing.assert_index_equal(result.columns, df_expr.columns)


@given(expression, pseudocounts)
def test_power_of_two_undoes_it(df_expr, pseudocount):
    back = 2 ** log2_normalize_expression(df_expr, pseudocount) - pseudocount
    pd.testing.assert_frame_equal(back, df_expr, rtol=1e-12, atol=1e-12)


@given(expression, pseudocounts)
def test_genes_by_samples_gives_the_same_values(df_expr, pseudocount):
    result = log2_normalize_expression(df_expr.T, pseudocount).T
    pd.testing.assert_frame_equal(result, log2_normalize_expression(df_expr, pseudocount))


@given(expression, pseudocounts)
def test_input_is_not_changed(df_expr, pseudocount):
    before = df_expr.copy(deep=True)
    log2_normalize_expression(df_expr, pseudocount)
    pd.testing.assert_frame_equal(df_expr, before)


def test_value_between_minus_the_pseudocount_and_zero_is_accepted():
    assert log2_normalize_expression(pd.DataFrame({"GeneA": [-0.5]})).loc[0, "GeneA"] == -1.0


@pytest.mark.parametrize("value", [-1.0, -1.5])
def test_value_without_a_logarithm_is_refused_by_place(value):
    df_expr = pd.DataFrame({"GeneA": [1.0, 2.0], "GeneB": [3.0, value]}, index=["S01", "S02"])
    message = f"holds {value} in row S02, column GeneB .1 such .* raise pseudocount or correct"
    with pytest.raises(ValueError, match=message):
        log2_normalize_expression(df_expr)


def test_values_without_a_logarithm_are_counted():
    with pytest.raises(ValueError, match=r"column 0 \(3 such values in all\)"):
        log2_normalize_expression(pd.DataFrame([[-2.0, -3.0], [-4.0, 1.0]]))


def test_zero_needs_a_pseudocount():
    with pytest.raises(ValueError, match=r"holds 0\.0 in row 0, .* raise pseudocount"):
        log2_normalize_expression(pd.DataFrame({"GeneA": [0.0]}), pseudocount=0)


@pytest.mark.parametrize("pseudocount", [-1, np.inf, np.nan])
def test_pseudocount_that_is_negative_or_not_finite_is_refused(pseudocount):
    with pytest.raises(ValueError, match=f"pseudocount must be .* at least 0, not {pseudocount}"):
        log2_normalize_expression(pd.DataFrame({"GeneA": [1.0]}), pseudocount)


def test_pseudocount_that_is_no_number_is_refused():
    with pytest.raises(TypeError, match="pseudocount must be a number, not '1'"):
        log2_normalize_expression(pd.DataFrame({"GeneA": [1.0]}), "1")


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinite_value_is_refused_by_place(value):
    df_expr = pd.DataFrame({"GeneA": [1.0, value]}, index=["S01", "S02"])
    with pytest.raises(ValueError, match=f"{value} in row S02, column GeneA.* needs a pseudocount"):
        log2_normalize_expression(df_expr)


def test_list_is_refused():
    with pytest.raises(TypeError, match=r"must be a pandas DataFrame, not list; wrap it in pd"):
        log2_normalize_expression([[1.0, 2.0]])


def test_text_is_refused():
    with pytest.raises(TypeError, match=r"column GeneA holds .*convert it with pd\.to_numeric"):
        log2_normalize_expression(pd.DataFrame({"GeneA": ["1", "2"]}))
