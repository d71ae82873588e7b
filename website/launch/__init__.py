"""The branch `notebooks`: what Binder, Colab, Codespaces and a campus's JupyterHub open."""

from pathlib import Path

FIRST_RESULTS = Path(__file__).with_name("first_results.json")  # measured, for "How to run it"
