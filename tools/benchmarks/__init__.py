"""How fast the package and the lab are."""
