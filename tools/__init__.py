"""What the commands of `tasks.py` do: environment, site, chapters, benchmark, stored data."""
