"""What tables `group_mean_differences` takes, and what it says of those that it refuses."""

import numpy as np
import pandas as pd
import pytest

from rnaseq_hw import group_mean_differences

EXPR = pd.DataFrame({"GeneA": [1.0, 2.0, 4.0, 5.0]}, index=["S01", "S02", "S03", "S04"])
META = pd.DataFrame(
    {"condition": ["Control", "Control", "Treatment", "Treatment"]},
    index=["S01", "S02", "S03", "S04"],
)


def test_samples_of_the_table_that_have_no_expression_are_passed_over():
    extra = pd.DataFrame({"condition": ["Control", "unknown"]}, index=["S99", "S99"])
    results = group_mean_differences(EXPR, pd.concat([extra, META]), "condition")
    pd.testing.assert_frame_equal(results, group_mean_differences(EXPR, META, "condition"))


@pytest.mark.parametrize("dtype", ["category", "string", "object"])
def test_levels_may_be_of_any_type_of_text(dtype):
    results = group_mean_differences(EXPR, META.astype(dtype), "condition")
    assert results.loc["GeneA", "delta"] == 3.0


def test_table_without_genes_gives_an_empty_result():
    results = group_mean_differences(EXPR[[]], META, "condition")
    assert results.shape == (0, 5)


def test_column_called_group_is_the_default():
    results = group_mean_differences(EXPR, META.rename(columns={"condition": "group"}))
    assert results.loc["GeneA", "delta"] == 3.0


def test_missing_group_column_names_the_columns_there_are():
    message = "no column 'group'; its columns are 'condition'.*group_col='condition'"
    with pytest.raises(KeyError, match=message):
        group_mean_differences(EXPR, META)


def test_absent_samples_are_named_up_to_five():
    df_expr = pd.DataFrame({"GeneA": 1.0}, index=list("abcdefg"))
    message = r"absent from df_meta: 'a', 'b', 'c', 'd', 'e' and 2 more\. The index"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(df_expr, META, "condition")


def test_one_absent_sample_is_named_alone():
    with pytest.raises(ValueError, match=r"absent from df_meta: 'S02'\. The index"):
        group_mean_differences(EXPR, META.drop("S02"), "condition")


def test_sample_that_stands_twice_in_the_expression_table_is_refused():
    message = r"sample labels in df_expr: S01\. Give each its own name, or drop"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR.rename({"S02": "S01"}), META, "condition")


def test_sample_that_stands_twice_in_the_sample_table_is_refused():
    twice = pd.concat([META, META.loc[["S03"]]])
    message = r"sample labels in df_meta: S03\. Give each its own name, or drop"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR, twice, "condition")


def test_gene_that_stands_twice_is_refused():
    twice = pd.concat([EXPR, EXPR], axis=1)
    with pytest.raises(ValueError, match=r"gene names in df_expr: GeneA\. Give each its own name"):
        group_mean_differences(twice, META, "condition")


@pytest.mark.parametrize("level", ["control", "Placebo", None, 1])
def test_other_level_is_refused_with_its_sample(level):
    df_meta = META.astype(object)
    df_meta.loc["S02", "condition"] = level
    message = rf"must hold 'Control' or 'Treatment', not {level!r} \(sample S02\)"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR, df_meta, "condition")


@pytest.mark.parametrize("missing", ["Control", "Treatment"])
def test_group_without_a_sample_is_refused(missing):
    kept = META[META["condition"] != missing]
    message = f"No sample of df_expr is '{missing}' in column 'condition'.*needs samples of both"
    with pytest.raises(ValueError, match=message):
        group_mean_differences(EXPR.loc[kept.index], META, "condition")


def test_expression_table_without_samples_is_refused():
    with pytest.raises(ValueError, match="No sample of df_expr is 'Control'"):
        group_mean_differences(EXPR.iloc[:0], META, "condition")


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinite_value_is_refused_by_place(value):
    df_expr = pd.DataFrame({"GeneA": [1.0, 2.0, 4.0, value]}, index=EXPR.index)
    with pytest.raises(ValueError, match=f"{value} in row S04, column GeneA. Write NaN"):
        group_mean_differences(df_expr, META, "condition")


def test_expression_that_is_no_table_is_refused():
    with pytest.raises(TypeError, match=r"df_expr must be a pandas DataFrame, not ndarray; wrap"):
        group_mean_differences(EXPR.to_numpy(), META, "condition")


def test_sample_table_that_is_a_column_is_refused():
    with pytest.raises(TypeError, match=r"df_meta must be a pandas DataFrame, not Series; wrap"):
        group_mean_differences(EXPR, META["condition"], "condition")


def test_condition_left_among_the_genes_is_refused():
    with pytest.raises(TypeError, match=r"column condition holds .*; move columns that are not"):
        group_mean_differences(EXPR.join(META), META, "condition")


def test_group_column_that_stands_twice_is_refused():
    df_expr = pd.DataFrame({"g": [1.0, 2.0]}, index=["S01", "S02"])
    levels = [["Control", "Control"], ["Treatment", "Treatment"]]
    df_meta = pd.DataFrame(levels, index=df_expr.index, columns=["group", "group"])
    with pytest.raises(ValueError, match="Duplicated column names in df_meta: group"):
        group_mean_differences(df_expr, df_meta)


def test_list_as_group_column_is_told_what_columns_there_are():
    df_expr = pd.DataFrame({"g": [1.0]}, index=["S01"])
    df_meta = pd.DataFrame({"condition": ["Control"]}, index=["S01"])
    with pytest.raises(KeyError, match=r"no column \['condition'\]; its columns are 'condition'"):
        group_mean_differences(df_expr, df_meta, group_col=["condition"])
