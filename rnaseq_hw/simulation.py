"""Part 1: simulate expression values, with some genes shifted by the treatment."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_count, check_fraction, check_number


def simulate_dataset(
    n_samples: int = 60,
    n_genes: int = 100,
    n_shift: int = 10,
    shift_size: float = 3.0,
    noise_sd: float = 0.2,
    missing_p: float = 0.0,
    seed: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """
    Simulate expression values for two conditions, with some genes shifted in Treatment.

    Each gene has a baseline on the natural-log scale, drawn from a normal distribution with
    mean 1.5 and standard deviation 0.6. Each sample adds its own normal noise. The exponential
    of the sum is the expression value. In the Treatment samples the expression of `n_shift`
    randomly drawn genes is multiplied by ``exp(shift_size)``: on a log scale, a shift.

    Parameters
    ----------
    n_samples : int
        Number of samples. The first half (rounded down) is Control, the rest Treatment.
    n_genes : int
        Number of genes.
    n_shift : int
        Number of genes to shift, at most `n_genes`.
    shift_size : float
        Shift of those genes in Treatment, on the natural-log scale. The log2 fold change is
        ``shift_size / ln(2)``, about 1.44 times as large.
    noise_sd : float
        Standard deviation of the noise, on the natural-log scale.
    missing_p : float
        Probability, from 0 to 1, that a value is replaced by NaN.
    seed : int, optional
        Seed of the random numbers, from 0 to 2**32 - 1. The same seed always gives the same
        data; None gives new data at each call.

    Returns
    -------
    df_expr : DataFrame of shape (n_samples, n_genes)
        Expression values, never negative, not on a log scale; NaN where missing. Rows are
        samples `S01`, `S02`, ...; columns are genes `Gene00001`, `Gene00002`, ...
    df_meta : DataFrame of shape (n_samples, 1)
        The sample table: index `sample`, column `condition` with the levels `Control` and
        `Treatment`.
    true_genes : list of str
        Names of the shifted genes, in the order in which they were drawn. With
        ``shift_size=0`` the names are still drawn, although no gene is shifted.

    Raises
    ------
    TypeError
        If a count is not a whole number, or another argument not a number.
    ValueError
        If a count, `seed` or `noise_sd` is negative, `n_shift` exceeds `n_genes`, `missing_p`
        lies outside [0, 1], or `shift_size` or `noise_sd` is so large that a value overflows.

    References
    ----------
    The design and its numbers are those of the course's assignment, "RNA-seq Expression
    Homework, Treatment Shift Version".

    Examples
    --------
    >>> df_expr, df_meta, true_genes = simulate_dataset(n_samples=4, n_genes=3, n_shift=1, seed=44)
    >>> df_expr.round(2)
         Gene00001  Gene00002  Gene00003
    S01       2.07       7.36       6.72
    S02       4.14      10.05       9.37
    S03       3.19     163.55       9.13
    S04       2.25     223.83       7.83
    >>> df_meta["condition"].tolist()
    ['Control', 'Control', 'Treatment', 'Treatment']
    >>> true_genes
    ['Gene00002']
    """
    check_count("n_samples", n_samples)
    check_count("n_genes", n_genes)
    check_count("n_shift", n_shift)
    if n_shift > n_genes:
        raise ValueError(
            f"n_shift={n_shift} genes cannot be drawn from n_genes={n_genes}; "
            "lower n_shift or raise n_genes."
        )
    check_number("shift_size", shift_size)
    check_number("noise_sd", noise_sd, minimum=0)
    check_fraction("missing_p", missing_p)
    if seed is not None:
        check_count("seed", seed, maximum=2**32 - 1)

    # The published tables were made by this legacy generator, with the draws in this order.
    # numpy has promised never to change its stream; default_rng would give other data.
    rng = np.random.RandomState(seed)
    baseline = rng.normal(loc=1.5, scale=0.6, size=n_genes)
    noise = rng.normal(0, noise_sd, size=(n_samples, n_genes))
    with np.errstate(over="ignore"):
        expression = np.exp(baseline + noise)
        factor = np.exp(shift_size)

    samples = [f"S{i:02d}" for i in range(1, n_samples + 1)]
    genes = [f"Gene{g:05d}" for g in range(1, n_genes + 1)]
    n_control = n_samples // 2
    condition = ["Control"] * n_control + ["Treatment"] * (n_samples - n_control)

    shifted = rng.choice(n_genes, size=n_shift, replace=False)
    expression[n_control:, shifted] *= factor
    if np.isinf(expression).any():
        raise ValueError(
            f"Expression overflows with shift_size={shift_size} and noise_sd={noise_sd}; both are "
            "on the natural-log scale, so take a few units at most."
        )

    if missing_p > 0:
        expression[rng.rand(n_samples, n_genes) < missing_p] = np.nan

    df_expr = pd.DataFrame(expression, index=samples, columns=genes)
    df_meta = pd.DataFrame({"condition": condition}, index=pd.Index(samples, name="sample"))
    return df_expr, df_meta, [genes[i] for i in shifted]
