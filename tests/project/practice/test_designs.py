"""The chapter on designs agrees with R, and says what the programs say of a confounded plan."""

import re

import numpy as np
import pandas as pd
import pytest

import tasks
from tests.project.practice.cells import names_of
from website.extensions.text.page import read_page

CHAPTER = tasks.ROOT / "book" / "designs.md"
INPUT_OF_R = tasks.ROOT / "tests" / "data" / "designs_counts.csv"


@pytest.fixture(scope="module")
def names():
    return names_of("designs")


def test_r_was_given_the_counts_of_the_chapter(names):
    given = pd.read_csv(INPUT_OF_R, index_col=0)
    pd.testing.assert_frame_equal(names["df_counts"], given, check_names=False)


def test_least_squares_agrees_with_limma(names):
    by_r = names["by_r"]
    assert len(by_r) == 2 * 200
    for question in names["asked"]:
        ours, limma = names["answers"][question], by_r.loc[question]
        for column in ("delta", "std_error", "t_stat", "p_value"):
            np.testing.assert_allclose(
                ours[column], limma[f"limma_{column}"], rtol=1e-9, atol=1e-12
            )


def test_pydeseq2_agrees_with_deseq2(names):
    for question in names["asked"]:
        ours, deseq2 = names["by_pydeseq2"][question], names["by_r"].loc[question]
        np.testing.assert_allclose(ours["log2FoldChange"], deseq2["deseq2_delta"], atol=1e-4)
        np.testing.assert_allclose(ours["lfcSE"], deseq2["deseq2_std_error"], rtol=0.01)
        np.testing.assert_allclose(
            np.log10(ours["pvalue"] / deseq2["deseq2_p_value"]), 0, atol=0.05
        )


def test_simulated_effects_are_found_where_they_were_put(names):
    """The 20 genes with an interaction of 2 up or down, and the 180 without."""
    found = names["answers"]["interaction"]["delta"].to_numpy()
    error = names["answers"]["interaction"]["std_error"].median()
    truth = names["truth"][3]
    assert abs((found - truth).mean()) < 4 * error / len(truth) ** 0.5
    assert np.corrcoef(found, truth)[0, 1] > 0.7


def test_root_of_the_plan_is_known_for_simple_plans(names):
    root = names["root_of_plan"]
    groups = pd.DataFrame({"Intercept": 1.0, "treated": [0.0] * 4 + [1.0] * 2})
    assert root(groups, [0, 1]) == pytest.approx(np.sqrt(1 / 4 + 1 / 2))
    assert root(groups, [1, 1]) == pytest.approx(np.sqrt(1 / 2))


def test_line_that_the_reader_adds_changes_the_design_matrix():
    """The page says at the top of which cell to put it."""
    page = read_page(CHAPTER.read_text(encoding="utf-8"))
    line, name = re.search(
        r"put the line `(.+?)` at the top of the cell that defines `(\w+)`", page.text
    ).groups()
    defines = [f"def {name}(" in cell.source for cell in page.cells].index(True)
    sources = [cell.source for cell in page.cells[: defines + 1]]
    given = {}
    exec("\n".join([*sources[:-1], line, sources[-1]]), given)
    assert given["design"].loc["S03"].tolist() == [1, 1]


def test_pydeseq2_says_of_a_confounded_plan_what_the_chapter_quotes(names):
    from pydeseq2.dds import DeseqDataSet  # not at the top: each test process would load it
    from pydeseq2.default_inference import DefaultInference

    said = re.search(r"^\| PyDESeq2 \| `(.+?)`", CHAPTER.read_text(encoding="utf-8"), re.M)[1]
    tables = {"counts": names["df_counts"].iloc[:6], "metadata": names["confounded"]}
    options = {"quiet": True, "inference": DefaultInference(n_cpus=1)}
    with pytest.warns(UserWarning, match=said):
        dds = DeseqDataSet(**tables, design="~ day + condition", **options)
    with pytest.raises(np.linalg.LinAlgError, match="Singular matrix"):
        dds.deseq2()
