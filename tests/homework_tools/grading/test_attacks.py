"""Who changes the tests' data, or makes up results, earns no more than without doing so."""

import time

import pytest

from homework_tools.grading.hidden_tests import HiddenTests
from homework_tools.sandbox.host.sandbox import Limits, Sandbox
from tests.homework_tools.submissions import parts, with_cells

ATTACKS = """
# 4a: takes logarithms in place
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr[:] = np.log2(df_expr + 1)
    levels = df_meta[group_col].reindex(df_expr.index)
    control, treatment = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(treatment, control, nan_policy="omit")
    means = control.mean(), treatment.mean()
    table = {"mean_control": means[0], "mean_treatment": means[1], "delta": means[1] - means[0]}
    return pd.DataFrame({**table, "t_stat": test.statistic, "p_value": test.pvalue})

# 4a: makes all values the same
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr[:] = 1.0
    table = dict.fromkeys(["mean_control", "mean_treatment"], 1.0)
    table |= {"delta": 0.0, "t_stat": 0.0, "p_value": 1.0}
    return pd.DataFrame(table, index=df_expr.columns)

# 4a: makes all values the same, then tests them
def group_mean_differences(df_expr, df_meta, group_col="group"):
    df_expr.loc[:, :] = np.arange(len(df_expr))[:, None] % 2
    df_meta[group_col] = np.resize(["Control", "Control", "Treatment", "Treatment"], len(df_meta))
    levels = df_meta[group_col].reindex(df_expr.index)
    control, treatment = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    test = stats.ttest_ind(treatment, control, nan_policy="omit")
    means = control.mean(), treatment.mean()
    table = {"mean_control": means[0], "mean_treatment": means[1], "delta": means[1] - means[0]}
    return pd.DataFrame({**table, "t_stat": test.statistic, "p_value": test.pvalue})

# 2: empties the table
def filter_genes(df_expr, max_missing=0.8):
    df_expr.drop(columns=df_expr.columns, inplace=True)
    return df_expr, pd.DataFrame({"missingness": [], "pass_filters": []})

# 2: empties the table of rows
def filter_genes(df_expr, max_missing=0.8):
    df_expr.drop(index=df_expr.index, inplace=True)
    return df_expr, pd.DataFrame({"missingness": 0.5, "pass_filters": 1}, index=["Q"])

# 4b: makes the results fit
def top_genes(results, n=10):
    results.drop(index=results.index[n:], inplace=True)
    results["p_value"] = np.linspace(0, 1, len(results))
    return results

# 4d: makes the file fit
def count_true_genes(top, path="ShiftedGenes.csv"):
    open(path, "w").write("gene\\n")
    top.drop(index=top.index, inplace=True)
    return 0

# 4e: makes all p-values the same
def error_rates(results, true_genes, alpha=0.05):
    results["p_value"] = 0.0
    true_genes.clear()
    rates = {"false_positive_rate": 1.0, "false_negative_rate": np.nan}
    return pd.Series({"tp": 0, "fp": len(results), "tn": 0, "fn": 0, **rates})

# 1b: leaves the wanted genes only
def find_shifted_genes(df_expr, df_meta, n=10):
    df_expr.drop(columns=df_expr.columns[n:], inplace=True)
    df_meta.drop(index=df_meta.index, inplace=True)
    return list(df_expr.columns)

# 1c: takes the names away
def save_shifted_genes(true_genes, path="ShiftedGenes.csv"):
    true_genes.clear()
    open(path, "w").write("gene\\n")
"""
PARTLY = """
# 2: describes every gene in the summary, dropped ones included; leaves df_expr as it was
def filter_genes(df_expr, max_missing=0.8):
    missing = df_expr.isna().mean()
    df_expr.drop(columns=missing.index[missing > max_missing], inplace=True)
    kept = missing[missing <= max_missing]
    return df_expr, pd.DataFrame({"missingness": kept, "pass_filters": True})

# 4b: keeps each row whole: its name and its other values
def top_genes(results, n=10):
    results["delta"] = 0.0
    return results.sort_values("p_value").head(n)
"""
MADE_UP = {  # t_stat and p_value that no test gives
    "places": ("np.arange(len(table))", "np.arange(len(table))"),
    "places as probabilities": ("np.arange(len(table))", "np.linspace(0.01, 1, len(table))"),
    "names": ("table.index.str[1:].astype(float)", "table.index.str[1:].astype(float) / 200"),
    "the difference": ("table['delta']", "1 / (1 + table['delta'].abs())"),
    "the mean": ("table['mean_control']", "1 / (1 + table['mean_control'].abs())"),
    "the sign": ("np.sign(table['delta'])", "np.where(table['delta'] > 0, 0.25, 0.75)"),
    "the ratio": (
        "table['mean_control'] / table['mean_treatment']",
        "1 / (1 + (table['mean_control'] / table['mean_treatment']).abs())",
    ),
}
MEANS = """
def group_mean_differences(df_expr, df_meta, group_col="group"):
    levels = df_meta[group_col].reindex(df_expr.index)
    control, treatment = df_expr[levels == "Control"], df_expr[levels == "Treatment"]
    table = pd.DataFrame({"mean_control": control.mean(), "mean_treatment": treatment.mean()})
    table["delta"] = table["mean_treatment"] - table["mean_control"]
    return table.assign(t_stat=%s, p_value=%s)
"""
MISSING = "leaves missing values out, gene by gene"
TESTED = {
    "computes Student's t, with the sign of delta",
    "computes the two-sided p-value of Student's test",
    MISSING,
}


@pytest.fixture(scope="module")
def titles(master):
    """Return a function that says which hidden tests of a question a submission passes or fails."""
    tests = HiddenTests(master)

    def titles(question, source, passed):
        record = tests.grade(with_cells(master, source), sandbox)
        assert all(test["points"] for test in record["tests"] if test["question"] != question)
        own = [test for test in record["tests"] if test["question"] == question]
        return {test["title"] for test in own if bool(test["points"]) == passed}

    with Sandbox(Limits(call_s=60, total_s=300)) as sandbox:
        yield titles


@pytest.mark.parametrize(
    ("question", "name", "source"),
    [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in parts(ATTACKS)],
)
def test_change_of_the_tests_data_earns_nothing(titles, question, name, source):
    assert titles(question, source, passed=True) == set()


@pytest.mark.parametrize(
    ("question", "lost", "source"),
    [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in parts(PARTLY)],
)
def test_right_result_of_a_function_that_changes_its_argument(titles, question, lost, source):
    """It costs the point for that and, where the result is not whole, the point for it."""
    assert titles(question, source, passed=False) == set(lost.split("; "))


@pytest.mark.parametrize("values", MADE_UP.values(), ids=MADE_UP)
def test_statistics_that_are_made_up_earn_nothing(titles, values):
    assert titles("4a", MEANS % values, passed=False) == TESTED


def test_one_value_for_the_genes_without_missing_values_earns_nothing(titles):
    source = (
        "def filter_genes(df_expr, max_missing=0.8):\n    genes = df_expr.dropna(axis=1).columns\n"
    )
    source += "    table = {'missingness': 0.0, 'pass_filters': True}\n"
    source += "    return df_expr, pd.DataFrame(table, index=genes)"
    assert titles("2", source, passed=True) == set()


def test_long_result_does_not_keep_a_test_busy(titles):
    source = "def find_shifted_genes(df_expr, df_meta, n=10): return np.zeros((800_000, 1), 'int8')"
    started = time.perf_counter()
    assert titles("1b", source, passed=True) == set()
    assert time.perf_counter() - started < 30
