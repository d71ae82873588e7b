"""Simulate, filter, normalize and test gene expression, one step a function.

The steps of the homework, in the order of the book's chapters:

1. `simulate_dataset` makes expression values, a sample table and the true genes.
2. `filter_genes` drops genes with too many missing values.
3. `log2_normalize_expression` takes logarithms to base 2.
4. `group_mean_differences` compares Treatment with Control, gene by gene.
5. `volcano_plot` draws the result, `error_rates` counts its mistakes.

Expression tables are always samples x genes.
"""

from rnaseq_hw.error_rates import error_rates
from rnaseq_hw.filtering import filter_genes
from rnaseq_hw.normalization import log2_normalize_expression
from rnaseq_hw.simulation import simulate_dataset
from rnaseq_hw.ttest import group_mean_differences
from rnaseq_hw.volcano import volcano_plot

__all__ = [
    "error_rates",
    "filter_genes",
    "group_mean_differences",
    "log2_normalize_expression",
    "simulate_dataset",
    "volcano_plot",
]
