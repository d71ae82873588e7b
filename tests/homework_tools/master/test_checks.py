"""The checks that students see name what is wrong, in words rather than by a raw error."""

import re

import pytest

from tests.homework_tools.submissions import answers

WRONG = {(question, name): code for question, name, code in answers("mutants")}
WORDS = {
    ("1b", "asks df_expr for samples that it lacks"): "a sample S99 that df_expr lacks; use only",
    ("1b", "compares by a plain difference"): "compare by a ratio",
    ("1b", "returns the ratios"): "the names of the genes, which are their .index",
    ("1b", "sorts upward"): "The wrong end",
    ("1b", "takes the first and the last fifty rows"): "do not count rows",
    ("1c", "writes row numbers as well"): "no row numbers: index=False",
    ("2", "returns one table"): "you returned one table; return both",
    ("2", "has one missingness for each sample"): r"one number for each gene \(column\)",
    ("2", "chooses rows by the genes that pass"): r"write df_expr\.loc\[:, ok\]",
    ("2", "drops a gene at the maximum"): "GeneB has exactly max_missing, and passes",
    ("4a", "does Welch's test"): "t_stat of GeneB .* Welch's test",
    ("4a", "flips the sign of t alone"): "t_stat of GeneA .* wrong sign",
    ("4a", "pairs the groups as they are"): "t_stat of GeneA .* two independent groups",
    ("4a", "has the column's name written into the code"): "the column is called arm",
    ("4a", "writes a column into df_meta's place"): "changed a table that it was given",
    ("4b", "sorts its argument in place"): "changed the table that it was given",
    ("4d", "does not read the file"): "Read the file at path",
    ("4d", "ignores path"): "Read the file at path",
    ("4d", "compares with the table"): "its column gene",
    ("4d", "returns the names"): "how many, a number; not the names, in a list",
    ("4d", "returns the rows"): "how many, a number; not the names, in a DataFrame",
    ("4d", "prints the count"): "returned None; is there a return",
    (
        "4e",
        "exchanges the false positives and the false negatives",
    ): "fp must be 2 here, not 3: fp and fn are exch",
    ("4e", "divides by the genes that are called"): "divide by fp \\+ tn",
    ("4e", "calls at alpha itself"): "<, not <=",
    ("4e", "divides by all genes"): "false_positive_rate must be 0.3333",
    ("4e", "divides the missed by the uncalled"): "false_negative_rate must be 0.75",
    ("4e", "exchanges the two rates"): "false_positive_rate must be 0.3333",
}


def check(master, names, question, code=""):
    """Run a question's check on a solution, among the names of the solved homework."""
    names = dict(names)
    exec(code, names)
    (cell,) = master.code("check", question)
    exec(cell.source, names)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of a paired test without any scatter
@pytest.mark.filterwarnings("ignore:The inplace keyword", "ignore:Boolean Series key")
@pytest.mark.parametrize(("question", "name"), WORDS)
def test_check_says_what_is_wrong(master, solved_names, tmp_path, monkeypatch, question, name):
    monkeypatch.chdir(tmp_path)
    check(master, solved_names, "1c")
    with pytest.raises(AssertionError, match=re.compile(WORDS[question, name], re.DOTALL)):
        check(master, solved_names, question, WRONG[question, name])


@pytest.mark.parametrize("content", [None, "old", "gene\nGene00001\n"])
def test_check_of_the_count_sends_back_to_the_file(
    master, solved_names, tmp_path, monkeypatch, content
):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / "ShiftedGenes.csv").write_text(content, encoding="utf-8")
    with pytest.raises(AssertionError, match="run the check of question 1c first"):
        check(master, solved_names, "4d")


def test_questions_after_one_that_is_left_out_can_be_checked(
    master, solved_names, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for missing in ("df_filtered", "df_log", "results", "top"):
        names = {name: value for name, value in solved_names.items() if name != missing}
        for cell in master.code("check"):
            exec(cell.source, dict(names))
