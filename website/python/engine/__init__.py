"""What the site sends: the worker, its Python side, and what keeps files across visits."""
