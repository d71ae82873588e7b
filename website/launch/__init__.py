"""The branch `notebooks`: what Binder, Colab, Codespaces and a campus's JupyterHub open."""
