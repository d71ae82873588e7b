"""Simulate counts whose truth is known: libraries, composition, batches, negative binomial."""

import numpy as np
import pandas as pd

from rnaseq_hw._checks import check_count, check_fraction, check_number

BASELINE_SD = 1.5  # spread of the genes' abundances, natural log
# Far beyond these a count does not fit an integer.
LARGEST = {"library_size": 1e12, "library_spread": 3, "dispersion": 1e3, "dispersion_spread": 3}


def simulate_counts(
    *,
    n_samples: int = 12,
    n_genes: int = 2000,
    n_shift: int = 200,
    shift_size: float = 1.0,
    dispersion: float = 0.1,
    dispersion_spread: float = 0.0,
    library_size: float = 1e6,
    library_spread: float = 0.3,
    n_dominant: int = 0,
    dominant_share: float = 0.0,
    batch_size: float = 0.0,
    batch_confounding: float = 0.0,
    seed: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    r"""
    Simulate RNA-seq counts for two conditions, with the truth known.

    The count of gene g in sample s is negative binomial with mean :math:`\mu_{sg}` and
    variance :math:`\mu_{sg} + \phi_g \mu_{sg}^2`. The mean is the library size of the sample
    times the gene's share of all RNA in it, so a gene that takes more leaves less for others.
    The same seed draws the same genes and library sizes for given `n_samples` and `n_genes`.

    Parameters
    ----------
    n_samples : int
        Number of samples, 2 or more; the first half (rounded down) Control, then Treatment.
    n_genes : int
        Number of genes.
    n_shift : int
        Number of genes that are shifted in Treatment, by turns up and down.
    shift_size : float
        Absolute log2 fold change of the shifted genes, 100 at most.
    dispersion : float
        Median of the genes' dispersions :math:`\phi_g`, 1000 at most; 0 for Poisson counts.
    dispersion_spread : float
        Standard deviation of the natural logarithms of the dispersions, 3 at most.
    library_size : float
        Median of the expected library sizes, in reads, 1e12 at most.
    library_spread : float
        Standard deviation of the natural logarithms of the library sizes, 3 at most.
    n_dominant : int
        Number of further genes that together take `dominant_share` of every Treatment library.
    dominant_share : float
        That share, from 0 to below 1; their number and their share are both 0 or both above.
    batch_size : float
        Standard deviation (log2) of a gene's difference between batches B and A, 100 at most.
    batch_confounding : float
        0: both batches hold as many of either condition; 1: Control is batch A, Treatment is
        batch B; 0.5: three quarters of Control are A, one quarter of Treatment.
    seed : int, optional
        Seed of the random numbers. The same seed and options always give the same data.

    Returns
    -------
    df_counts : DataFrame of shape (n_samples, n_genes)
        Counts, whole numbers. Rows are samples `S01`, ...; columns genes `Gene00001`, ...
    df_meta : DataFrame of shape (n_samples, 2)
        The sample table: index `sample`, columns `condition` (`Control` or `Treatment`) and
        `batch` (`A` or `B`).
    true_genes : list of str
        Names of the shifted genes, then of the dominant genes: whatever truly differs.

    Raises
    ------
    TypeError
        If a count is not a whole number, or another argument not a number.
    ValueError
        If an argument is outside its range, or there are not enough genes.

    References
    ----------
    Negative binomial counts: Anders and Huber (2010), doi:10.1186/gb-2010-11-10-r106.
    Composition: Robinson and Oshlack (2010), doi:10.1186/gb-2010-11-3-r25.

    Examples
    --------
    >>> df_counts, df_meta, true_genes = simulate_counts(
    ...     n_samples=4, n_genes=50, n_shift=2, library_size=10_000, seed=1
    ... )
    >>> df_counts.shape, len(true_genes)
    ((4, 50), 2)
    >>> df_meta["batch"].tolist()
    ['A', 'B', 'A', 'B']
    """
    for name, least in {"n_samples": 2, "n_genes": 0, "n_shift": 0, "n_dominant": 0}.items():
        check_count(name, locals()[name], minimum=least)
    for name in ("dominant_share", "batch_confounding"):
        check_fraction(name, locals()[name])
    for name, largest in LARGEST.items():
        check_number(name, locals()[name], 0, largest)
    check_number("batch_size", batch_size, 0, 100)
    check_number("shift_size", shift_size, -100, 100)
    if n_shift + n_dominant >= n_genes:
        raise ValueError(
            f"n_shift={n_shift} and n_dominant={n_dominant} leave none of n_genes={n_genes} "
            "unchanged; raise n_genes."
        )
    if (n_dominant > 0) != (dominant_share > 0) or dominant_share == 1:
        raise ValueError(
            f"n_dominant={n_dominant} and dominant_share={dominant_share} do not go together: "
            "take both 0, or some genes and a share above 0 and below 1."
        )

    rng = np.random.default_rng(seed)
    log_abundance = rng.normal(0, BASELINE_SD, n_genes)
    dispersions = dispersion * np.exp(dispersion_spread * rng.standard_normal(n_genes))
    libraries = library_size * np.exp(library_spread * rng.standard_normal(n_samples))
    batch_shift = np.log(2) * batch_size * rng.standard_normal(n_genes)
    changed = rng.permutation(n_genes)[: n_shift + n_dominant]

    treated = np.arange(n_samples) >= n_samples // 2
    in_b = _batch_b(treated, batch_confounding)
    shift = np.zeros(n_genes)
    shift[changed[:n_shift]] = np.log(2) * shift_size * (-1.0) ** np.arange(n_shift)
    shares = np.exp(log_abundance + np.outer(in_b, batch_shift) + np.outer(treated, shift))
    dominant = np.isin(np.arange(n_genes), changed[n_shift:])
    if n_dominant:  # then the others keep their ratios, in a smaller rest
        others = shares[:, ~dominant].sum(axis=1)[treated, np.newaxis]
        taken = others * dominant_share / (1 - dominant_share)
        shares[np.ix_(treated, dominant)] = taken / n_dominant
    shares /= shares.sum(axis=1, keepdims=True)
    counts = _negative_binomial(rng, libraries[:, np.newaxis] * shares, dispersions)

    samples = pd.Index([f"S{i:02d}" for i in range(1, n_samples + 1)], name="sample")
    genes = [f"Gene{g:05d}" for g in range(1, n_genes + 1)]
    df_counts = pd.DataFrame(counts, index=samples.tolist(), columns=genes)
    condition, batch = np.where(treated, "Treatment", "Control"), np.where(in_b, "B", "A")
    df_meta = pd.DataFrame({"condition": condition, "batch": batch}, index=samples)
    return df_counts, df_meta, [genes[gene] for gene in changed]


def _batch_b(treated: np.ndarray, confounding: float) -> np.ndarray:
    """Say which samples are in batch B: all of Treatment and none of Control if confounded."""
    in_b = np.zeros(len(treated), dtype=bool)
    for group, share in ((~treated, (1 - confounding) / 2), (treated, (1 + confounding) / 2)):
        place = np.arange(group.sum()) + 1
        in_b[group] = np.floor(place * share + 1e-9) > np.floor((place - 1) * share + 1e-9)
    return in_b


def _negative_binomial(rng, mean: np.ndarray, dispersions: np.ndarray) -> np.ndarray:
    """Draw counts: Poisson around a mean that itself is drawn from a gamma distribution."""
    if (dispersions == 0).all():
        return rng.poisson(mean)
    return rng.poisson(mean * rng.gamma(1 / dispersions, dispersions, size=mean.shape))
