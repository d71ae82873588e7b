"""Simulate, filter, normalize and test gene expression, one step a function.

The steps of the homework, in the order of the book's chapters:

1. `simulate_dataset` makes expression values, a sample table and the true genes.
2. `filter_genes` drops genes with too many missing values.
3. `log2_normalize_expression` takes logarithms to base 2.
4. `group_mean_differences` compares Treatment with Control, gene by gene.
5. `volcano_plot` draws the result, `error_rates` counts its mistakes.

What practice adds, on counts:

- `load_experiment` reads a real experiment, `simulate_counts` makes one whose truth is known.
- `counts_per_million`, `log2_counts_per_million`, `median_of_ratios` and `tmm_factors` put
  samples with different numbers of reads on one scale.
- `welch_mean_differences`, `blocked_mean_differences` and `moderated_mean_differences` compare
  the groups by other models than Student's.
- `benjamini_hochberg` adjusts p-values for the number of genes.
- `null_study` counts false positives in thousands of experiments in which nothing happens.

Tables of expression values and of counts are always samples x genes.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnaseq_hw.blocking import blocked_mean_differences
    from rnaseq_hw.count_simulation import simulate_counts
    from rnaseq_hw.datasets import load_experiment
    from rnaseq_hw.error_rates import error_rates
    from rnaseq_hw.filtering import filter_genes
    from rnaseq_hw.library_size import counts_per_million, log2_counts_per_million
    from rnaseq_hw.moderated import moderated_mean_differences
    from rnaseq_hw.multiple_testing import benjamini_hochberg
    from rnaseq_hw.normalization import log2_normalize_expression
    from rnaseq_hw.null_study import null_study
    from rnaseq_hw.simulation import simulate_dataset
    from rnaseq_hw.size_factors import median_of_ratios, tmm_factors
    from rnaseq_hw.ttest import group_mean_differences
    from rnaseq_hw.volcano import volcano_plot
    from rnaseq_hw.welch import welch_mean_differences

__all__ = [
    "benjamini_hochberg",
    "blocked_mean_differences",
    "counts_per_million",
    "error_rates",
    "filter_genes",
    "group_mean_differences",
    "load_experiment",
    "log2_counts_per_million",
    "log2_normalize_expression",
    "median_of_ratios",
    "moderated_mean_differences",
    "null_study",
    "simulate_counts",
    "simulate_dataset",
    "tmm_factors",
    "volcano_plot",
    "welch_mean_differences",
]

_MODULES = {
    "benjamini_hochberg": "multiple_testing",
    "blocked_mean_differences": "blocking",
    "counts_per_million": "library_size",
    "error_rates": "error_rates",
    "filter_genes": "filtering",
    "group_mean_differences": "ttest",
    "load_experiment": "datasets",
    "log2_counts_per_million": "library_size",
    "log2_normalize_expression": "normalization",
    "median_of_ratios": "size_factors",
    "moderated_mean_differences": "moderated",
    "null_study": "null_study",
    "simulate_counts": "count_simulation",
    "simulate_dataset": "simulation",
    "tmm_factors": "size_factors",
    "volcano_plot": "volcano",
    "welch_mean_differences": "welch",
}


def __getattr__(name):
    """Import a function's module when the function is first asked for (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """A function keeps its name when a module that is called the same is imported."""

    def __setattr__(self, name, value):
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
