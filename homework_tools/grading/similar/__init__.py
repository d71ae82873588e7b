"""Find notebooks that share what others do not have: pairs to look at, never a verdict."""
