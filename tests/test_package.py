import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rnaseq_hw

FOLDER = Path(rnaseq_hw.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
STEPS = [module.stem for module in MODULES if not module.stem.startswith("_")]
FUNCTIONS = [getattr(rnaseq_hw, name) for name in rnaseq_hw.__all__]

# What the author fixed, then what is ours: keyword-only, after the star.
SIGNATURES = {
    "simulate_dataset": "(n_samples=60, n_genes=100, n_shift=10, shift_size=3.0, noise_sd=0.2, "
    "missing_p=0.0, seed=None)",
    "filter_genes": "(df_expr, max_missing=0.8)",
    "log2_normalize_expression": "(df_expr, pseudocount=1.0)",
    "group_mean_differences": "(df_expr, df_meta, group_col='group', *, confidence=None)",
    "volcano_plot": "(results, alpha=0.05, *, ax=None, true_genes=None, label_top=0)",
    "error_rates": "(results, true_genes, alpha=0.05)",
    # What practice adds, which is all ours.
    "load_experiment": "(experiment)",
    "simulate_counts": "(*, n_samples=12, n_genes=2000, n_shift=200, shift_size=1.0, "
    "dispersion=0.1, dispersion_spread=0.0, library_size=1000000.0, library_spread=0.3, "
    "n_dominant=0, dominant_share=0.0, batch_size=0.0, batch_confounding=0.0, seed=None)",
    "counts_per_million": "(df_counts, *, norm_factors=None)",
    "log2_counts_per_million": "(df_counts, *, norm_factors=None, prior_count=2)",
    "median_of_ratios": "(df_counts)",
    "tmm_factors": "(df_counts)",
    "benjamini_hochberg": "(p_values)",
    "welch_mean_differences": "(df_expr, df_meta, group_col='group')",
    "blocked_mean_differences": "(df_expr, df_meta, group_col='group', *, block_col)",
    "moderated_mean_differences": "(df_expr, df_meta, group_col='group', *, block_col=None)",
    "null_study": "(*, n_experiments, n_genes=1000, n_samples=100, n_treatment=None, "
    "sd_control=0.2, sd_treatment=0.2, gene_correlation=0.0, missing_p=0.0, alpha=0.05, "
    "test='student', seed=None, workers=None, executor=None, progress=False)",
}
READERS = {"datasets.py"}  # the one place where the package reads files

IMPORT_AND_REPORT = """
import json, sys
import matplotlib as mpl
import numpy as np

before = dict(mpl.rcParams), np.random.get_state()[1].tolist(), np.geterr()
import rnaseq_hw
after = dict(mpl.rcParams), np.random.get_state()[1].tolist(), np.geterr()
print(json.dumps({
    "changed": [what for what, old, new in zip(["style", "random", "errors"], before, after)
                if old != new],
    "modules": sorted({name.split(".")[0] for name in sys.modules}),
}))
"""


FILTER_AND_REPORT = """
import json, sys
import pandas as pd
import rnaseq_hw

names = dir(rnaseq_hw)
import rnaseq_hw.error_rates, rnaseq_hw.filtering
rnaseq_hw.filter_genes(pd.DataFrame({"a": [1.0, None]}))
rnaseq_hw.log2_normalize_expression(pd.DataFrame({"a": [1.0, None]}))
rnaseq_hw.simulate_dataset(seed=1)
loaded = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps({"dir": names, "loaded": loaded, "kinds": {
    name: type(getattr(rnaseq_hw, name)).__name__ for name in rnaseq_hw.__all__
}}))
"""


@pytest.fixture(scope="module")
def fresh_import(tmp_path_factory):
    """Import the package in a fresh Python, in an empty folder, and report."""
    folder = tmp_path_factory.mktemp("empty")
    command = [sys.executable, "-W", "error", "-c", IMPORT_AND_REPORT]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) | {"stderr": done.stderr, "files": list(folder.iterdir())}


def test_all_names_exactly_the_functions_with_a_fixed_signature():
    assert sorted(rnaseq_hw.__all__) == sorted(SIGNATURES)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_signature_is_the_one_fixed(function):
    signature = inspect.signature(function)
    bare = [
        parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()
    ]
    assert str(inspect.Signature(bare)) == SIGNATURES[function.__name__]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_argument_and_the_result_have_a_type_hint(function):
    signature = inspect.signature(function)
    hints = [parameter.annotation for parameter in signature.parameters.values()]
    assert inspect.Signature.empty not in [*hints, signature.return_annotation]


@pytest.mark.parametrize("section", ["Parameters", "Returns", "Raises", "References", "Examples"])
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstring_has_the_section(function, section):
    text = inspect.getdoc(function)
    assert re.search(rf"^{section}\n-{{{len(section)}}}\n\S", text, re.MULTILINE)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstring_describes_the_arguments_in_order(function):
    text = inspect.getdoc(function)
    section = text.split("Parameters\n----------\n")[1].split("\n\nReturns\n")[0]
    described = re.findall(r"^(\w+) : ", section, re.MULTILINE)
    assert described == list(inspect.signature(function).parameters)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstring_has_an_example_that_runs(function):
    assert f"{function.__name__}(" in inspect.getdoc(function).split("Examples\n--------\n")[1]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_a_module_with_one_or_two_public_functions(step):
    tree = ast.parse((FOLDER / f"{step}.py").read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    public = [name for name in names if not name.startswith("_")]
    assert 1 <= len(public) <= 2
    assert set(public) <= set(rnaseq_hw.__all__)


@pytest.mark.parametrize("step", STEPS)
def test_no_step_imports_another(step):
    tree = ast.parse((FOLDER / f"{step}.py").read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    ours = {
        node.module for node in froms if node.level or (node.module or "").startswith("rnaseq_hw")
    } | {name.name for node in plain for name in node.names if name.name.startswith("rnaseq_hw")}
    assert {name for name in ours if not name.startswith("rnaseq_hw._")} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_module_is_short(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) < 160


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_module_neither_prints_nor_asserts_nor_touches_files(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "open", "input", "plt.show"}
    reads = any(name.split(".")[-1].startswith(("read_", "open")) for name in called)
    assert reads == (module.name in READERS)
    assert not [name for name in called if name.split(".")[-1].startswith(("to_csv", "write_"))]


def test_type_hints_are_announced():
    assert (FOLDER / "py.typed").is_file()


@pytest.fixture(scope="module")
def fresh_filter():
    """Filter, take logarithms and simulate in a fresh Python, and report."""
    command = [sys.executable, "-c", FILTER_AND_REPORT]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


@pytest.mark.parametrize("library", ["scipy", "matplotlib"])
def test_first_steps_need_no_slow_library(fresh_filter, library):
    """In a browser it would have to be fetched."""
    assert library not in fresh_filter["loaded"]


def test_names_are_there_before_their_modules_are(fresh_filter):
    assert set(rnaseq_hw.__all__) <= set(fresh_filter["dir"])


def test_function_keeps_its_name_when_its_module_is_imported_first(fresh_filter):
    assert set(fresh_filter["kinds"].values()) == {"function"}


def test_type_checkers_find_what_is_imported_when_asked_for():
    """The imports that only they read name the modules that the table names."""
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in froms if str(node.module).startswith("rnaseq_hw.")]
    named = {name.name: node.module for node in ours for name in node.names}
    assert named == {name: getattr(rnaseq_hw, name).__module__ for name in rnaseq_hw.__all__}


def test_absent_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'ttest_all'"):
        rnaseq_hw.ttest_all  # noqa: B018


@pytest.mark.parametrize("stranger", ["IPython", "book", "tests", "pytest", "website", "seaborn"])
def test_import_brings_in_no_stranger(fresh_import, stranger):
    assert "rnaseq_hw" in fresh_import["modules"]
    assert stranger not in fresh_import["modules"]


def test_import_changes_neither_style_nor_random_state_nor_error_handling(fresh_import):
    assert fresh_import["changed"] == []


def test_import_is_silent_and_writes_nothing(fresh_import):
    assert fresh_import["stderr"] == ""
    assert fresh_import["files"] == []
