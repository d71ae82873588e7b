"""How the tables of the real experiments were made, and the results of four methods on them."""
