"""The published data, and no figure left open; a plugin, which Python in the page loads as well."""

import pytest
from matplotlib import pyplot

import rnaseq_hw as hw


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    pyplot.close("all")


@pytest.fixture(scope="session")
def published():
    """Return the published data, whose seed stays 44 here whatever the book's is."""
    return hw.simulate_dataset(
        n_samples=100,
        n_genes=1000,
        n_shift=10,
        shift_size=4,
        noise_sd=0.2,
        missing_p=0.05,
        seed=44,
    )


@pytest.fixture(scope="session")
def published_results(published):
    """Return the table of results for the published data."""
    df_expr, df_meta, _ = published
    df_log = hw.log2_normalize_expression(hw.filter_genes(df_expr)[0])
    return hw.group_mean_differences(df_log, df_meta, group_col="condition")
