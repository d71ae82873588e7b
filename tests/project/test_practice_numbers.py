"""The chapters of "In practice" reach the figures of other programs, within their errors."""

import jupytext
import pandas as pd
import pytest

import tasks

DATA = tasks.ROOT / "tests/data"


def run_before_exercises(name):
    """Run a chapter's cells up to its exercises, without the glue, and return their names."""
    text = (tasks.ROOT / f"book/{name}.md").read_text(encoding="utf-8")
    notebook = jupytext.reads(text.partition("\n## Exercises\n")[0], "md:myst")
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", []):
            exec(cell.source, names)
    return names


@pytest.fixture(scope="module")
def library_size():
    return run_before_exercises("library_size")


@pytest.mark.parametrize(
    ("analysis", "method"),
    [
        ("no scaling", "t_raw_log2p1"),
        ("CPM", "t_cpm_log2p1"),
        ("TMM", "t_tmm_log2p1"),
        ("median of ratios", "t_deseq_log2p1"),
    ],
)
def test_airway_calls_as_many_genes_as_in_r(library_size, analysis, method):
    in_r = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method").loc[method]
    ours = library_size["story"].loc[analysis]
    assert library_size["kept"].shape[1] == in_r["n_tested"]
    assert ours["p < 0.05"] == in_r["p_lt_.05"]
    assert ours["adjusted < 0.05"] == in_r["padj_lt_.05"]


def test_cell_lines_and_moderation_call_about_as_many_genes_as_the_methods_made_for_counts(
    library_size,
):
    in_r = pd.read_csv(DATA / "airway_de_counts_R.csv", index_col="method")["padj_lt_.05"]
    made_for_counts = in_r[["deseq2_block", "edgerQL_block", "voom_block"]]
    ours = library_size["story"].loc["+ moderation", "adjusted < 0.05"]
    assert 0.9 * made_for_counts.min() < ours < 1.1 * made_for_counts.max()


def test_batch_moves_the_false_positive_rate_as_far_as_in_the_reference_study():
    by_student = run_before_exercises("batch")["by_student"]
    reference = pd.read_csv(DATA / "fpr_montecarlo.csv", index_col="scenario")
    names = {"balanced": "balanced", "lopsided": "75/25", "confounded": "confounded"}
    assert set(by_student.index) == set(names)
    for plan, name in names.items():
        known = reference.loc[f"F batch {name} n=10 gene-specific batch sd=0.5 student"]
        rate, se = by_student.loc[plan]
        assert 0 < se < 0.01
        assert abs(rate - known["fpr_.05"]) < 4 * (se**2 + known["se_.05"] ** 2) ** 0.5, plan
