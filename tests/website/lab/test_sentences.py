"""The sentences below the plots are true of every state that the controls allow."""

import json
import re

import numpy as np
import pandas as pd
import pytest

import rnaseq_hw as hw
from tasks import ROOT
from website.extensions.blocks.lab import lab_defaults

LAB = ROOT / "website" / "lab"

HOMEWORK = lab_defaults(44) | {"test": "student", "adjust": "raw"}
FEW_VALUES = HOMEWORK | {"n_samples": 4, "missing_p": 0.9, "max_missing": 1}


@pytest.fixture
def answer(in_browser):
    """Return a function from changed settings to what the browser makes of them."""
    return lambda **changed: in_browser([HOMEWORK | changed])[0]


def call(name, node, *arguments, module="page/sentences.mjs"):
    script = f"import {{ {name} }} from {(LAB / module).as_uri()!r}; "
    script += f"console.log({name}(...{json.dumps(arguments)}))"
    return node("--input-type=module", "--eval", script).strip()


@pytest.mark.parametrize("p", [0.0421, 0.00123, 9.26e-5, 9.999e-7, 8.48e-106])
def test_p_value_is_written_as_python_writes_it(p, node):
    written = call("formatP", node, np.log10(p), module="plots/gene_reader.mjs")
    assert written == (f"{p:.2e}" if p < 1e-4 else f"{p:.3g}")


def test_sentence_at_shift_zero_speaks_of_all_genes(answer):
    sentence = answer(shift_size=0)["sentence"]
    assert "61 of 1000 unshifted genes" in sentence
    assert "No gene is shifted: there is no false negative rate" in sentence
    assert "every call is false" in sentence
    assert "Missed" not in sentence


def test_sentence_keeps_the_three_rates_apart(answer):
    sentence = answer()["sentence"]
    assert "60 of 990 unshifted genes, a false positive rate of 60/990 = 0.061" in sentence
    assert "0 of 10 shifted genes, a false negative rate of 0/10 = 0.000" in sentence
    assert "False discovery proportion: 60/70 = 0.857" in sentence
    adjusted = answer(adjust="bh")["sentence"]
    assert "called significant (Benjamini–Hochberg adjusted p-value at most 0.05)" in adjusted
    assert "False discovery proportion: 0/10 = 0.000" in adjusted


def test_sentence_without_a_call_has_no_proportion(answer):
    quiet = answer(shift_size=0, alpha=0.0001)
    assert quiet["counts"]["fp"] == 0
    assert "there is no false discovery proportion" in quiet["sentence"]
    assert "every call" not in quiet["sentence"]


@pytest.mark.parametrize("test", ["student", "welch"])
def test_expected_count_holds_only_for_uniform_p_values(test, answer):
    """Few samples and skewed values: either test's p-values are approximate."""
    sentence = answer(test=test, n_samples=4, noise_sd=2)["sentence"]
    assert "If their p-values were exactly uniform, alpha × " in sentence
    assert "are expected" not in sentence


def test_expected_count_is_not_rounded(answer):
    assert "alpha × 990 = 0.099 would" in answer(alpha=0.0001)["sentence"]


def test_sentence_tells_dropped_shifted_genes_from_none(answer):
    found = answer(missing_p=0.9)
    assert found["counts"]["tp"] + found["counts"]["fn"] == 0
    assert "The filter left no shifted gene: there is no false negative rate" in found["sentence"]
    assert "No gene is shifted" not in found["sentence"]
    assert "No gene is shifted" in answer(missing_p=0.9, shift_size=0)["sentence"]
    assert "No gene is shifted" in answer(missing_p=0.9, n_shift=0)["sentence"]


def test_sentence_without_a_tested_unshifted_gene_has_no_false_positive_rate(answer):
    found = answer(missing_p=0.9, max_missing=0)
    assert found["counts"]["fp"] + found["counts"]["tn"] == 0
    assert "No unshifted gene was tested: there is no false positive rate" in found["sentence"]
    assert "NaN" not in found["sentence"]


def test_sentence_says_which_misses_could_not_be_tested(in_browser):
    (found,) = in_browser([FEW_VALUES])
    drawn = np.array(found["drawnGenes"])
    blind = int(np.isnan(found["log10p"][drawn]).sum())
    assert 0 < blind == found["counts"]["blind"] <= found["counts"]["fn"]
    missed = f"Missed: {found['counts']['fn']} of 10 shifted genes ({blind} could not be tested)"
    assert missed in found["sentence"]


@pytest.mark.parametrize("noise_sd", [0.05, 2])
def test_pseudocount_at_shift_zero_speaks_of_drawn_genes(noise_sd, answer):
    sentence = answer(shift_size=0, noise_sd=noise_sd)["pseudocount"]
    assert "of the 10 drawn genes (no gene is shifted) lies between −" in sentence
    assert "shifted genes" not in sentence


def test_pseudocount_with_a_shift_speaks_of_shifted_genes(answer):
    assert "of the 10 shifted genes lies between 5." in answer()["pseudocount"]


@pytest.mark.parametrize(
    ("value", "written"), [(-0.001, "0.00"), (0.0, "0.00"), (-0.006, "-0.01"), (123.456, "123.46")]
)
def test_zero_has_no_minus(value, written, node):
    assert call("fixed", node, value) == written


def test_one_rate_changes_most_with_few_samples_as_the_page_asks():
    """With the homework's own shift all genes would be found, however few the samples."""
    page = (ROOT / "book" / "lab.md").read_text(encoding="utf-8")
    asked = r"\*\*Few samples\..* rates changes most, .* near alpha\?.*?data-state=\"(.+?)\""
    few = dict(pair.split("=") for pair in re.search(asked, page)[1].split("&amp;"))
    settings = {"shift_size": float(few["shift_size"]), "n_samples": int(few["n_samples"])}
    before, after = mean_rates(shift_size=settings["shift_size"]), mean_rates(**settings)
    change = (after - before).abs()
    assert change["false_negative_rate"] > 3 * change["fdp"] > 0
    assert abs(after["false_positive_rate"] - 0.05) < 0.01


def mean_rates(**settings):
    """Return the three rates of the homework's data with these settings, a mean over ten seeds."""
    settings = {"n_samples": 100, "n_genes": 1000, "missing_p": 0.05} | settings
    rates = []
    for seed in range(10):
        df_expr, df_meta, true_genes = hw.simulate_dataset(**settings, seed=seed)
        df_log = hw.log2_normalize_expression(hw.filter_genes(df_expr)[0])
        results = hw.group_mean_differences(df_log, df_meta, "condition")
        counts = hw.error_rates(results, true_genes)
        rates.append({**counts, "fdp": counts["fp"] / (counts["fp"] + counts["tp"])})
    return pd.DataFrame(rates).astype(float).mean()
